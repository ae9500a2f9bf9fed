/** The real terminal, disk and standard input. */
import { closeSync, openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { EXIT, UserError } from '../errors/user-error.ts';
import { userDirectories } from '../starter/fetch/directories.ts';
import type { World } from './session.ts';

/** How long input that is not there yet is waited for at a time. */
const POLL_MILLISECONDS = 20;

/** @throws UserError (failure) when there is no current directory */
export function realWorld(): World {
  const cwd = currentDirectory();
  return {
    cwd,
    // process.stdin is not asked: looking at it makes the descriptor non-blocking
    interactive: isatty(0) && isatty(1),
    read: (path, most) => readStart(path === '-' ? 0 : resolve(cwd, path), most),
    print: (text) => process.stdout.write(text),
    directories: userDirectories(process.env, process.platform, homedir()),
  };
}

function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new UserError('the current directory no longer exists: cd to another one', EXIT.failure);
  }
}

/** Up to `most` bytes of a file or a descriptor; a pipe is read until it ends, a device may have no end. */
function readStart(from: string | number, most: number): Buffer {
  const descriptor = typeof from === 'number' ? from : openSync(from, 'r');
  try {
    const start = Buffer.alloc(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read) read = readSome(descriptor, start, length);
    return start.subarray(0, length);
  } finally {
    if (descriptor !== from) closeSync(descriptor);
  }
}

/** Reads what there is, behind `offset`; waits where a descriptor is non-blocking, as yo leaves standard input. */
function readSome(descriptor: number, into: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, into, offset, into.length - offset, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MILLISECONDS);
    }
  }
}
