/** Reads a starter from the disk. Whoever wrote it: no link is followed, and nothing but plain files is opened. */
import { lstatSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../../errors/user-error.ts';
import { textOf } from '../../plan/seen.ts';
import type { StarterFiles } from '../starter.ts';
import { isOfStarter } from './contents.ts';
import { LIMITS, limitsFor, type Limits } from './limits.ts';
import { readPlainFile } from './read-file.ts';

export const DESCRIPTION = 'starter.yaml';

/**
 * @param directory may itself be a link, as npm and pnpm make them
 * @param shown what the user calls the starter
 * @throws UserError (usage) for what is no starter, and (failure) for what the system does not let us read
 */
export function readStarterDirectory(directory: string, shown: string): StarterFiles {
  const reader = { root: rootOf(directory, shown), shown, limits: limitsFor(shown), files: new Map<string, string>() };
  readInto(reader, '');
  if (!reader.files.has(DESCRIPTION)) throw new UserError(`${shown} holds no ${DESCRIPTION}: name the directory of a starter, or describe it there`);
  return new Map([...reader.files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

interface Reader {
  readonly root: string;
  readonly shown: string;
  readonly limits: Limits;
  readonly files: Map<string, string>;
}

function rootOf(directory: string, shown: string): string {
  try {
    if (!statSync(directory).isDirectory()) throw new UserError(`starter ${shown} is a file: name the directory that holds ${DESCRIPTION}`);
    return realpathSync(directory);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UserError(`there is no starter ${shown}: name a directory that is there, a package or a git repository (git+https://…)`);
    throw unreadable(shown, code);
  }
}

function readInto(reader: Reader, directory: string): void {
  const { limits, root } = reader;
  for (const name of namesIn(reader, directory)) {
    const path = directory === '' ? name : `${directory}/${name}`;
    if (!isOfStarter(path)) continue;
    limits.path(path);
    const full = join(root, path);
    const stats = asked(reader, path, () => lstatSync(full));
    if (stats.isSymbolicLink()) limits.refuse(path, 'is a symbolic link, which is not followed: put the file itself there');
    if (stats.isDirectory()) {
      limits.directory(path);
      readInto(reader, path);
      continue;
    }
    if (!stats.isFile()) limits.refuse(path, 'is no plain file: remove it');
    limits.file(path, stats.size);
    const bytes = asked(reader, path, () => readPlainFile(full, stats));
    if (bytes === null) throw new UserError(`${path} in starter ${reader.shown} changes while it is read: try again`, EXIT.failure);
    const text = textOf(bytes);
    if (text === null || text.includes('\0')) limits.refuse(path, 'is no UTF-8 text, so it can be no template: remove it');
    else reader.files.set(path, text);
  }
}

function namesIn(reader: Reader, directory: string): readonly string[] {
  const most = LIMITS.files + LIMITS.directories;
  return asked(reader, directory === '' ? '.' : directory, () => {
    const names: string[] = [];
    const entries = opendirSync(join(reader.root, directory));
    try {
      // never all at once: a directory can have any number of them
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
        if (names.push(entry.name) > most) throw new UserError(`${directory === '' ? 'the directory' : directory} of starter ${reader.shown} has more than ${most} entries: is it the right one?`);
      }
    } finally {
      entries.closeSync();
    }
    return names.sort();
  });
}

/** What the system answers; its errors become ours. */
function asked<T>({ shown }: Reader, path: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || code === undefined) throw error;
    throw unreadable(`${path} in starter ${shown}`, code);
  }
}

function unreadable(what: string, code: string): UserError {
  return new UserError(`${what} cannot be read (${code}): check its permissions`, EXIT.failure);
}
