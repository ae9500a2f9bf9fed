/** Carries a plan out: all of it or nothing. */
import { randomBytes } from 'node:crypto';
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Plan, PlannedFile } from './plan.ts';

/** Bytes of randomness in a generated secret; written as hexadecimal, so that no program needs to quote it. */
const SECRET_BYTES = 24;

/**
 * Writes the plan's files. A new directory is made beside its place and renamed into it; files for a directory that
 * exists are made inside it and then copied to their names one by one, which fails rather than replaces a file that
 * somebody else has just made; whatever fails, what was made is taken back.
 * @throws UserError (failure) with the system's reason
 */
export function applyPlan(plan: Plan): void {
  const files = plan.files.filter((file) => file.action === 'create');
  const into = existsSync(plan.directory);
  const parent = dirname(plan.directory);
  const made = makeDirectories(parent);
  let staging: string | null = null;
  try {
    // inside an existing directory, because that one may be a mount of its own
    staging = mkdtempSync(into ? join(plan.directory, '.pycompose-') : join(parent, `.${basename(plan.directory)}.pycompose-`));
    for (const file of files) stage(staging, file);
    chmodSync(staging, 0o755);
    if (into) copyInto(plan.directory, staging, files);
    else renameSync(staging, plan.directory);
  } catch (error) {
    for (const directory of made.reverse()) removeEmpty(directory, staging);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`nothing was written to ${plan.directory}: ${reason(code) ?? message}`, EXIT.failure);
  } finally {
    if (staging !== null) rmSync(staging, { recursive: true, force: true });
  }
}

function stage(staging: string, { path, text, mode }: PlannedFile): void {
  const target = join(staging, path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  writeFileSync(target, text ?? randomBytes(SECRET_BYTES).toString('hex'));
  // the mode that counts must not depend on the user's umask: containers read these files as other users
  chmodSync(target, mode);
  if (path.startsWith('secrets/')) chmodSync(dirname(target), 0o700);
}

function copyInto(directory: string, staging: string, files: readonly PlannedFile[]): void {
  const directories: string[] = [];
  const placed: string[] = [];
  try {
    for (const { path, mode } of files) {
      const target = join(directory, path);
      directories.push(...makeDirectories(dirname(target), path.startsWith('secrets/') ? 0o700 : 0o755));
      copyFileSync(join(staging, path), target, constants.COPYFILE_EXCL);
      placed.push(target);
      chmodSync(target, mode);
    }
  } catch (error) {
    for (const target of placed) unlinkSync(target);
    for (const made of directories.reverse()) removeEmpty(made, null);
    throw error;
  }
}

/** Makes a directory and those above it; returns those that were made, outermost first. */
function makeDirectories(directory: string, mode = 0o755): string[] {
  if (existsSync(directory)) return [];
  const above = makeDirectories(dirname(directory));
  mkdirSync(directory, { mode });
  return [...above, directory];
}

function removeEmpty(directory: string, staging: string | null): void {
  if (staging !== null) rmSync(staging, { recursive: true, force: true });
  try {
    rmdirSync(directory);
  } catch {
    // somebody has put something there meanwhile: it stays
  }
}

function reason(code: string | undefined): string | null {
  switch (code) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'there is no permission to write there';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EEXIST':
      return 'somebody else was writing there at the same time';
    default:
      return null;
  }
}
