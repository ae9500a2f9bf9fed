/** `pycompose starter override`: takes templates of ours over, and later merges into them what ours have changed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, UserError, type ExitCode } from '../../errors/user-error.ts';
import { mergeLines } from '../../merge/lines.ts';
import { conflictsOf, settle } from '../../merge/merged.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import type { Sources } from '../../render/file-map.ts';
import { json } from '../../render/json.ts';
import { outputOf } from '../read/places.ts';
import { overridesOf } from '../stale.ts';
import type { Starter } from '../starter.ts';
import { starterAround } from './around.ts';
import type { StarterArguments, StarterWorld } from './run.ts';

interface Overriding {
  /** Below templates/. */
  readonly path: string;
  readonly action: 'copied' | 'remembered' | 'merged' | 'conflict' | 'kept';
  /** The files that are written, by path in the starter. */
  readonly files: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<Overriding['action'], string>> = {
  copied: 'copied from pycompose: edit it',
  remembered: 'was there already; from now on changes of ours beneath it are seen',
  merged: 'has what ours has changed',
  conflict: 'has conflict markers, where you and we have changed the same place: settle them',
  kept: 'ours is as it was: nothing to do',
};

export function runOverride(given: StarterArguments, world: StarterWorld, sources: Sources): ExitCode {
  const starter = starterAround(world.cwd, undefined);
  const done = given.words.map((word) => override(starter, templateOf(word, sources), sources));
  // all of them are known to be well before the first one is written
  for (const { files } of done) for (const [path, text] of Object.entries(files)) write(join(starter.directory, path), text);
  const conflicts = done.filter(({ action }) => action === 'conflict').map(({ path }) => `templates/${path}`);
  const error = conflicts.length === 0 ? null : { message: `there are conflict markers to settle in ${conflicts.join(', ')}`, code: EXIT.conflicts };
  if (given.switches.has('json')) world.print(json({ ...(error === null ? {} : { error }), command: given.command, files: done.map(({ path, action }) => ({ path: `templates/${path}`, action })) }));
  else world.print(done.map(({ path, action }) => `templates/${path} ${WORDS[action]}\n`).join(''));
  return error === null ? EXIT.ok : error.code;
}

function override(starter: Starter, path: string, { templates }: Sources): Overriding {
  const ours = templates.get(path) ?? '';
  const known = overridesOf(starter, templates).find((candidate) => candidate.path === path);
  const remembered = { [`overridden/${path}`]: ours };
  if (known === undefined) return { path, action: 'copied', files: { [`templates/${path}`]: ours, ...remembered } };
  if (known.state === 'fresh') return { path, action: 'kept', files: {} };
  if (known.then === null) return { path, action: 'remembered', files: remembered };
  const written = starter.templates.has(path) ? path : path.replace(/\.ejs$/, '');
  const merged = mergeLines(known.then, starter.templates.get(written) ?? '', ours);
  const conflict = conflictsOf(merged).length > 0;
  return { path, action: conflict ? 'conflict' : 'merged', files: { [`templates/${written}`]: settle(merged, () => 'markers'), ...remembered } };
}

/**
 * A template by its path, with or without `.ejs` and `templates/`, or by that of a file in a project.
 * @throws UserError (usage)
 */
function templateOf(word: string, { templates }: Sources): string {
  const ours = [...templates.keys()].filter((path) => /^(project|service)\//.test(path));
  const bare = word.replace(/^(\.\/)?(templates\/)?/, '');
  const exact = ours.find((path) => path === bare || path === `${bare}.ejs`);
  if (exact !== undefined) return exact;
  const inProject = bare.replace(/^services\/[^/]+\//, '');
  const written = ours.filter((path) => outputOf(path.replace(/^(project|service\/[^/]+)\//, '')) === inProject);
  if (written.length > 1) throw new UserError(`${quoted(word)} is ${written.join(', or ')}: name one of these`);
  return written[0] ?? refuse(word, bare, ours);
}

function refuse(word: string, bare: string, ours: readonly string[]): never {
  throw new UserError(`pycompose has no template ${quoted(word)}${didYouMean(`${bare.replace(/\.ejs$/, '')}.ejs`, ours)}; its templates are like ${ours.slice(0, 3).join(', ')}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
