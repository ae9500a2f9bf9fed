/** What is let in of a starter, whoever wrote it and wherever it comes from. */
import { UserError } from '../../errors/user-error.ts';
import { echoed } from '../../questions/nearest.ts';
import { nameProblem } from './names.ts';

const MEGABYTE = 1024 ** 2;
export const LIMITS = { files: 2_000, directories: 2_000, fileBytes: MEGABYTE, bytes: 16 * MEGABYTE, depth: 20, path: 400 } as const;

export interface Limits {
  /** @throws UserError (usage), as the others do, for what has no place in a starter; the names alone are looked at */
  readonly path: (path: string) => void;
  readonly directory: (path: string) => void;
  readonly file: (path: string, bytes: number) => void;
  /** For what is neither. */
  readonly refuse: (path: string, problem: string) => never;
}

/** @param shown what the user calls the starter */
export function limitsFor(shown: string): Limits {
  const spelled = new Map<string, { readonly path: string; readonly kind: 'file' | 'directory' }>();
  let [files, directories, bytes] = [0, 0, 0];
  const refuse = (path: string, problem: string): never => {
    throw new UserError(`${path.length > LIMITS.path ? echoed(path) : path} in starter ${shown} ${problem}`);
  };
  const tooMuch = (what: string): never => {
    throw new UserError(`starter ${shown} has more than ${what}: is it the right one? A starter consists of templates alone`);
  };
  const checkPath = (path: string): readonly string[] => {
    const parts = path.split('/');
    if (path.length > LIMITS.path) refuse(path, `is a path of more than ${LIMITS.path} characters: shorten it`);
    if (parts.length > LIMITS.depth) refuse(path, `is more than ${LIMITS.depth} directories deep: move it up`);
    for (const part of parts) {
      const problem = nameProblem(part);
      if (problem !== null) refuse(path, `${problem}: rename it`);
    }
    return parts;
  };
  const claim = (path: string, kind: 'file' | 'directory'): void => {
    const key = path.normalize('NFC').toLowerCase();
    const other = spelled.get(key);
    if (other !== undefined && other.path !== path) refuse(path, `differs from ${other.path} in case alone: rename one of them`);
    if (other !== undefined && (kind === 'file' || other.kind === 'file')) refuse(path, 'is there twice');
    if (other !== undefined) return;
    spelled.set(key, { path, kind });
    if (kind === 'file' ? ++files > LIMITS.files : ++directories > LIMITS.directories) tooMuch(kind === 'file' ? `${LIMITS.files} files` : `${LIMITS.directories} directories`);
  };
  const claimAbove = (parts: readonly string[]): void => {
    for (let length = 1; length < parts.length; length++) claim(parts.slice(0, length).join('/'), 'directory');
  };
  return {
    path: checkPath,
    directory: (path) => {
      claimAbove(checkPath(path));
      claim(path, 'directory');
    },
    file: (path, size) => {
      claimAbove(checkPath(path));
      claim(path, 'file');
      if (size > LIMITS.fileBytes) refuse(path, `is larger than ${LIMITS.fileBytes / MEGABYTE} MB: a starter consists of templates alone`);
      bytes += size;
      if (bytes > LIMITS.bytes) tooMuch(`${LIMITS.bytes / MEGABYTE} MB`);
    },
    refuse,
  };
}
