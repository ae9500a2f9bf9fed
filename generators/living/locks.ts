/** Plans requirements*.txt: made anew from the merged requirements*.in where the catalogue knows all of them. */
import type { PackageGraph } from '../catalog/graph.ts';
import { mergeLock } from '../merge/lock.ts';
import { relock } from '../merge/relock.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { decide, type Versions } from './decide.ts';
import { lockGroup } from './lock-group.ts';

export interface PlannedLock {
  readonly file: PlannedFile | null;
  /** Whether only `./run lock` can tell what the requirements need in all. */
  readonly open: boolean;
}

/** @param textAfter the text that a file of the project will have after the run */
export function planLock(versions: Versions, textAfter: (path: string) => string, packages: PackageGraph): PlannedLock {
  const { path, last, next } = versions;
  // a lock that the generator would leave as it is belongs to whoever changes its requirements
  if (next === undefined || next.text === last?.text) return { file: decide(versions), open: false };
  const exact = relock(inputsOf(path).map(textAfter), packages);
  const wanted = exact === null ? next : { ...next, text: exact };
  let foreign = false;
  const file = decide({ ...versions, next: wanted }, (_, base, yours, generated) => {
    const merged = mergeLock(base, yours, generated);
    foreign = merged === null;
    return [merged ?? yours];
  });
  if (file === null) return { file, open: false };
  if (!foreign) return { file, open: exact === null && file.text !== null };
  return { file: { ...file, action: 'keep', text: null, reason: "not in uv's form, so it stays as it is" }, open: true };
}

/** The requirements that a lock is made of, the widest last. */
function inputsOf(path: string): readonly string[] {
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  const groups = ['', '-test', '-dev'];
  return groups.slice(0, groups.indexOf(lockGroup(path) ?? '') + 1).map((group) => `${directory}requirements${group}.in`);
}
