/** Takes the last run back; that is a run too, so that undoing it does it again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../errors/user-error.ts';
import { isModeOnly } from './change.ts';
import { realDisk, type Disk } from './disk.ts';
import { shownPaths } from './failure.ts';
import { hash } from './found.ts';
import { readJournal, reversed, type Journal, type Step } from './journal.ts';
import { isThere } from '../plan/disk.ts';
import { placesOf, type Places } from './places.ts';
import { recover } from './recover.ts';
import { run } from './run.ts';
import type { Content, Draft } from './stage.ts';

/** The last run, as undo would put it. */
export interface LastRun {
  /** The command that undo takes back, or does again. */
  readonly command: string;
  /** Whether the command has been taken back, so that undo does it again. */
  readonly redo: boolean;
  /** What undo does. */
  readonly changes: readonly { readonly path: string; readonly action: 'create' | 'update' | 'delete' | 'mode' }[];
}

/** What undo would do; null when there is no run to take back. Only looks, so a killed run has to be recovered first. */
export function lastRun(root: string): LastRun | null {
  const { undo: last, previous } = placesOf(root);
  const directory = [last, previous].find(isThere);
  return directory === undefined ? null : described(readJournal(directory));
}

/**
 * Takes the last run back: contents, modes, links and directories. A run that was killed in this project is finished first.
 * @param root the project's directory, absolute
 * @returns what it has done
 * @throws UserError (conflicts) naming the files that have changed since, (failure) when there is no run to take back or
 * with the system's reason; nothing has been written then
 */
export function undo(root: string, disk: Disk = realDisk): LastRun {
  recover(root, disk);
  if (lastRun(root) === null) throw nothingToUndo(root);
  let done: LastRun | null = null;
  run(root, disk, (places) => {
    if (!isThere(places.undo)) throw nothingToUndo(root);
    const journal = readJournal(places.undo);
    done = described(journal);
    return draftOf(journal, places);
  });
  if (done === null) throw nothingToUndo(root);
  return done;
}

function draftOf(journal: Journal, places: Places): Draft {
  const { command, generator, undone, steps, makes, removes } = reversed(journal);
  return {
    command,
    generator,
    undone,
    changes: steps.map(({ path, before, after }, index) => ({ path, before, after: after === null ? null : kept(path, after, join(places.undo, 'old', String(index))) })),
    modes: new Map(makes.map(({ path, mode }) => [path, mode])),
    removes: removes.map(({ path }) => path),
    refuse: (paths) => new UserError(`${shownPaths(paths)} ${paths.length === 1 ? 'has' : 'have'} changed since the last run (${command}); nothing was written: undo needs ${paths.length === 1 ? 'it' : 'them'} as that run left ${paths.length === 1 ? 'it' : 'them'}`, EXIT.conflicts),
  };
}

/** @throws UserError (failure) when what was kept is not what it was */
function kept(path: string, found: NonNullable<Step['after']>, file: string): Content {
  if (found.kind === 'link') return found;
  const bytes = readKept(file);
  if (bytes === null || hash(bytes) !== found.sha256) throw new UserError(`the old version of ${path} in ${file} is missing or damaged; nothing was written: take the run back by hand`, EXIT.failure);
  return { kind: 'file', bytes, mode: found.mode };
}

function readKept(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

function described({ command, undone, steps }: Journal): LastRun {
  return { command, redo: undone, changes: steps.map(({ path, before, after }) => ({ path, action: action(before, after) })) };
}

function action(before: Step['before'], after: Step['after']): LastRun['changes'][number]['action'] {
  if (before === null) return 'delete';
  if (after === null) return 'create';
  return isModeOnly(before, after) ? 'mode' : 'update';
}

function nothingToUndo(root: string): UserError {
  return new UserError(`there is nothing to undo in ${root}: no run has changed it yet`, EXIT.failure);
}
