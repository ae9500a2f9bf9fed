/** Plans requirements*.txt: made anew from the merged requirements*.in where the catalogue knows all of them. */
import type { PackageGraph } from '../catalog/graph.ts';
import { lockGroup } from './lock-group.ts';
import { mergeLock } from '../merge/lock.ts';
import { relock } from '../merge/relock.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { decide, type Versions } from './decide.ts';

/**
 * @param textAfter the text that a file of the project will have after the run
 * @returns the lock's part of the plan, and what the user has to be told of it
 */
export function planLock(versions: Versions, textAfter: (path: string) => string, packages: PackageGraph): { readonly file: PlannedFile | null; readonly note: string | null } {
  const { path, last, next } = versions;
  // a lock that the generator would leave as it is belongs to whoever changes its requirements
  if (next === undefined || next.text === last?.text) return { file: decide(versions), note: null };
  const exact = relock(inputsOf(path).map(textAfter), packages);
  const wanted = exact === null ? next : { ...next, text: exact };
  const file = decide({ ...versions, next: wanted }, (_, base, yours, generated) => [mergeLock(base, yours, generated)]);
  const guessed = exact === null && file !== null && file.text !== null;
  return { file, note: guessed ? `${path} was put together from yours and ours; \`./run lock\` resolves it anew` : null };
}

/** The requirements that a lock is made of, the widest last. */
function inputsOf(path: string): readonly string[] {
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  const groups = ['', '-test', '-dev'];
  return groups.slice(0, groups.indexOf(lockGroup(path) ?? '') + 1).map((group) => `${directory}requirements${group}.in`);
}
