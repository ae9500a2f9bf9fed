/** The record of a run: what is at each path before it and after it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInside } from '../base/base.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Found } from './change.ts';
import type { Disk } from './disk.ts';

/** A path before and after a run. The step's number names its contents, in `new/` until they take their place and in `old/`. */
export interface Step {
  readonly path: string;
  readonly before: Found | null;
  readonly after: Found | null;
}

export interface Directory {
  readonly path: string;
  readonly mode: number;
}

export interface Journal {
  readonly command: string;
  readonly generator: string;
  /** Whether the run took the command back, rather than carried it out. */
  readonly undone: boolean;
  readonly steps: readonly Step[];
  /** Directories that the run makes. */
  readonly makes: readonly Directory[];
  /** Directories that the run empties, the deepest first. */
  readonly removes: readonly Directory[];
}

const FILE = 'journal.json';
const VERSION = 1;

export function writeJournal(disk: Disk, directory: string, journal: Journal): void {
  disk.write(join(directory, FILE), Buffer.from(`${JSON.stringify({ version: VERSION, ...journal }, null, 1)}\n`), 0o600);
}

/** @throws UserError (failure) that says what to do when it cannot be used */
export function readJournal(directory: string): Journal {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(directory, FILE), 'utf8'));
  } catch (error) {
    throw unusable(directory, error instanceof SyntaxError ? 'is no JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  const { version } = record(content) ?? {};
  if (typeof version === 'number' && version !== VERSION) throw new UserError(`${join(directory, FILE)} was written by another version of pycompose (format ${version}): use that version`, EXIT.failure);
  if (version !== VERSION || !isJournal(content)) throw unusable(directory, 'is damaged');
  return content;
}

/** The run that would take this one back. */
export function reversed(journal: Journal): Journal {
  const steps = journal.steps.map(({ path, before, after }): Step => ({ path, before: after, after: before }));
  const deepestFirst = [...journal.makes].sort((one, other) => other.path.length - one.path.length);
  return { ...journal, undone: !journal.undone, steps, makes: journal.removes, removes: deepestFirst };
}

function unusable(directory: string, problem: string): UserError {
  return new UserError(`${join(directory, FILE)} ${problem}: compare the project with your version control, then delete ${directory}, which holds old versions of its files`, EXIT.failure);
}

function isJournal(content: unknown): content is Journal {
  const { command, generator, undone, steps, makes, removes } = record(content) ?? {};
  if (typeof command !== 'string' || typeof generator !== 'string' || typeof undone !== 'boolean') return false;
  return list(steps, isStep) && list(makes, isDirectory) && list(removes, isDirectory);
}

function isStep(content: unknown): boolean {
  const { path, before, after } = record(content) ?? {};
  return isPath(path) && isFound(before) && isFound(after);
}

function isDirectory(content: unknown): boolean {
  const { path, mode } = record(content) ?? {};
  return isPath(path) && isMode(mode);
}

function isFound(content: unknown): boolean {
  if (content === null) return true;
  const { kind, sha256, mode, target } = record(content) ?? {};
  return kind === 'file' ? typeof sha256 === 'string' && isMode(mode) : kind === 'link' && typeof target === 'string';
}

function isMode(mode: unknown): boolean {
  return Number.isInteger(mode);
}

function isPath(path: unknown): boolean {
  return typeof path === 'string' && isInside(path);
}

function list(content: unknown, valid: (item: unknown) => boolean): boolean {
  return Array.isArray(content) && content.every(valid);
}

function record(content: unknown): Readonly<Record<string, unknown>> | null {
  return typeof content === 'object' && content !== null ? { ...content } : null;
}
