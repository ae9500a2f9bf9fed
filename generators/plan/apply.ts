/** Carries a plan out: all of it or nothing. */
import { randomBytes } from 'node:crypto';
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemReason } from '../errors/system-reason.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import { directoryMode, STAGING_PREFIX } from './disk.ts';
import type { Plan, PlannedFile } from './plan.ts';
import { holdSignals } from './signals.ts';

/** Bytes of randomness in a generated secret; written as hexadecimal, so that no program needs to quote it. */
export const SECRET_BYTES = 32;

/**
 * Writes the plan's files. A new directory is made beside its place and renamed into it; files for a directory that
 * exists are made inside it and then copied to their names one by one, which fails rather than replaces a file that
 * somebody else has just made; whatever fails, what was made is taken back.
 * @throws UserError (failure) with the system's reason
 */
export function applyPlan(plan: Plan): void {
  const files = plan.files.filter((file) => file.action === 'create');
  const into = existsSync(plan.directory);
  // inside an existing directory, because that one may be a mount of its own
  const base = into ? plan.directory : dirname(plan.directory);
  const made: string[] = [];
  let staging: string | null = null;
  const release = holdSignals();
  try {
    makeDirectories(base, made);
    staging = mkdtempSync(join(base, STAGING_PREFIX));
    for (const file of files) stage(staging, file);
    chmodSync(staging, 0o755);
    if (into) copyInto(plan.directory, staging, files);
    else renameSync(staging, plan.directory);
  } catch (error) {
    discard(staging);
    removeEmpty(made);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`nothing was written to ${plan.directory}: ${code === 'ENOENT' ? 'no directory can be made there' : systemReason(code)}`, EXIT.failure);
  } finally {
    discard(staging);
    release();
  }
}

function stage(staging: string, { path, text, mode }: PlannedFile): void {
  const target = join(staging, path);
  makeDirectories(dirname(target), [], directoryMode(dirname(path)));
  writeFileSync(target, text ?? randomBytes(SECRET_BYTES).toString('hex'));
  // the mode that counts must not depend on the user's umask: containers read these files as other users
  chmodSync(target, mode);
}

function copyInto(directory: string, staging: string, files: readonly PlannedFile[]): void {
  const made: string[] = [];
  const placed: string[] = [];
  try {
    for (const { path, mode } of files) {
      const target = join(directory, path);
      makeDirectories(dirname(target), made, directoryMode(dirname(path)));
      copyFileSync(join(staging, path), target, constants.COPYFILE_EXCL);
      placed.push(target);
      chmodSync(target, mode);
    }
  } catch (error) {
    for (const target of placed) unlinkSync(target);
    removeEmpty(made);
    throw error;
  }
}

/** Makes a directory and those above it, and adds each to `made` as soon as it is there; without a mode the umask decides. */
function makeDirectories(directory: string, made: string[], mode?: number): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory), made, mode);
  mkdirSync(directory);
  made.push(directory);
  if (mode !== undefined) chmodSync(directory, mode);
}

function discard(staging: string | null): void {
  if (staging !== null) rmSync(staging, { recursive: true, force: true });
}

function removeEmpty(directories: readonly string[]): void {
  for (const directory of [...directories].reverse()) {
    try {
      rmdirSync(directory);
    } catch {
      // somebody has put something there meanwhile: it stays
    }
  }
}
