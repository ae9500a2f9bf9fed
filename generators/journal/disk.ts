/** The calls that change the disk. */
import { chmodSync, closeSync, constants, fchmodSync, fchownSync, fsyncSync, lchownSync, lstatSync, mkdirSync, openSync, readdirSync, renameSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every call that changes the disk, so that tests can break it at any step. */
export interface Disk {
  /** Makes one directory, with this mode whatever the umask is. */
  makeDirectory(path: string, mode: number): void;
  /** Makes a file that is not there yet, with this mode whatever the umask is; it is on the disk when this returns. */
  write(path: string, bytes: Uint8Array, mode: number): void;
  symlink(target: string, path: string): void;
  /** Replaces what is at the second path in one step: a link itself, not what it points to. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes an empty directory. */
  removeDirectory(path: string): void;
  chmod(path: string, mode: number): void;
  /** Sees to it that the names in a directory are on the disk, where the system can. */
  syncDirectory(path: string): void;
}

export const realDisk: Disk = {
  makeDirectory(path, mode) {
    mkdirSync(path, { mode });
    const directory = process.platform === 'win32' ? null : openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    if (directory === null) return;
    try {
      ownLike(directory, dirname(path));
      fchmodSync(directory, mode);
    } finally {
      closeSync(directory);
    }
  },
  write(path, bytes, mode) {
    const file = openSync(path, 'wx', mode);
    try {
      writeFileSync(file, bytes);
      ownLike(file, dirname(path));
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  symlink(target, path) {
    symlinkSync(target, path);
    ownNameLike(path, dirname(path));
  },
  rename(from, to) {
    ownNameLike(from, to);
    if (process.platform === 'win32') renameOnWindows(from, to);
    else renameSync(from, to);
  },
  remove: (path) => unlinkSync(path),
  removeDirectory: (path) => rmdirSync(path),
  chmod: (path, mode) => chmodSync(path, mode),
  syncDirectory(path) {
    try {
      const directory = openSync(path, constants.O_RDONLY);
      try {
        fsyncSync(directory);
      } finally {
        closeSync(directory);
      }
    } catch (error) {
      if (!NO_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  },
};

/** Root changes other people's projects, in a container of a pipeline for one: their files stay theirs. */
function ownLike(file: number, other: string): void {
  const owner = ownerOf(other);
  if (owner !== null) fchownSync(file, owner.uid, owner.gid);
}

/** The same by name, where nothing can be opened; a link itself is meant. */
function ownNameLike(path: string, other: string): void {
  const owner = ownerOf(other);
  if (owner !== null) lchownSync(path, owner.uid, owner.gid);
}

function ownerOf(path: string): Stats | null {
  return process.getuid?.() === 0 ? (lstatSync(path, { throwIfNoEntry: false }) ?? null) : null;
}

/** What systems and file systems answer that cannot sync a directory, or not one that may not be read. */
const NO_SYNC = new Set(['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'EBADF', 'ENOTSUP', 'ENOSYS']);

const WINDOWS_ATTEMPTS = 20;
const WINDOWS_PAUSE = 50;

/** Windows does not replace a file that may not be written to, and lets nothing be renamed that a virus scanner reads. */
function renameOnWindows(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const target = lstatSync(to, { throwIfNoEntry: false });
      // a directory is never replaced there, so that waiting would not help
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(code) || attempt === WINDOWS_ATTEMPTS || target?.isDirectory()) throw error;
      if (target?.isFile()) chmodSync(to, 0o666);
      pause(WINDOWS_PAUSE);
    }
  }
}

/** Waits without an event loop. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Removes a directory of our own and all that is in it, call by call; one that is not there is fine. */
export function removeTree(disk: Disk, path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) return disk.remove(path);
  for (const name of readdirSync(path)) removeTree(disk, join(path, name));
  disk.removeDirectory(path);
}

/** For tidying up after the fact: what fails is tidied by the next run. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // nothing depends on it
  }
}
