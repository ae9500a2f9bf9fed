/** Renders all that a starter allows, and finds what is wrong with it, stale or dead. */
import { createHash } from 'node:crypto';
import leven from 'leven';
import { checkTogether } from '../../answers/layers.ts';
import { UserError } from '../../errors/user-error.ts';
import { unifiedTexts } from '../../living/unified.ts';
import { resolveProject } from '../../project/resolve.ts';
import type { Answers } from '../../questions/answers.ts';
import { didYouMean } from '../../questions/nearest.ts';
import type { FileMap, Sources } from '../../render/file-map.ts';
import { renderedFiles } from '../../render/project-files.ts';
import { overridesOf } from '../stale.ts';
import type { Starter } from '../starter.ts';
import { withStarters } from '../with-starters.ts';
import type { Finding } from './finding.ts';
import { optionSets } from './option-sets.ts';
import { runTools, type Distinct } from './tools.ts';
import { Used } from './used.ts';
import { danglingIn, malformed } from './well-formed.ts';

export interface Checked {
  readonly findings: readonly Finding[];
  /** How many sets of options were rendered, and whether these are all. */
  readonly sets: number;
  readonly whole: boolean;
  /** How many distinct files came of them. */
  readonly files: number;
  readonly tools: { readonly run: readonly string[]; readonly missing: readonly string[] };
}

export interface How {
  /** Whether each pair of values is enough. */
  readonly quick: boolean;
  /** Is told how far it is. */
  readonly progress: (done: number, of: number) => void;
}

export function checkStarter(starter: Starter, ours: Sources, { quick, progress }: How): Checked {
  const sources = withStarters(ours, [starter]);
  const { sets, whole } = optionSets(sources.questions, quick);
  const used = new Used(starter, sources);
  const distinct = new Map<string, Distinct & { readonly answers: Answers }>();
  const wrong = new Map<string, Finding>();
  const note = (path: string, message: string, answers: Answers): void => {
    if (!wrong.has(`${path} ${message}`)) wrong.set(`${path} ${message}`, { kind: 'wrong', path, message: `${message} (with ${summary(answers)})` });
  };
  const samples: FileMap[] = [];
  for (const [index, answers] of sets.entries()) {
    if (index % 50 === 0) progress(index, sets.length);
    const files = rendered(answers, sources, note);
    if (files === null) continue;
    used.add(resolveProject(answers, sources.brought), files);
    let fresh = false;
    for (const [path, { text }] of files) {
      const key = createHash('sha256').update(path.replace(/^services\/[^/]+/, 'services/*')).update('\0').update(text).digest('hex');
      if (distinct.has(key)) continue;
      fresh ||= path === 'compose.yaml';
      distinct.set(key, { path, text, answers });
      const problem = malformed(path, text);
      if (problem !== null) note(path, problem, answers);
    }
    if (fresh) for (const { path, message } of danglingIn(files)) note(path, message, answers);
    if (index === 0 || index === sets.length - 1) samples.push(files);
  }
  const { said, run, missing } = runTools([...distinct.values()], samples);
  const byTools = [...new Map(said.map((each) => [`${each.path} ${each.message}`, { kind: 'wrong', path: each.path, message: `${each.tool} says: ${each.message}` } satisfies Finding])).values()];
  return {
    findings: [...wrong.values(), ...byTools, ...overrides(starter, ours), ...unknown(starter, ours), ...used.dead(sources.questions, ours.images), ...near(starter, ours)],
    sets: sets.length,
    whole,
    files: distinct.size,
    tools: { run, missing },
  };
}

/** Null for what cannot be rendered. */
function rendered(answers: Answers, sources: Sources, note: (path: string, message: string, answers: Answers) => void): FileMap | null {
  try {
    checkTogether(answers, Object.fromEntries(sources.questions.map(({ key }) => [key, 'starter'])), sources.questions);
    return renderedFiles(answers, sources);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    note('starter.yaml', error.message, answers);
    return null;
  }
}

function overrides(starter: Starter, { templates }: Sources): readonly Finding[] {
  return overridesOf(starter, templates).flatMap(({ path, state, then, now }): Finding[] => {
    const again = `\`pycompose starter override ${path}\``;
    if (state === 'unrecorded') return [{ kind: 'unrecorded', path: `templates/${path}`, message: `nobody can tell when ours changes beneath it: ${again} remembers what it is like today` }];
    if (state === 'fresh' || then === null) return [];
    return [{ kind: 'stale', path: `templates/${path}`, message: `ours has changed beneath it: ${again} merges the change in`, diff: unifiedTexts(`ours when overridden/${path}`, `ours today/${path}`, then, now) }];
  });
}

/** Memories of templates that we, or the starter, no longer have. */
function unknown({ overridden, templates }: Starter, { templates: ours }: Sources): readonly Finding[] {
  return [...overridden.keys()].flatMap((path): Finding[] => {
    if (!ours.has(path)) return [{ kind: 'unknown', path: `overridden/${path}`, message: `pycompose has no such template any more${didYouMean(path, [...ours.keys()])}: see where its content went, and take it out` }];
    if (templates.has(path) || templates.has(path.replace(/\.ejs$/, ''))) return [];
    return [{ kind: 'unknown', path: `overridden/${path}`, message: 'the starter does not override it: take it out' }];
  });
}

/** Letters that a name may be away from one of ours before it is surely another. */
const NEAR = 2;

/** Added templates that are called nearly like ours. */
function near({ templates }: Starter, { templates: ours }: Sources): readonly Finding[] {
  return [...templates.keys()].flatMap((path): Finding[] => {
    if (ours.has(path) || ours.has(`${path}.ejs`)) return [];
    const bare = path.replace(/\.ejs$/, '');
    const group = [...ours.keys()].filter((other) => other.split('/').slice(0, 2).join('/') === path.split('/').slice(0, 2).join('/')).map((other) => other.replace(/\.ejs$/, ''));
    const meant = group.some((other) => leven(other, bare) <= NEAR) ? didYouMean(bare, group) : '';
    return meant === '' ? [] : [{ kind: 'note', path: `templates/${path}`, message: `it adds a file${meant}` }];
  });
}

function summary(answers: Answers): string {
  const { services, starters: _, own, name: __, ...rest } = answers;
  return [...Object.entries({ ...rest, ...own }).map(([key, value]) => `${key}=${String(value)}`), ...services.map(({ name, framework }) => `${name}=${framework}`)].join(' ');
}
