/**
 * The lock is a directory that holds one file, which names its holder. It takes its place by a rename, which succeeds
 * only where nothing or an empty directory is, so that it is never seen half made. Giving it up, or taking it from the
 * dead, removes that file by its own random name, and the directory only when empty: whoever still acts on what an
 * earlier holder left cannot harm the next one.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import { pause, quietly, removeTree, type Disk } from './disk.ts';
import { parseHolder, self, stateOf, type Holder } from './holder.ts';
import { isThere } from '../plan/disk.ts';
import { STATE_MODE, type Places } from './places.ts';

/** How long a run waits for another, in milliseconds. */
export const PATIENCE = 5_000;
/** How old the lock of another machine is, in milliseconds, when its run cannot be going on any more. */
export const ABANDONED = 60_000;
/** What the directories begin with that are to become the lock. */
export const PREPARED = 'lock-';
const PAUSE = 25;

/** The locks that this thread holds: another that names it is from an earlier process of its number, or could not be removed. */
const held = new Set<string>();

/**
 * @returns the name of the file that names us, for giving the lock up
 * @throws UserError (failure) when another run does not end in time
 */
export function take(places: Places, disk: Disk, patience: number): string {
  const name = `${randomUUID()}.json`;
  const prepared = join(places.directory, `${PREPARED}${name}`);
  const until = Date.now() + patience;
  try {
    disk.makeDirectory(prepared, STATE_MODE);
    disk.write(join(prepared, name), Buffer.from(`${JSON.stringify(self())}\n`), 0o600);
    for (;;) {
      if (enter(places, disk, prepared)) {
        held.add(name);
        return name;
      }
      const holder = livingHolder(places, disk);
      if (holder === null) continue;
      if (Date.now() >= until) throw busy(holder);
      pause(PAUSE);
    }
  } catch (error) {
    quietly(() => removeTree(disk, prepared));
    throw error;
  }
}

/** Never throws: a lock that cannot be removed is stale as soon as its process has ended. */
export function give(places: Places, disk: Disk, name: string): void {
  held.delete(name);
  quietly(() => disk.remove(join(places.lock, name)));
  // when this fails, another run has already taken the empty one
  quietly(() => disk.removeDirectory(places.lock));
}

function enter(places: Places, disk: Disk, prepared: string): boolean {
  try {
    disk.rename(prepared, places.lock);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows calls a directory that is in the way a lack of permission
    if (code === 'EEXIST' || code === 'ENOTEMPTY' || (process.platform === 'win32' && isThere(places.lock))) return false;
    throw error;
  }
}

/** Who is at work; the lock of somebody who is not any more is opened, and null says to try again. */
function livingHolder(places: Places, disk: Disk): Holder | null {
  try {
    const [name] = readdirSync(places.lock);
    if (name !== undefined) {
      const file = join(places.lock, name);
      const holder = parseHolder(readFileSync(file, 'utf8'));
      // one that cannot be read was cut off by a power failure: a lock takes its place with its content in it
      if (holder !== null && !isAbandoned(holder, name, file)) return holder;
      disk.remove(file);
    }
    // Windows renames nothing over a directory, not even over an empty one
    disk.removeDirectory(places.lock);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return null;
}

function isAbandoned(holder: Holder, name: string, file: string): boolean {
  switch (stateOf(holder)) {
    case 'dead':
      return true;
    case 'mine':
      return !held.has(name);
    case 'elsewhere':
      return Date.now() - statSync(file).mtimeMs > ABANDONED;
    case 'alive':
      return false;
  }
}

function busy({ pid, host, space }: Holder): UserError {
  const me = self();
  const elsewhere = host === me.host && space === me.space ? '' : ` on ${host}; if that one has been killed, it is waited for one minute`;
  return new UserError(`another run is at work here (process ${pid}${elsewhere}); nothing was written: try again when it has ended`, EXIT.failure);
}
