/** Carries a run out that has been decided on; what is done already stays done, so that it can be begun again at any point. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isModeOnly, sameMode } from './change.ts';
import type { Disk } from './disk.ts';
import { above } from './directories.ts';
import { directoryAt, isAt, look } from './found.ts';
import type { Journal, Step } from './journal.ts';
import { directoryMode, isThere } from '../plan/disk.ts';

/**
 * @param contents the directory of the contents that are to take their places, by the numbers of their steps
 * @returns the paths where something else is than before or after the run; they are left alone
 */
export function carryOut(root: string, journal: Journal, contents: string, disk: Disk): readonly string[] {
  const left: string[] = [];
  const touched = new Set<string>();
  const modes = new Map(journal.makes.map(({ path, mode }) => [path, mode]));
  for (const [index, step] of journal.steps.entries()) {
    const sight = look(root, step.path);
    // one that is done may have been done by a run that was killed before it synced
    for (const directory of ['', ...above(step.path)]) touched.add(directory);
    if (isAt(sight, step.after)) continue;
    const content = join(contents, String(index));
    // what has no content any more has had it in its place, and somebody has changed it back since
    if (!isAt(sight, step.before) || (needsContent(step) && !isThere(content))) left.push(step.path);
    else carryOutStep(root, step, content, modes, disk);
  }
  for (const { path } of journal.removes) removeIfEmpty(root, path, disk);
  for (const path of touched) if (typeof directoryAt(root, path) === 'number') disk.syncDirectory(join(root, path));
  return left;
}

function needsContent({ before, after }: Step): boolean {
  return after !== null && !isModeOnly(before, after);
}

function carryOutStep(root: string, { path, before, after }: Step, content: string, modes: ReadonlyMap<string, number>, disk: Disk): void {
  const target = join(root, path);
  if (after === null) return disk.remove(target);
  if (isModeOnly(before, after) && after.kind === 'file') return disk.chmod(target, after.mode);
  makeAbove(root, path, modes, disk);
  disk.rename(content, target);
}

function makeAbove(root: string, path: string, modes: ReadonlyMap<string, number>, disk: Disk): void {
  for (const directory of above(path)) {
    const now = directoryAt(root, directory);
    const planned = modes.get(directory);
    if (now === null) disk.makeDirectory(join(root, directory), planned ?? directoryMode(directory));
    // a run that was killed may have made it without its mode
    else if (typeof now === 'number' && planned !== undefined && !sameMode(now, planned)) disk.chmod(join(root, directory), planned);
  }
}

function removeIfEmpty(root: string, path: string, disk: Disk): void {
  if (typeof directoryAt(root, path) !== 'number' || readdirSync(join(root, path)).length > 0) return;
  disk.removeDirectory(join(root, path));
}
