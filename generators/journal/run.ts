/** One run from its draft to its end, alone in its project. */
import { UserError } from '../errors/user-error.ts';
import { quietly, type Disk } from './disk.ts';
import { failure } from './failure.ts';
import { finish, putInOrder, takeBack } from './finish.ts';
import { withLock } from './lock.ts';
import { isThere } from '../plan/disk.ts';
import { type Places } from './places.ts';
import { stage, type Draft } from './stage.ts';

/** What became of a run that was killed. */
export type Recovery =
  | { readonly kind: 'nothing' }
  /** It had changed nothing, or it was taken back. */
  | { readonly kind: 'discarded' }
  /** `left` are the paths that somebody has changed meanwhile, and that stay so. */
  | { readonly kind: 'finished'; readonly command: string; readonly left: readonly string[] };

/**
 * @param draft gives the run to carry out, once no other run is going on
 * @throws UserError with nothing written, or, when the system lets us neither go on nor back, saying so
 */
export function run(root: string, disk: Disk, draft: (places: Places) => Draft): void {
  try {
    withLock(root, disk, (places) => {
      settle(root, places, disk);
      putInOrder(places, disk);
      const decided = draft(places);
      if (!stage(root, decided, places, disk)) return;
      commit(places, disk);
      finish(root, places, disk, decided.refuse);
    });
  } catch (error) {
    throw failure(root, error, `nothing was written to ${root}`);
  }
}

/** From here on the run is carried out, by us or by whoever finds it. */
function commit(places: Places, disk: Disk): void {
  try {
    disk.rename(places.staging, places.journal);
  } catch (error) {
    quietly(() => putInOrder(places, disk));
    throw error;
  }
}

/** Ends what a killed run has left to finish or to take back; the caller has the lock. */
export function settle(root: string, places: Places, disk: Disk): Recovery {
  if (isThere(places.rollback)) {
    takeBack(root, places, disk);
    return { kind: 'discarded' };
  }
  if (!isThere(places.journal)) return { kind: isThere(places.staging) ? 'discarded' : 'nothing' };
  try {
    const { journal, left } = finish(root, places, disk, null);
    return { kind: 'finished', command: journal.command, left };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw failure(root, error, `a run that was killed in ${root} could not be finished and was taken back`);
  }
}
