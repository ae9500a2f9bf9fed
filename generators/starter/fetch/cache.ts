/**
 * Starters that were fetched, for the next run and for working offline. One is made beside its place and renamed into it,
 * so that runs do not disturb each other; a digest beside its files tells when they are not what was fetched.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemReason } from '../../errors/system-reason.ts';
import { EXIT, UserError } from '../../errors/user-error.ts';
import { quietly } from '../../journal/disk.ts';
import type { StarterFiles } from '../starter.ts';
import { digestOf } from './digest.ts';
import type { Entry } from './entry.ts';
import { readStarterDirectory } from './read-directory.ts';

export interface Cached {
  readonly directory: string;
  readonly files: StarterFiles;
}

const TEMPORARY = 'tmp';
const ATTEMPTS = 3;
/** How old a directory is, in milliseconds, when no run can be working in it any more. */
const ABANDONED = 24 * 3_600_000;

/** @returns null when it is not there, or not whole: then it is removed, and can be fetched again */
export function cached(cache: string, key: readonly string[], shown: string): Cached | null {
  const place = join(cache, ...key);
  const directory = join(place, 'files');
  if (!isDirectory(place)) return null;
  try {
    const files = readStarterDirectory(directory, shown);
    if (digestOf(files) === digestIn(place)) return { directory, files };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  quietly(() => withWork(cache, (work) => renameSync(place, join(work, 'damaged'))));
  return null;
}

/**
 * @param work a directory that withWork gives
 * @throws UserError when it is no starter, which is not kept then
 */
export function keep(cache: string, key: readonly string[], entries: readonly Entry[], work: string, shown: string): Cached {
  const made = join(work, 'made');
  mkdirSync(join(made, 'files'), { recursive: true });
  for (const { path, bytes, executable } of entries) {
    const target = join(made, 'files', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes, { flag: 'wx', mode: executable ? 0o755 : 0o644 });
  }
  const files = readStarterDirectory(join(made, 'files'), shown);
  writeFileSync(join(made, 'digest'), digestOf(files));
  const place = join(cache, ...key);
  mkdirSync(dirname(place), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(made, place);
      return { directory: join(place, 'files'), files };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // Windows calls a directory that is in the way a lack of permission
      if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(code) || !isDirectory(place) || attempt === ATTEMPTS) throw error;
      // another run was faster; one that is not whole is removed by being asked for
      const theirs = cached(cache, key, shown);
      if (theirs !== null) return theirs;
    }
  }
}

/** Gives a new directory in the cache, and removes it afterwards. */
export function withWork<T>(cache: string, use: (work: string) => T): T {
  const temporary = join(cache, TEMPORARY);
  let work: string | null = null;
  try {
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    removeAbandoned(temporary);
    work = mkdtempSync(join(temporary, 'fetch-'));
    return use(work);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || code === undefined || syscall === undefined) throw error;
    throw new UserError(`the cache ${cache} cannot be written: ${systemReason(code)}; mend that, or delete the directory`, EXIT.failure);
  } finally {
    const made = work;
    if (made !== null) quietly(() => rmSync(made, { recursive: true, force: true }));
  }
}

function digestIn(place: string): string | null {
  try {
    return readFileSync(join(place, 'digest'), 'utf8');
  } catch {
    return null;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function removeAbandoned(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const path = join(temporary, name);
    quietly(() => {
      if (Date.now() - statSync(path).mtimeMs > ABANDONED) rmSync(path, { recursive: true, force: true });
    });
  }
}
