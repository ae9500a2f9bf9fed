/** One run at a time in a project, and the directory that its runs work in. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { holdSignals } from '../plan/signals.ts';
import { sameMode } from './change.ts';
import { quietly, removeTree, type Disk } from './disk.ts';
import { isThere } from '../plan/disk.ts';
import { placesOf, STATE_MODE, type Places } from './places.ts';
import { ABANDONED, give, PATIENCE, PREPARED, take } from './take-lock.ts';

/**
 * Does the work while no other run is in this project, and no signal ends the process.
 * @param patience how long another run is waited for, in milliseconds
 * @throws UserError (failure) when another run does not end in time
 */
export function withLock<T>(root: string, disk: Disk, work: (places: Places) => T, patience = PATIENCE): T {
  const places = placesOf(root);
  prepare(root, places, disk);
  const name = take(places, disk, patience);
  const letSignalsThrough = holdSignals();
  try {
    tidy(places, disk);
    return work(places);
  } finally {
    give(places, disk, name);
    letSignalsThrough();
  }
}

function prepare(root: string, places: Places, disk: Disk): void {
  makeIfMissing(disk, join(root, '.pycompose'), 0o755);
  makeIfMissing(disk, places.directory, STATE_MODE);
  if (!sameMode(statSync(places.directory).mode & 0o777, STATE_MODE)) disk.chmod(places.directory, STATE_MODE);
}

/** Keeps the directory out of version control, and removes what killed runs prepared for taking the lock. */
function tidy(places: Places, disk: Disk): void {
  const ignore = join(places.directory, '.gitignore');
  const text = isThere(ignore) ? readFileSync(ignore, 'utf8') : null;
  if (text === '') disk.remove(ignore);
  if (text === null || text === '') disk.write(ignore, Buffer.from('*\n'), 0o600);
  for (const name of readdirSync(places.directory)) {
    const path = join(places.directory, name);
    if (name.startsWith(PREPARED)) quietly(() => Date.now() - statSync(path).mtimeMs > ABANDONED && removeTree(disk, path));
  }
}

function makeIfMissing(disk: Disk, path: string, mode: number): void {
  if (isThere(path)) return;
  try {
    disk.makeDirectory(path, mode);
    disk.syncDirectory(dirname(path));
  } catch (error) {
    // another run has just made it
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
