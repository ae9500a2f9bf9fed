/** Looks at a project's paths, without following a link on the way. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import { sameFound, type Found } from './change.ts';

export type Sight =
  | { readonly kind: 'found'; readonly found: Found | null; /** A file's content. */ readonly bytes: Uint8Array | null }
  /** Something that a run neither writes nor passes through: a directory in a file's place, a link or a file in a directory's. */
  | { readonly kind: 'blocked' };

/** Permission bits of a mode. */
const PERMISSIONS = 0o7777;

const NOTHING: Sight = { kind: 'found', found: null, bytes: null };

export function look(root: string, path: string): Sight {
  const parent = directoryAt(root, parentOf(path));
  if (parent === 'blocked') return { kind: 'blocked' };
  if (parent === null) return NOTHING;
  const full = join(root, path);
  try {
    const stats = lstatSync(full);
    if (stats.isSymbolicLink()) return { kind: 'found', found: { kind: 'link', target: readlinkSync(full) }, bytes: null };
    if (!stats.isFile()) return { kind: 'blocked' };
    const bytes = readFileSync(full);
    return { kind: 'found', found: { kind: 'file', sha256: hash(bytes), mode: permissions(stats) }, bytes };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw cannotLook(path, error);
  }
}

/** Whether this is what is at a path. */
export function isAt(sight: Sight, expected: Found | null): boolean {
  return sight.kind === 'found' && sameFound(sight.found, expected);
}

/** The mode of a directory inside a project; null when there is none, 'blocked' when something else is there or on the way. */
export function directoryAt(root: string, path: string): number | 'blocked' | null {
  const parts = path === '' ? [] : path.split('/');
  let mode: number | null = 0;
  for (let index = 0; index <= parts.length; index++) {
    const shown = parts.slice(0, index).join('/');
    const stats = lstat(join(root, shown), shown);
    if (stats === null) return null;
    // the project's own directory may be reached through a link: that is the user's choice
    if (!stats.isDirectory() && !(index === 0 && stats.isSymbolicLink())) return 'blocked';
    mode = permissions(stats);
  }
  return mode;
}

/** The directory of a path inside a project; '' is the project's own. */
export function parentOf(path: string): string {
  const parent = dirname(path);
  return parent === '.' ? '' : parent;
}

export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function permissions(stats: Stats): number {
  return stats.mode & PERMISSIONS;
}

function lstat(full: string, path: string): Stats | null {
  try {
    return lstatSync(full, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    throw cannotLook(path, error);
  }
}

function cannotLook(path: string, error: unknown): UserError {
  return new UserError(`${path} cannot be looked at (${(error as NodeJS.ErrnoException).code ?? String(error)}): check its permissions`, EXIT.failure);
}
