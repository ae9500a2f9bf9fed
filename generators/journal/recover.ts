/** Ends what a run has left that was killed. */
import { quietly, realDisk, type Disk } from './disk.ts';
import { failure } from './failure.ts';
import { putInOrder } from './finish.ts';
import { withLock } from './lock.ts';
import { isThere } from '../plan/disk.ts';
import { placesOf } from './places.ts';
import { settle, type Recovery } from './run.ts';

export type { Recovery } from './run.ts';

/** Whether a killed run has left something to finish or to take back; only looks. A run that is going on looks the same. */
export function interrupted(root: string): boolean {
  const { journal, rollback } = placesOf(root);
  return isThere(journal) || isThere(rollback);
}

/**
 * Finishes a run that was killed, or throws away what it had only prepared; nothing is written where there is nothing.
 * @param root the project's directory, absolute
 * @throws UserError (failure) when the system does not let us
 */
export function recover(root: string, disk: Disk = realDisk): Recovery {
  const { staging, previous } = placesOf(root);
  if (!interrupted(root) && !isThere(staging) && !isThere(previous)) return { kind: 'nothing' };
  try {
    return withLock(root, disk, (places) => {
      const recovery = settle(root, places, disk);
      if (recovery.kind === 'finished') quietly(() => putInOrder(places, disk));
      else putInOrder(places, disk);
      return recovery;
    });
  } catch (error) {
    throw failure(root, error, `what a killed run has left in ${root} could not be put in order`);
  }
}
