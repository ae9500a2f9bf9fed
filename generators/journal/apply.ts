/** Changes a project that exists: all of it or nothing, even when the run is killed. */
import { isInside } from '../base/base.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Change } from './change.ts';
import { realDisk, type Disk } from './disk.ts';
import { shownPaths } from './failure.ts';
import { STATE } from './places.ts';
import { run } from './run.ts';

/** What is remembered of a run, for undo to say. */
export interface RunInfo {
  /** The command line, as a user would type it. */
  readonly command: string;
  /** The generator's version. */
  readonly generator: string;
}

/** The project is no longer as a plan saw it: another plan may be made. */
export class StalePlanError extends UserError {}

/**
 * Carries changes out, and keeps what they replace for undo. A run that was killed in this project is finished first.
 * @param root the project's directory, absolute
 * @throws UserError (conflicts) when a path is not as the plan saw it, (failure) with the system's reason; nothing has been written then
 */
export function applyChanges(root: string, changes: readonly Change[], info: RunInfo, disk: Disk = realDisk): void {
  checkPaths(changes.map(({ path }) => path));
  run(root, disk, () => ({
    ...info,
    undone: false,
    changes: changes.map(({ path, before, after }) => ({ path, before, after: after === null ? null : { kind: 'file', ...after } })),
    modes: new Map(),
    removes: null,
    refuse: (paths) => new StalePlanError(`${shownPaths(paths)} ${paths.length === 1 ? 'has' : 'have'} changed since ${paths.length === 1 ? 'it was' : 'they were'} looked at; nothing was written: run the command again`, EXIT.conflicts),
  }));
}

/** What is wrong here is wrong in the program. */
function checkPaths(paths: readonly string[]): void {
  const all = new Set(paths);
  if (all.size !== paths.length) throw new Error('a run changes each path once');
  for (const path of all) if (!isInside(path) || path === STATE) throw new Error(`${path} is no path that a run may change`);
}
