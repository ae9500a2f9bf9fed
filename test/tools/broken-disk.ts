/** Disks that break at a call of choice. */
import { mkdirSync, renameSync } from 'node:fs';
import { realDisk, type Disk } from '../../generators/journal/disk.ts';

export interface BrokenDisk {
  readonly disk: Disk;
  /** The calls that have been made, in order. */
  readonly calls: readonly Call[];
}

export interface Call {
  readonly name: keyof Disk;
  /** The path that the call makes, changes or removes. */
  readonly path: string;
  /** Whether the call can be cut off halfway. */
  readonly half: boolean;
}

/** What a call does instead of its work; it throws, or does the work itself. */
type Instead = (call: number, work: () => void, torn: () => void) => void;

/** A disk that only counts. */
export function countingDisk(): BrokenDisk {
  return brokenDisk((_call, work) => work());
}

/**
 * As if the process were killed at a call: neither it nor any later one does anything.
 * @param torn whether half of that call is done, where there is a half
 */
export function killedAt(at: number, torn: boolean): BrokenDisk {
  return brokenDisk((call, work, half) => {
    if (call < at) return work();
    if (call === at && torn) half();
    throw new Error('killed');
  });
}

/** The system refuses some calls in a row, and the process lives on. */
export function failingAt(at: number, code: string, times = 1): BrokenDisk {
  return brokenDisk((call, work, half) => {
    if (call < at || call >= at + times) return work();
    if (code === 'ENOSPC') half();
    throw Object.assign(new Error(code), { code });
  });
}

/** The system refuses a call, and the process is killed some calls later, while it makes the best of that. */
export function failingThenKilledAt(at: number, code: string, later: number): BrokenDisk {
  return brokenDisk((call, work) => {
    if (call >= at + later) throw new Error('killed');
    if (call === at) throw Object.assign(new Error(code), { code });
    work();
  });
}

/** Somebody else does something just before a rename to a path. */
export function meddlingDisk(before: (to: string) => void): Disk {
  return {
    ...realDisk,
    rename(from, to) {
      before(to);
      renameSync(from, to);
    },
  };
}

function brokenDisk(instead: Instead): BrokenDisk {
  const calls: Call[] = [];
  const step = (name: keyof Disk, path: string, work: () => void, half?: () => void): void => {
    const call = calls.push({ name, path, half: half !== undefined }) - 1;
    instead(call, work, half ?? (() => {}));
  };
  const disk: Disk = {
    // a directory has the mode that the umask leaves it before it gets its own
    makeDirectory: (path, mode) => step('makeDirectory', path, () => realDisk.makeDirectory(path, mode), () => mkdirSync(path, 0o700)),
    write: (path, bytes, mode) => step('write', path, () => realDisk.write(path, bytes, mode), () => realDisk.write(path, bytes.subarray(0, bytes.length / 2), 0o600)),
    symlink: (target, path) => step('symlink', path, () => realDisk.symlink(target, path)),
    rename: (from, to) => step('rename', to, () => realDisk.rename(from, to)),
    remove: (path) => step('remove', path, () => realDisk.remove(path)),
    removeDirectory: (path) => step('removeDirectory', path, () => realDisk.removeDirectory(path)),
    chmod: (path, mode) => step('chmod', path, () => realDisk.chmod(path, mode)),
    syncDirectory: (path) => step('syncDirectory', path, () => realDisk.syncDirectory(path)),
  };
  return { disk, calls };
}
