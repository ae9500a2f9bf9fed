/** Reads one file that somebody else may be changing. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

// the second keeps an open of a pipe from waiting for its other end; Windows has neither
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @returns the bytes of the very file that was looked at, or null when it is not what it was any more */
export function readPlainFile(path: string, { dev, ino, size }: Stats): Buffer | null {
  const file = open(path);
  if (file === null) return null;
  try {
    const now = fstatSync(file);
    if (!now.isFile() || now.dev !== dev || now.ino !== ino || now.size !== size) return null;
    // one byte more, so that what has grown is seen to have
    const bytes = Buffer.alloc(size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) read = readSync(file, bytes, length, bytes.length - length, null);
    return length === size ? bytes.subarray(0, size) : null;
  } finally {
    closeSync(file);
  }
}

function open(path: string): number | null {
  try {
    return openSync(path, FLAGS);
  } catch (error) {
    // a link, a socket or nothing has taken its place
    if (['ELOOP', 'EMLINK', 'ENXIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
