/** Opens starters: from where they are to what they say. */
import { join } from 'node:path';
import compare from 'semver/functions/compare.js';
import { UserError } from '../errors/user-error.ts';
import { isThere } from '../plan/disk.ts';
import { fetchStarter, type Fetched, type Place } from './fetch/fetch.ts';
import { readStarterDirectory } from './fetch/read-directory.ts';
import { fromOf, parseSource, type Source } from './fetch/source.ts';
import { DESCRIPTION, readStarter } from './read/starter.ts';
import type { Starter, StarterFiles, StarterRef } from './starter.ts';
import { titleOf } from './brought.ts';

/** The starter whose own program runs. */
export interface BuiltIn {
  /** Absolute. */
  readonly directory: string;
}

export interface Openers {
  /** Opens what --starter names, each in its newest version unless it says another. */
  readonly open: (given: readonly string[], cwd: string) => readonly Starter[];
  /**
   * Opens the starters of a project.
   * @param newest whether newer versions than the recorded ones are wanted
   * @throws UserError for one that cannot be had, or is older than the project
   */
  readonly reopen: (refs: readonly StarterRef[], directory: string, newest: boolean) => readonly Starter[];
  readonly builtIn: Starter | null;
}

/** @param cache the directory where fetched starters are kept */
export function openers(cache: string, builtIn: BuiltIn | null = null): Openers {
  const own = builtIn === null ? null : openBuiltIn(builtIn.directory);
  const open = (given: string, cwd: string): Starter => {
    const source = parseSource(given);
    // nobody who is in such a directory means a package of that name, which anybody can publish
    if (source.kind === 'package' && isThere(join(cwd, source.name, DESCRIPTION))) throw new UserError(`--starter ${given}: there is a directory of that name: write ./${given} for it`);
    return opened(source, fetchStarter(source, 'newest', { from: cwd, cache }), given);
  };
  return {
    builtIn: own,
    open: (given, cwd) => [...(own === null ? [] : [own]), ...new Set(given)].map((text) => (typeof text === 'string' ? open(text, cwd) : text)),
    reopen: (refs, directory, newest) =>
      refs.map((ref) => {
        const starter = ref.from === own?.ref.from ? own : reopened(ref, newest, { from: directory, cache });
        if (compare(starter.ref.version, ref.version) < 0) throw new UserError(`the project was made with ${titleOf({ ...starter, ref })}, and this is the older ${starter.ref.version}: take the newer one`);
        return starter;
      }),
  };
}

function reopened(ref: StarterRef, newest: boolean, place: Place): Starter {
  try {
    const source = parseSource(ref.from);
    return opened(source, fetchStarter(source, newest ? 'newest' : { version: ref.version, ...(ref.commit === undefined ? {} : { commit: ref.commit }) }, place), ref.from);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`the project's pycompose.yaml names the starter ${ref.from}: ${error.message}`, error.code);
  }
}

function opened(source: Source, { directory, files, commit }: Fetched, shown: string): Starter {
  return readStarter(files, { from: fromOf(source), ...(commit === undefined ? {} : { commit }) }, directory, shown.replace(/\/$/, ''));
}

/** A starter that is a package is known by its name, wherever it lies. */
function openBuiltIn(directory: string): Starter {
  const files = readStarterDirectory(directory, directory);
  const name = packageName(files);
  return readStarter(files, { from: name ?? directory }, directory, name ?? directory);
}

function packageName(files: StarterFiles): string | null {
  const text = files.get('package.json');
  const { name } = text === undefined ? {} : (JSON.parse(text) as { name?: unknown });
  return typeof name === 'string' ? name : null;
}
