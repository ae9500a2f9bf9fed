/** From a plan without conflicts to the changes that the journal carries out. */
import { randomBytes } from 'node:crypto';
import type { Change } from '../journal/change.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { SECRET_BYTES } from '../plan/apply.ts';
import { BASE_PATH } from '../base/base.ts';
import { foundOf } from '../plan/seen.ts';

const WRITTEN = new Set(['create', 'update', 'merge', 'mode', 'delete']);

/** Whether a plan changes anything on the disk. */
export function isChange({ action }: PlannedFile): boolean {
  return WRITTEN.has(action);
}

export function changesOf(plan: Plan): readonly Change[] {
  // the base is among them even when it stays: so the plan is carried out only for the project that it was made for
  return plan.files.filter((file) => isChange(file) || file.path === BASE_PATH).flatMap((file) => [changeOf(file), ...(file.from === undefined ? [] : [{ path: file.from.path, before: foundOf(file.from.seen), after: null }])]);
}

function changeOf({ path, action, text, mode, before }: PlannedFile): Change {
  if (before === undefined) throw new Error(`${path} was planned without a look at it`);
  const found = { path, before: foundOf(before) };
  if (action === 'delete') return { ...found, after: null };
  if (action === 'mode' || action === 'keep') {
    if (before.kind !== 'file') throw new Error(`${path} is no file that could stay`);
    return { ...found, after: { bytes: before.bytes, mode } };
  }
  return { ...found, after: { bytes: Buffer.from(text ?? randomBytes(SECRET_BYTES).toString('hex')), mode } };
}
