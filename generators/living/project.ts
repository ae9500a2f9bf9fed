/** Finds and opens the project that a command is run in. */
import { existsSync, readdirSync, readFileSync, type PathLike } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import compare from 'semver/functions/compare.js';
import { completeAnswers } from '../answers/layers.ts';
import { readAnswers } from '../answers/read.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Answers } from '../questions/answers.ts';
import type { Sources } from '../render/file-map.ts';
import { BASE_PATH } from '../base/base.ts';
import { ANSWERS_PATH } from '../render/project-files.ts';
import { isInside, readBase, type Base } from '../base/base.ts';
import { lookAt, type Look } from './seen.ts';

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
  readonly look: Look;
  /** The names in a directory of the project; none where there is no such directory. */
  readonly list: (directory: string) => readonly string[];
}

/** The directory of the nearest project, upwards from a directory; null when there is none. */
export function findProject(from: string): string | null {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, BASE_PATH))) return directory;
    if (dirname(directory) === directory) return null;
  }
}

/** @throws UserError (usage) when there is no project */
export function projectAround(cwd: string): string {
  const directory = findProject(cwd);
  if (directory !== null) return directory;
  const remedy = existsSync(join(cwd, ANSWERS_PATH)) ? `${BASE_PATH} is missing, take it back from version control` : `cd into one (it holds ${ANSWERS_PATH})`;
  throw new UserError(`there is no pycompose project here or above: ${remedy}`);
}

/**
 * @throws UserError (usage) when there is no project, or its answers cannot be taken; (failure) when its base is damaged
 * or was written by a newer generator
 */
export function openProject(cwd: string, sources: Sources, migrations: readonly Migration[]): LivingProject {
  const directory = projectAround(cwd);
  const base = readBase(read(join(directory, BASE_PATH)));
  if (compare(base.generator, sources.version) > 0) {
    throw new UserError(`this project was written by pycompose ${base.generator}, and this is ${sources.version}: use the newer one, like npm init pycompose@${base.generator} update`, EXIT.failure);
  }
  const shown = relative(cwd, directory) || '.';
  const written = base.files.get(ANSWERS_PATH)?.text;
  const last = written === undefined ? null : answersOf(written, `${ANSWERS_PATH} as it was generated last`, undefined);
  const path = join(directory, ANSWERS_PATH);
  const current = existsSync(path) ? answersOf(read(path), shown === '.' ? ANSWERS_PATH : join(shown, ANSWERS_PATH), last?.name) : last;
  if (current === null) throw new UserError(`${path} is missing: take it back from version control`);
  return { directory, shown, base, last: last ?? current, current, sources, migrations, look: lookAt(directory), list: (path) => namesIn(join(directory, path)) };
}

function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

function answersOf(text: string, source: string, name: string | undefined): Answers {
  return completeAnswers([readAnswers(text, source)], name ?? 'myapp').answers;
}

function read(path: PathLike & string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${path} cannot be read (${code}): check its permissions`, EXIT.failure);
  }
}

/**
 * A path that the user gives, from where they are, as the project names it.
 * @throws UserError (usage) when it leads out of the project
 */
export function projectPath(project: Pick<LivingProject, 'directory'>, cwd: string, given: string): string {
  const path = relative(project.directory, join(cwd, given)).split(sep).join('/');
  if (!isInside(path)) throw new UserError(`${given} is not inside the project ${project.directory}: name one of its files`);
  return path;
}
