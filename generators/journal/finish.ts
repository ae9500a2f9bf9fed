/** Brings a run to an end that has been decided on: to its new state, or, where that is not possible, back to the old one. */
import { join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import { carryOut } from './carry-out.ts';
import { quietly, removeTree, type Disk } from './disk.ts';
import { shortly } from './failure.ts';
import { readJournal, reversed, type Journal } from './journal.ts';
import { isThere } from '../plan/disk.ts';
import { type Places } from './places.ts';

/**
 * Finishes the run in `places.journal`, which becomes the last run.
 * @param refuse what is thrown, once all is taken back, when paths are not as the run has them; null leaves these alone
 * @throws what kept the run from being finished, when it has been taken back; UserError (failure) when not even that was possible
 */
export function finish(root: string, places: Places, disk: Disk, refuse: ((paths: readonly string[]) => UserError) | null): { readonly journal: Journal; readonly left: readonly string[] } {
  const journal = readJournal(places.journal);
  try {
    disk.syncDirectory(places.directory);
    const left = carryOut(root, journal, join(places.journal, 'new'), disk);
    if (refuse !== null && left.length > 0) throw refuse(left);
    if (isThere(places.undo) && !isThere(places.previous)) disk.rename(places.undo, places.previous);
    disk.rename(places.journal, places.undo);
    quietly(() => disk.syncDirectory(places.directory));
    quietly(() => removeTree(disk, places.previous));
    return { journal, left };
  } catch (error) {
    // the name comes first: from here on, whoever finds the run goes back too
    orUnfinished(root, () => disk.rename(places.journal, places.rollback));
    takeBack(root, places, disk);
    throw error;
  }
}

/**
 * Takes back the run in `places.rollback`.
 * @throws UserError (failure) when that is not possible now
 */
export function takeBack(root: string, places: Places, disk: Disk): void {
  orUnfinished(root, () => goBack(root, places, disk));
}

function goBack(root: string, places: Places, disk: Disk): void {
  disk.syncDirectory(places.directory);
  carryOut(root, reversed(readJournal(places.rollback)), join(places.rollback, 'old'), disk);
  disk.rename(places.rollback, places.staging);
  quietly(() => putInOrder(places, disk));
}

/** Puts the state directory in order where no run is going on: what is no use goes, and the last run has its name. */
export function putInOrder(places: Places, disk: Disk): void {
  restorePrevious(places, disk);
  removeTree(disk, places.staging);
}

function restorePrevious(places: Places, disk: Disk): void {
  if (isThere(places.undo)) removeTree(disk, places.previous);
  else if (isThere(places.previous)) disk.rename(places.previous, places.undo);
}

function orUnfinished(root: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new UserError(`${root} is changed in part (${shortly(root, error)}): put that right, and the next run here finishes it first or takes it back`, EXIT.failure);
  }
}
