/** Prepares a run beside the project, so that all of it can be carried out by renames. */
import { join } from 'node:path';
import { isModeOnly, sameFound, type Found } from './change.ts';
import { quietly, removeTree, type Disk } from './disk.ts';
import { directoryMode } from '../plan/disk.ts';
import { emptied, missingAbove } from './directories.ts';
import { directoryAt, hash, isAt, look, type Sight } from './found.ts';
import { writeJournal, type Directory, type Step } from './journal.ts';
import { STATE_MODE, type Places } from './places.ts';
import type { UserError } from '../errors/user-error.ts';

export type Content = { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number } | { readonly kind: 'link'; readonly target: string };

/** A run that has been decided on. */
export interface Draft {
  readonly command: string;
  readonly generator: string;
  readonly undone: boolean;
  readonly changes: readonly { readonly path: string; readonly before: Found | null; readonly after: Content | null }[];
  /** The modes of directories that were there once. */
  readonly modes: ReadonlyMap<string, number>;
  /** Directories to remove when they are empty; null for those that this run empties. */
  readonly removes: readonly string[] | null;
  /** What is thrown when paths are not as the draft has them. */
  readonly refuse: (paths: readonly string[]) => UserError;
}

/** A path's change, with the content that is there now. */
interface Staged {
  readonly step: Step;
  readonly old: Content | null;
  readonly new: Content | null;
}

/**
 * Writes a run's directory, which the caller commits; when that fails, nothing is left of it.
 * @returns whether there is anything to change
 * @throws UserError that `refuse` makes, before anything is written
 */
export function stage(root: string, draft: Draft, places: Places, disk: Disk): boolean {
  const looked = draft.changes.map((change) => ({ change, sight: look(root, change.path) }));
  const changed = looked.filter(({ change, sight }) => !isAt(sight, change.before)).map(({ change }) => change.path);
  if (changed.length > 0) throw draft.refuse(changed);
  const staged = looked.map(({ change, sight }) => stagedOf(change.path, contentOf(sight), change.after)).filter(({ step }) => !sameFound(step.before, step.after));
  if (staged.length === 0) return false;
  const steps = staged.map(({ step }) => step);
  const created = steps.filter(({ after }) => after !== null).map(({ path }) => path);
  const deleted = steps.filter(({ after }) => after === null).map(({ path }) => path);
  const makes = missingAbove(root, created, (path) => draft.modes.get(path) ?? directoryMode(path));
  const removes = draft.removes === null ? emptied(root, deleted, created) : stillThere(root, draft.removes);
  try {
    for (const directory of [places.staging, join(places.staging, 'new'), join(places.staging, 'old')]) disk.makeDirectory(directory, STATE_MODE);
    for (const [index, { step, ...contents }] of staged.entries()) {
      if (contents.new !== null && !isModeOnly(step.before, step.after)) put(disk, join(places.staging, 'new', String(index)), contents.new);
      if (contents.old !== null) put(disk, join(places.staging, 'old', String(index)), contents.old);
    }
    const { command, generator, undone } = draft;
    writeJournal(disk, places.staging, { command, generator, undone, steps, makes, removes });
    for (const directory of [join(places.staging, 'new'), join(places.staging, 'old'), places.staging]) disk.syncDirectory(directory);
  } catch (error) {
    quietly(() => removeTree(disk, places.staging));
    throw error;
  }
  return true;
}

function stagedOf(path: string, old: Content | null, next: Content | null): Staged {
  return { step: { path, before: foundIn(old), after: foundIn(next) }, old, new: next };
}

function foundIn(content: Content | null): Found | null {
  if (content?.kind !== 'file') return content;
  return { kind: 'file', sha256: hash(content.bytes), mode: content.mode };
}

function contentOf(sight: Sight): Content | null {
  if (sight.kind === 'blocked' || sight.found === null) return null;
  if (sight.found.kind === 'link') return sight.found;
  return { kind: 'file', bytes: sight.bytes ?? new Uint8Array(), mode: sight.found.mode };
}

function put(disk: Disk, path: string, content: Content): void {
  if (content.kind === 'link') disk.symlink(content.target, path);
  else disk.write(path, content.bytes, content.mode);
}

function stillThere(root: string, paths: readonly string[]): readonly Directory[] {
  return paths.flatMap((path) => {
    const mode = directoryAt(root, path);
    return typeof mode === 'number' ? [{ path, mode }] : [];
  });
}
