/** From a plan without conflicts to the changes that the journal carries out. */
import { randomBytes } from 'node:crypto';
import type { Change } from '../journal/change.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { SECRET_BYTES } from '../plan/apply.ts';
import { foundOf } from './seen.ts';

const WRITTEN = new Set(['create', 'update', 'merge', 'mode', 'delete']);

/** Whether a plan changes anything on the disk. */
export function isChange({ action }: PlannedFile): boolean {
  return WRITTEN.has(action);
}

export function changesOf(plan: Plan): readonly Change[] {
  return plan.files.filter(isChange).map(changeOf);
}

function changeOf({ path, action, text, mode, before }: PlannedFile): Change {
  if (before === undefined) throw new Error(`${path} was planned without a look at it`);
  const found = { path, before: foundOf(before) };
  if (action === 'delete') return { ...found, after: null };
  if (action === 'mode') {
    if (before.kind !== 'file') throw new Error(`${path} is no file whose mode could change`);
    return { ...found, after: { bytes: before.bytes, mode } };
  }
  return { ...found, after: { bytes: Buffer.from(text ?? randomBytes(SECRET_BYTES).toString('hex')), mode } };
}
