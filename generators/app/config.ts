/** The file that --config names. */
import { MOST_BYTES } from '../answers/parse.ts';
import { UserError } from '../errors/user-error.ts';
import type { World } from './session.ts';

/** @throws UserError (usage) when the file cannot be read */
export function readConfig(path: string, world: Pick<World, 'read'>): { readonly text: string; readonly source: string } {
  // one byte more than is taken, so that what is larger is seen to be
  return { text: textOf(path, () => world.read(path, MOST_BYTES + 1)), source: path === '-' ? 'standard input' : path };
}

function textOf(path: string, read: () => Buffer): string {
  try {
    return read().toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`--config ${path}: ${reason(code)}; name a file, or - for standard input`);
  }
}

function reason(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory';
    case 'EACCES':
      return 'there is no permission to read it';
    default:
      return `it cannot be read (${code})`;
  }
}
