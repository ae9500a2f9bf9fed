/** The directories that come and go with files. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { directoryAt, parentOf } from './found.ts';
import type { Directory } from './journal.ts';

/** The directories that files at these paths need and that are not there, those above first. */
export function missingAbove(root: string, paths: readonly string[], modeOf: (path: string) => number): readonly Directory[] {
  const missing = new Set(paths.flatMap(above).filter((path) => directoryAt(root, path) === null));
  return [...missing].sort().map((path) => ({ path, mode: modeOf(path) }));
}

/** The directories that have nothing left in them when these files are gone, the deepest first. */
export function emptied(root: string, deleted: readonly string[], created: readonly string[]): readonly Directory[] {
  const gone = new Set(deleted);
  const needed = new Set(created.flatMap(above));
  const directories: Directory[] = [];
  for (const path of [...new Set(deleted.flatMap(above))].sort(deepestFirst)) {
    const mode = directoryAt(root, path);
    if (needed.has(path) || typeof mode !== 'number' || !readdirSync(join(root, path)).every((name) => gone.has(`${path}/${name}`))) continue;
    gone.add(path);
    directories.push({ path, mode });
  }
  return directories;
}

/** The directories above a path inside a project, without the project's own, those above first. */
export function above(path: string): readonly string[] {
  const parent = parentOf(path);
  return parent === '' ? [] : [...above(parent), parent];
}

function deepestFirst(one: string, other: string): number {
  return other.split('/').length - one.split('/').length;
}
