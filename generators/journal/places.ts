/** Where a project keeps what its runs need while they change it, and what undo needs afterwards. */
import { join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import { lstat } from '../plan/disk.ts';

/** The directory of all that, inside a project. */
export const STATE = '.pycompose/state';

/** Old contents of secrets may lie there, so it is the owner's alone. */
export const STATE_MODE = 0o700;

/** A run's directory has one of four names, and renaming it is what moves the run on, in one step each. */
export interface Places {
  readonly directory: string;
  readonly lock: string;
  /** Being built, or being thrown away: never of any use to a later run. */
  readonly staging: string;
  /** Decided: whoever finds it finishes it. */
  readonly journal: string;
  /** Could not be finished: whoever finds it takes it back. */
  readonly rollback: string;
  /** Done: the last run. */
  readonly undo: string;
  /** The run before, while another takes its place. */
  readonly previous: string;
}

/** @throws UserError when a link or a file is in the way, since nothing may be written through it */
export function placesOf(root: string): Places {
  const directory = join(root, STATE);
  for (const path of ['.pycompose', STATE]) {
    const stats = lstat(join(root, path));
    if (stats === null || stats.isDirectory()) continue;
    throw new UserError(`${join(root, path)} is a ${stats.isSymbolicLink() ? 'symbolic link' : 'file'}, and has to be a directory: move it away`, EXIT.failure);
  }
  const place = (name: string): string => join(directory, name);
  return { directory, lock: place('lock'), staging: place('staging'), journal: place('journal'), rollback: place('rollback'), undo: place('undo'), previous: place('previous') };
}
