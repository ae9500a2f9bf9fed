/** What is on the disk at the paths of a project, read without following links. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Found } from '../journal/change.ts';
import { hash, permissions } from '../journal/found.ts';
import { inspectPath } from './disk.ts';

export type Seen =
  /** Nothing; `clash` is a name beside it that differs only in case, which many systems take for the same. */
  | { readonly kind: 'free'; readonly clash?: string }
  /** `rewritten` is the text as today's generator would have written it, where a migration makes one of it. */
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly mode: number; readonly rewritten?: string }
  | { readonly kind: 'link'; readonly target: string }
  /** Something that may not be written to or through. */
  | { readonly kind: 'blocked'; readonly reason: string };

/** Looks at one path inside a project. */
export type Look = (path: string) => Seen;

export function lookAt(root: string): Look {
  const names = new Map<string, ReadonlyMap<string, string>>();
  return (path) => {
    const state = inspectPath(root, path, false);
    const full = join(root, path);
    if (state.kind === 'free') {
      const clash = clashOf(names, root, path);
      return clash === null ? { kind: 'free' } : { kind: 'free', clash };
    }
    if (state.kind === 'blocked' && state.reason === 'is a symbolic link') return { kind: 'link', target: readlinkSync(full) };
    if (state.kind === 'blocked') return state;
    const stats = lstatSync(full);
    if (!stats.isFile()) return { kind: 'blocked', reason: 'is no regular file' };
    return { kind: 'file', bytes: read(full, path), mode: permissions(stats) };
  };
}

/** @throws UserError (failure) where the user may not read */
function read(full: string, path: string): Buffer {
  try {
    return readFileSync(full);
  } catch (error) {
    throw new UserError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}): check its permissions`, EXIT.failure);
  }
}

/** The same, which remembers what it saw. */
export function once(look: Look): Look {
  const known = new Map<string, Seen>();
  return (path) => {
    const seen = known.get(path) ?? look(path);
    known.set(path, seen);
    return seen;
  };
}

/** What is to be said of something that is no file. */
export function obstacle(seen: Exclude<Seen, { readonly kind: 'free' | 'file' }>): string {
  return seen.kind === 'link' ? 'is a symbolic link' : seen.reason;
}

/** What a plan saw, as the journal compares it. */
export function foundOf(seen: Seen): Found | null {
  switch (seen.kind) {
    case 'file':
      return { kind: 'file', sha256: hash(seen.bytes), mode: seen.mode };
    case 'link':
      return { kind: 'link', target: seen.target };
    default:
      return null;
  }
}

/** The text of a file; null when it is no UTF-8, so that nothing can be merged into it. */
export function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text that a file is compared and merged by. */
export function yoursOf(seen: Seen & { readonly kind: 'file' }): string | null {
  return seen.rewritten ?? textOf(seen.bytes);
}

function clashOf(names: Map<string, ReadonlyMap<string, string>>, root: string, path: string): string | null {
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    const above = parts.slice(0, index).join('/');
    const other = namesIn(names, root, above).get(part.toLowerCase());
    // nothing is below a directory that is not there
    if (other === undefined) return null;
    if (other !== part) return [...parts.slice(0, index), other].join('/');
  }
  return null;
}

function namesIn(names: Map<string, ReadonlyMap<string, string>>, root: string, directory: string): ReadonlyMap<string, string> {
  const known = names.get(directory);
  if (known !== undefined) return known;
  const read = readNames(join(root, directory));
  // a name as it should be wins over one that differs in case
  const byLower = new Map([...read].sort((a, b) => (a < b ? -1 : 1)).map((name) => [name.toLowerCase(), name]));
  names.set(directory, byLower);
  return byLower;
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
