/** The starter that a command is run in. */
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../errors/user-error.ts';
import { isThere } from '../../plan/disk.ts';
import { readStarterDirectory } from '../fetch/read-directory.ts';
import { DESCRIPTION, readStarter } from '../read/starter.ts';
import type { Starter } from '../starter.ts';

/**
 * The starter in a directory, or without one the nearest upwards.
 * @throws UserError (usage) when there is none, or it cannot be read
 */
export function starterAround(cwd: string, given: string | undefined): Starter {
  const directory = given === undefined ? nearest(cwd) : resolve(cwd, given);
  const shown = relative(cwd, directory) || '.';
  return readStarter(readStarterDirectory(directory, shown), { from: shown }, directory, shown);
}

function nearest(cwd: string): string {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (isThere(join(directory, DESCRIPTION))) return directory;
    if (dirname(directory) === directory) throw new UserError(`there is no starter here or above: cd into one (it holds ${DESCRIPTION}), or name its directory`);
  }
}
