/** Finds and opens the project that a command is run in. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import compare from 'semver/functions/compare.js';
import { completeAnswers } from '../answers/layers.ts';
import { readAnswers } from '../answers/read.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Answers } from '../questions/answers.ts';
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
  readonly sources: Sources;
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

/**
 * @throws UserError (usage) when there is no project, or its answers cannot be taken; (failure) when its base is damaged
 * or was written by a newer generator
 */
export function openProject(cwd: string, sources: Sources, migrations: readonly Migration[]): LivingProject {
  const directory = projectAround(cwd);
  // what the project is opened from is what a plan compares the disk with later
  const look = once(lookAt(directory));
  const shown = relative(cwd, directory) || '.';
  const text = (path: string): string | null => textAt(look(path), join(shown, path));
  const base = readBase(text(BASE_PATH) ?? '');
  refuseNewer(base, sources);
  const written = base.files.get(ANSWERS_PATH)?.text;
  const last = written === undefined ? null : answersOf(written, `${ANSWERS_PATH} as it was generated last`, null);
  const yours = text(ANSWERS_PATH);
  const current = yours === null ? last : answersOf(yours, join(shown, ANSWERS_PATH), last);
  if (current === null) throw new UserError(`${join(shown, ANSWERS_PATH)} is missing: take it back from version control`);
  return { directory, shown, base, last: last ?? current, current, sources, migrations, look, list: (path) => namesIn(join(directory, path)) };
}

function refuseNewer(base: Base, sources: Sources): void {
  if (compare(base.generator, sources.version) <= 0) return;
  throw new UserError(`this project was written by pycompose ${base.generator}, and this is ${sources.version}: use the newer one, like npm init pycompose@${base.generator} update`, EXIT.failure);
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

/** A key that somebody has taken out is answered as it was. */
function answersOf(text: string, source: string, last: Answers | null): Answers {
  const layers = [readAnswers(text, source), ...(last === null ? [] : [{ answers: last, where: () => `${ANSWERS_PATH} as it was generated last` }])];
  return completeAnswers(layers, last?.name ?? 'myapp').answers;
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
