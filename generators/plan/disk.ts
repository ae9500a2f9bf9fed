/** Looks at the disk before anything is written to it. */
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors/user-error.ts';

/** What the directory begins with that files are made in before they take their places. */
export const STAGING_PREFIX = '.pycompose-';

export type PathState =
  | { readonly kind: 'free' }
  | { readonly kind: 'file' }
  /** Something that may not be written to or through: a link, a directory in a file's place, a file in a directory's. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly remedy?: string };

/** The rights of everybody but the owner. */
const OTHERS = 0o077;

/** What is at a path inside a project, without following a link on the way; a secret must be in directories of the owner's alone. */
export function inspectPath(directory: string, path: string, secret: boolean): PathState {
  const parts = path.split('/');
  let current = directory;
  for (const [index, part] of parts.entries()) {
    current = join(current, part);
    const stats = lstat(current);
    if (stats === null) return { kind: 'free' };
    const last = index === parts.length - 1;
    if (stats.isSymbolicLink()) return { kind: 'blocked', reason: last ? 'is a symbolic link' : `is below the symbolic link ${parts.slice(0, index + 1).join('/')}` };
    if (last) return stats.isDirectory() ? { kind: 'blocked', reason: 'is a directory' } : { kind: 'file' };
    const above = parts.slice(0, index + 1).join('/');
    if (!stats.isDirectory()) return { kind: 'blocked', reason: `is below ${above}, which is no directory` };
    if (secret && (stats.mode & OTHERS) !== 0) return { kind: 'blocked', reason: `is below ${above}, which others can enter`, remedy: `chmod 700 ${above}` };
  }
  return { kind: 'free' };
}

/** Refuses a project directory that is a link or no directory; a missing one is fine when something above it is a directory. */
export function checkDirectory(directory: string, shown: string): void {
  const stats = lstat(directory);
  if (stats?.isSymbolicLink()) throw new UserError(`${shown} is a symbolic link: name the directory itself`);
  if (stats !== null && !stats.isDirectory()) throw new UserError(`${shown} is a file: name a directory`);
  if (stats === null) checkParent(dirname(directory));
}

/** The mode of a directory that a run makes in a project: secrets are its owner's alone. */
export function directoryMode(path: string): number {
  return path === 'secrets' || path.startsWith('secrets/') ? 0o700 : 0o755;
}

/** A directory that a run which was killed has left in a directory; null when there is none. */
export function abandonedStaging(directory: string): string | null {
  try {
    return readdirSync(directory).find((name) => name.startsWith(STAGING_PREFIX)) ?? null;
  } catch {
    // not there, or not to be read: nothing can be said of it
    return null;
  }
}

function checkParent(directory: string): void {
  const stats = lstat(directory, true);
  if (stats === null) {
    if (lstat(directory) !== null) throw new UserError(`${directory} is a symbolic link to nowhere, so nothing can be made below it: name another directory`);
    if (dirname(directory) !== directory) checkParent(dirname(directory));
    return;
  }
  if (!stats.isDirectory()) throw new UserError(`${directory} is a file, so nothing can be made below it: name another directory`);
}

/** Whether something is at a path, be it a link to nowhere. */
export function isThere(path: string): boolean {
  return lstat(path) !== null;
}

/**
 * What is at a path itself, or with `follow` at the end of its links; null for nothing.
 * @throws UserError (failure) where the user may not look
 */
export function lstat(path: string, follow = false): Stats | null {
  try {
    return lstatSync(follow ? `${path}/.` : path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') return follow ? lstat(path) : null;
    throw new UserError(`${path} cannot be looked at (${code ?? String(error)}): check its permissions`, 1);
  }
}
