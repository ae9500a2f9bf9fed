/** Plans requirements*.txt: made anew from the merged requirements*.in where the catalogue knows all of them. */
import { posix } from 'node:path';
import type { PackageGraph } from '../catalog/graph.ts';
import { mergeLock } from '../merge/lock.ts';
import { relock } from '../merge/relock.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { textOf } from '../plan/seen.ts';
import { decide, type Versions } from './decide.ts';
import { lockGroup } from './lock-group.ts';

type TextAt = (path: string) => string;

/**
 * @param textAfter the text that a file of the project will have after the run
 * @param textNow the text that it has now
 */
export function planLocks(locks: readonly Versions[], textAfter: TextAt, textNow: TextAt, packages: PackageGraph): { readonly files: readonly PlannedFile[]; readonly note: string | null } {
  const planned = locks.map((versions) => ({ ...planLock(versions, textAfter, textNow, packages), directory: posix.dirname(versions.path) }));
  const open = [...new Set(planned.filter((lock) => lock.open).map(({ directory }) => directory))];
  const note = open.length === 0 ? null : `packages of yours are in the requirements of ${open.join(', ')}: \`./run lock\` resolves the locks anew, and needs to before anything is built`;
  return { files: planned.flatMap(({ file }) => file ?? []), note };
}

interface PlannedLock {
  readonly file: PlannedFile | null;
  /** Whether only `./run lock` can tell what the requirements need in all. */
  readonly open: boolean;
}

function planLock(versions: Versions, textAfter: TextAt, textNow: TextAt, packages: PackageGraph): PlannedLock {
  const { path, last, next, seen } = versions;
  // a lock that the generator would leave as it is belongs to whoever changes its requirements
  if (next === undefined || next.text === last?.text) return { file: decide(versions), open: false };
  const exact = relock(inputsOf(path).map(textAfter), packages);
  const wanted = exact === null ? next : { ...next, text: exact };
  // what follows from the requirements as they are is no edit, whoever made it
  const now = seen.kind === 'file' ? textOf(seen.bytes) : null;
  const derived = last !== undefined && now !== null && now === relock(inputsOf(path).map(textNow), packages);
  let foreign = false;
  const file = decide({ ...versions, last: derived ? { ...last, text: now } : last, next: wanted }, (_, base, yours, generated) => {
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
