/** Finds and opens the project that a command is run in. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import compare from 'semver/functions/compare.js';
import { completeAnswers } from '../answers/layers.ts';
import { readAnswers, unaskedQuestion, type Unasked } from '../answers/read.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Migration } from '../migrations/migration.ts';
import { peekOwn, peekStarters } from '../answers/peek-starters.ts';
import { answerTo, type Answers } from '../questions/answers.ts';
import type { Questions } from '../questions/table.ts';
import { valueProblem } from '../questions/values.ts';
import type { StarterRef } from '../starter/starter.ts';
import type { Sources } from '../render/file-map.ts';
import { ANSWERS_PATH } from '../render/project-files.ts';
import { BASE_PATH, isInside, readBase, type Base } from '../base/base.ts';
import { isThere } from '../plan/disk.ts';
import { lookAt, obstacle, once, textOf, type Look, type Seen } from '../plan/seen.ts';

export interface LivingProject {
  /** Absolute. */
  readonly directory: string;
  /** The directory as the user would type it, from where they are. */
  readonly shown: string;
  readonly base: Base;
  /** What the project was generated from last. */
  readonly last: Answers;
  /** What pycompose.yaml says now. */
  readonly current: Answers;
  /** What this version writes, with the project's starters. */
  readonly sources: Sources;
  /** The questions as answers may stand that were given before a starter said what is allowed. */
  readonly lenient: Questions;
  /** The answers to starters' own questions when the project was generated last, whatever is asked today. */
  readonly asked: ReadonlyMap<string, unknown>;
  /** Questions that a starter asked once, and pycompose.yaml still answers. */
  readonly unasked: Questions;
  /** The starters as pycompose.yaml will name them after an update. */
  readonly refs: readonly StarterRef[];
  /** What is to be said of the project's starters, a sentence each. */
  readonly notes: readonly string[];
  /** All that there are. */
  readonly migrations: readonly Migration[];
  /** Looks at each path once: a command sees the project as it was when it began. */
  readonly look: Look;
  /** The names in a directory of the project; none where there is no such directory. */
  readonly list: (directory: string) => readonly string[];
}

/** The directory of the nearest project, upwards from a directory; null when there is none. */
export function findProject(from: string): string | null {
  for (let directory = from; ; directory = dirname(directory)) {
    // a project whose base is missing is one all the same: the one around it is never meant
    if ([BASE_PATH, ANSWERS_PATH].some((path) => isThere(join(directory, path)))) return directory;
    if (dirname(directory) === directory) return null;
  }
}

/** @throws UserError (usage) when there is no project */
export function projectAround(cwd: string): string {
  const directory = findProject(cwd);
  if (directory === null) throw new UserError(`there is no pycompose project here or above: cd into one (it holds ${ANSWERS_PATH})`);
  if (!isThere(join(directory, BASE_PATH))) throw new UserError(`${join(relative(cwd, directory), BASE_PATH)} is missing: take it back from version control, as every run needs it to tell your edits apart`);
  return directory;
}

/** What rendering reads for a project with these starters, and the questions as projects may have answered them before the starters said so. */
export interface ForStarters {
  readonly sources: Sources;
  readonly lenient: Questions;
  /** The starters as they are now. */
  readonly refs: readonly StarterRef[];
  readonly notes: readonly string[];
}

/** Opens the starters that pycompose.yaml names, for the project in a directory. */
export type OpenStarters = (refs: readonly StarterRef[], directory: string) => Promise<ForStarters>;

/**
 * @throws UserError (usage) when there is no project, or its answers cannot be taken; (failure) when its base is damaged
 * or was written by a newer generator
 */
export async function openProject(cwd: string, migrations: readonly Migration[], openStarters: OpenStarters, version: string): Promise<LivingProject> {
  const directory = projectAround(cwd);
  // what the project is opened from is what a plan compares the disk with later
  const look = once(lookAt(directory));
  const shown = relative(cwd, directory) || '.';
  const text = (path: string): string | null => textAt(look(path), join(shown, path));
  const base = readBase(text(BASE_PATH) ?? '');
  refuseNewer(base, version);
  const written = base.files.get(ANSWERS_PATH)?.text;
  const yours = text(ANSWERS_PATH);
  const refs = yours !== null ? peekStarters(yours, join(shown, ANSWERS_PATH)) : written === undefined ? [] : peekStarters(written, ANSWERS_PATH);
  const { sources, lenient, refs: newest, notes } = await openStarters(refs, directory);
  const last = written === undefined ? null : answersOf(written, `${ANSWERS_PATH} as it was generated last`, null, lenient, 'skip');
  const asked: ReadonlyMap<string, unknown> = written === undefined ? new Map() : peekOwn(written, ANSWERS_PATH);
  const current = yours === null ? last : answersOf(yours, join(shown, ANSWERS_PATH), last, lenient, asked);
  if (current === null) throw new UserError(`${join(shown, ANSWERS_PATH)} is missing: take it back from version control`);
  const project = { directory, shown, base, last: last ?? current, current, sources, migrations, look, lenient, asked, unasked: unaskedBy(current, lenient), refs: newest, notes, list: (path: string) => namesIn(join(directory, path)) };
  refuseDisallowed(project);
  return project;
}

function refuseNewer(base: Base, version: string): void {
  if (compare(base.generator, version) <= 0) return;
  throw new UserError(`this project was written by pycompose ${base.generator}, and this is ${version}: use the newer one, like npm init pycompose@${base.generator} update`, EXIT.failure);
}

/** @throws UserError (failure) for what is there and no text file */
function textAt(seen: Seen, shown: string): string | null {
  if (seen.kind === 'free') return null;
  const text = seen.kind === 'file' ? textOf(seen.bytes) : null;
  if (text === null) throw new UserError(`${shown} ${seen.kind === 'file' ? 'is no text' : obstacle(seen)}: put the file itself there`, EXIT.failure);
  return text;
}

function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

/** A key that somebody has taken out is answered as it was; a question of a starter that is new may have no answer yet. */
function answersOf(text: string, source: string, last: Answers | null, table: Questions, unasked: Unasked): Answers {
  const given = readAnswers(text, source, table, unasked);
  const layers = [given, ...(last === null ? [] : [{ answers: last, where: () => `${ANSWERS_PATH} as it was generated last` }])];
  const open = table.filter((question) => question.kind === 'text' && question.default === undefined && layers.every((layer) => answerTo(layer.answers, question) === undefined));
  const answerable = table.filter((question) => !open.includes(question));
  const { answers } = completeAnswers(layers, last?.name ?? 'myapp', answerable);
  const { starters, own } = given.answers;
  return { ...answers, ...(own === undefined ? {} : { own: { ...own, ...answers.own } }), ...(starters === undefined ? {} : { starters }) };
}

function unaskedBy({ own = {} }: Answers, table: Questions): Questions {
  return Object.entries(own).filter(([key]) => !table.some((question) => question.own === true && question.key === key)).map(([key, answer]) => unaskedQuestion(key, answer));
}

/**
 * What a starter does not allow can stay as it is, but nobody can change to it by hand.
 * @throws UserError (usage)
 */
function refuseDisallowed({ last, current, sources, shown }: Pick<LivingProject, 'last' | 'current' | 'sources' | 'shown'>): void {
  for (const question of sources.questions) {
    const [before, now] = [answerTo(last, question), answerTo(current, question)];
    const problem = now === undefined || JSON.stringify(before) === JSON.stringify(now) ? null : valueProblem(question, now);
    if (problem !== null) throw new UserError(`${join(shown, ANSWERS_PATH)}: ${question.key}: ${problem}`);
  }
}

/** What the answers say that the project's starters do not allow, a sentence each. */
export function disallowed({ current, sources }: Pick<LivingProject, 'current' | 'sources'>): readonly string[] {
  return sources.questions.flatMap((question) => {
    const now = answerTo(current, question);
    const problem = now === undefined ? null : valueProblem(question, now);
    return problem === null ? [] : [`${question.key} is ${typeof now === 'object' ? now.map(({ name, framework }) => `${name}=${framework}`).join(', ') : String(now)}, but ${problem}`];
  });
}

/**
 * A path that the user gives, from where they are, as the project names it.
 * @throws UserError (usage) when it leads out of the project
 */
export function projectPath(project: Pick<LivingProject, 'directory'>, cwd: string, given: string): string {
  const path = relative(project.directory, resolve(cwd, given)).split(sep).join('/');
  if (!isInside(path)) throw new UserError(`${given} is not inside the project ${project.directory}: name one of its files`);
  return path;
}
