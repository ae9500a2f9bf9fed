/** What happens to one file of a living project: three versions of it are compared, and the user's never loses. */
import { readAnswers } from '../answers/read.ts';
import { UserError } from '../errors/user-error.ts';
import { isStructured, mergeFile, unreadable } from '../merge/merge.ts';
import { conflictsOf, hasMarkers, settle, type Merged } from '../merge/merged.ts';
import type { Questions } from '../questions/table.ts';
import { ANSWERS_PATH } from '../render/project-files.ts';
import type { Action, PlannedFile } from '../plan/plan.ts';
import type { RenderedFile } from '../render/file-map.ts';
import { obstacle, yoursOf, type Seen } from '../plan/seen.ts';

export interface Versions {
  readonly path: string;
  /** As it was generated last; undefined where it is new. */
  readonly last: RenderedFile | undefined;
  /** As it is to be generated now; undefined where it is no longer. */
  readonly next: RenderedFile | undefined;
  readonly seen: Seen;
  /** Whether the user wants a deleted file back. */
  readonly adopted: boolean;
  /** The questions that pycompose.yaml answers, where it is that file. */
  readonly questions?: Questions;
}

/** The merge of an edited text with a generated one; `last` is null for a file that both have added. */
export type Merge = (path: string, last: string | null, yours: string, next: string) => Merged;

/** Who may run a file. */
const EXECUTE = 0o111;

/** @returns null where nothing is to be done or said */
export function decide(versions: Versions, merge: Merge = mergeFile): PlannedFile | null {
  const { path, last, next, seen } = versions;
  const plan = (action: Action, more: Partial<PlannedFile> = {}): PlannedFile => ({ path, mode: next?.mode ?? 0o644, text: null, action, before: seen, ...more });
  if (next === undefined) return last === undefined ? null : removed(last, seen, plan);
  if (last === undefined) return added(versions, next, merge, plan);
  if (seen.kind === 'free') {
    if (versions.adopted) return plan('create', { text: next.text });
    return sameText(last, next) ? null : plan('keep', { reason: `deleted by you: it stays deleted, and \`pycompose adopt ${path}\` brings it back` });
  }
  // databases remember a migration as it was
  if (next.ownership === 'history') return null;
  if (seen.kind !== 'file') return sameText(last, next) && !versions.adopted ? null : inTheWay(seen, next, plan);
  return existing(versions, last, next, seen, merge, plan);
}

type Planner = (action: Action, more?: Partial<PlannedFile>) => PlannedFile;

function removed(last: RenderedFile, seen: Seen, plan: Planner): PlannedFile | null {
  if (seen.kind === 'free') return null;
  if (last.ownership === 'history') return plan('keep', { reason: 'a database may remember it: it stays, and is yours from now on' });
  if (seen.kind === 'file' && isUnedited(seen, last.text)) return plan('delete');
  return plan('keep', { reason: `${seen.kind === 'file' ? 'edited by you' : 'replaced by you'}: it stays, and is yours from now on, though nothing that is generated uses it` });
}

/** Something that is no file: it can stay; a link can be replaced, and undo brings it back. */
function inTheWay(seen: Exclude<Seen, { readonly kind: 'free' | 'file' }>, next: RenderedFile, plan: Planner): PlannedFile {
  if (seen.kind === 'link') return plan('conflict', { reason: obstacle(seen), remedy: 'replace it with --on-conflict take, or leave it with --on-conflict keep', generated: next.text });
  return plan('conflict', { reason: obstacle(seen), remedy: 'move it away, or leave it with --on-conflict keep' });
}

function added({ path, seen, questions }: Versions, next: RenderedFile, merge: Merge, plan: Planner): PlannedFile | null {
  if (seen.kind === 'free') {
    if (seen.clash === undefined) return plan('create', { text: next.text });
    return plan('conflict', { reason: `differs only in case from ${seen.clash}, which many systems take for the same file`, remedy: `rename ${seen.clash}`, blocked: true });
  }
  if (seen.kind !== 'file') return inTheWay(seen, next, plan);
  if (isUnedited(seen, next.text)) return null;
  if (next.ownership !== 'managed') return plan('keep', { reason: 'is there already: it stays yours' });
  return merged({ path, questions }, null, seen, seen.mode, next, merge, plan);
}

function existing({ path, adopted, questions }: Versions, last: RenderedFile, next: RenderedFile, seen: Seen & { readonly kind: 'file' }, merge: Merge, plan: Planner): PlannedFile | null {
  const mode = mergedMode(seen.mode, last.mode, next.mode);
  if (sameText(last, next) || isUnedited(seen, next.text)) {
    if (seen.rewritten !== undefined) return plan('update', { mode, text: seen.rewritten, reason: 'in the form of this version' });
    if (mode !== seen.mode) return plan('mode', { mode });
    return hasMarkers(yoursOf(seen) ?? '') ? plan('keep', { reason: 'still has conflict markers: settle them' }) : null;
  }
  const edited = !isUnedited(seen, last.text);
  if (edited && next.ownership === 'seed' && !adopted) return plan('keep', { reason: `edited by you, and so yours; \`pycompose adopt ${path}\` merges in what is generated today`, yours: true });
  return merged({ path, questions }, last.text, seen, mode, next, merge, (action, more) => plan(action === 'merge' && !edited ? 'update' : action, more));
}

function merged({ path, questions }: { readonly path: string; readonly questions: Questions | undefined }, last: string | null, seen: Seen & { readonly kind: 'file' }, mode: number, next: RenderedFile, merge: Merge, plan: Planner): PlannedFile {
  const yours = yoursOf(seen);
  if (yours === null) return plan('conflict', { mode, reason: 'is no text', remedy: 'replace it with --on-conflict take, or leave it with --on-conflict keep', generated: next.text });
  if (hasMarkers(yours)) return plan('conflict', { mode, reason: 'still has the conflict markers of an earlier run', remedy: 'settle them', blocked: true });
  const problem = last === yours ? null : unreadable(path, yours);
  if (problem !== null) return plan('conflict', { mode, reason: `cannot be read, ${problem}`, remedy: `mend it, or take it over with \`pycompose eject ${path}\``, blocked: true });
  const result = path === ANSWERS_PATH ? withAnswers(merge(path, last, yours, next.text), next.text, questions) : merge(path, last, yours, next.text);
  if (result === null) return plan('conflict', { mode, reason: 'is written in a way that the new answers do not fit into', remedy: 'write each answer on a line of its own, like `cache: redis`', blocked: true });
  if (isWhole(path, result)) return plan('conflict', { mode, reason: 'has something of yours under a name that is generated, too', remedy: `give yours another name, or take the file over with \`pycompose eject ${path}\``, blocked: true });
  if (conflictsOf(result).length === 0) return plan('merge', { mode, text: settle(result, () => 'keep') });
  return plan('conflict', { mode, reason: reasonOf(last, result), merged: result, generated: next.text });
}

/** Whether a file of entries could not be merged by them at all: no side of it is only what conflicts. */
function isWhole(path: string, [only, ...more]: Merged): boolean {
  return isStructured(path) && typeof only === 'object' && more.length === 0 && only.base.length > 0;
}

/** What a command says of the answers is said: pycompose.yaml and the files that are made from it never part. */
function withAnswers(merged: Merged, wanted: string, questions: Questions | undefined): Merged | null {
  const text = settle(merged, () => 'take');
  try {
    const [said, meant] = [text, wanted].map((answers) => readAnswers(answers, ANSWERS_PATH, questions).answers);
    return JSON.stringify({ ...meant, ...said }) === JSON.stringify(meant) ? [text] : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function reasonOf(last: string | null, result: Merged): string {
  if (last === null) return 'is there already, and differs';
  return conflictsOf(result).every(({ generated }) => generated === '') ? 'you changed, or refer to, what is no longer generated' : 'you and the generator changed the same place';
}

/** The user's mode, but for the right to execute where only the generator has changed it. */
function mergedMode(yours: number, last: number, next: number): number {
  const executable = (mode: number): boolean => (mode & 0o100) !== 0;
  if (executable(last) === executable(next) || executable(yours) !== executable(last)) return yours;
  return executable(next) ? yours | ((yours & 0o444) >> 2) : yours & ~EXECUTE;
}

/** Whether a file is as it was generated; what Windows makes of the ends of lines is no edit. */
export function isUnedited(seen: Seen & { readonly kind: 'file' }, generated: string): boolean {
  const yours = yoursOf(seen);
  return yours !== null && (yours === generated || yours === generated.replaceAll('\n', '\r\n'));
}

/** Whether a user has taken a file's right to execute, or given it. */
export function isModeEdited(seen: Seen & { readonly kind: 'file' }, last: RenderedFile): boolean {
  return ((seen.mode ^ last.mode) & 0o100) !== 0;
}

function sameText(one: RenderedFile, other: RenderedFile): boolean {
  return one.text === other.text;
}
