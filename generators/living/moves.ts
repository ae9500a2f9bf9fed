/** Plans a file that has another name today: the user's edits go with it. */
import type { PlannedFile } from '../plan/plan.ts';
import { yoursOf, type Seen } from '../plan/seen.ts';
import { decide, type Versions } from './decide.ts';

/** @param from where the file is on the disk, if nobody has taken it away */
export function planMove(versions: Versions, from: { readonly path: string; readonly seen: Seen }): PlannedFile | null {
  if (versions.next === undefined) return removedUnderOldName(versions, from);
  if (versions.seen.kind !== 'free') return bothThere(versions, from);
  const decided = decide({ ...versions, seen: from.seen });
  if (from.seen.kind !== 'file') return decided === null ? null : { ...decided, action: 'keep', text: null, before: versions.seen, reason: `is ${from.path} with you, which is no file: it stays` };
  if (decided?.action === 'conflict') return { ...decided, before: versions.seen, from };
  const text = decided?.text ?? yoursOf(from.seen);
  if (text === null) return { path: versions.path, mode: from.seen.mode, text, action: 'conflict', before: versions.seen, reason: `is ${from.path} with you, which is no text`, remedy: `rename ${from.path}`, blocked: true };
  return { path: versions.path, mode: decided?.mode ?? from.seen.mode, text, action: 'create', before: versions.seen, from, reason: `renamed from ${from.path}` };
}

/** What is no longer generated is planned under the name that it has. */
function removedUnderOldName(versions: Versions, from: { readonly path: string; readonly seen: Seen }): PlannedFile | null {
  const decided = decide({ ...versions, path: from.path, seen: from.seen });
  return decided === null ? null : { ...decided, path: from.path };
}

/** The user has both: which one is to be generated nobody but they can say. */
function bothThere(versions: Versions, from: { readonly path: string; readonly seen: Seen }): PlannedFile | null {
  if (from.seen.kind === 'free') return decide(versions);
  return { path: versions.path, mode: 0o644, text: null, action: 'conflict', before: versions.seen, reason: `is there, and so is ${from.path}, whose new name it is`, remedy: `move one of them away`, blocked: true };
}
