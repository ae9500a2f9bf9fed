/** Settles a plan's conflicts, so that it can be carried out. */
import { missingIn } from '../merge/merge.ts';
import { textOf } from '../plan/seen.ts';
import { settle, type Conflict, type Side } from '../merge/merged.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';

/** A place in a file that somebody has to decide; `place` counts from 0, and is null where only the whole file can be. */
export interface Question {
  readonly file: PlannedFile;
  readonly place: { readonly conflict: Conflict; readonly index: number; readonly of: number } | null;
}

/** A side for each question; null leaves the conflict as it is. */
export type Decisions = (question: Question) => Side | null;

/** The questions of a plan, in the order of its files. */
export function questionsOf(plan: Plan): readonly Question[] {
  return plan.files.filter(({ action }) => action === 'conflict').flatMap(questionsOfFile);
}

function questionsOfFile(file: PlannedFile): readonly Question[] {
  const conflicts = (file.merged ?? []).filter((part): part is Conflict => typeof part !== 'string');
  if (conflicts.length === 0) return [{ file, place: null }];
  return conflicts.map((conflict, index) => ({ file, place: { conflict, index, of: conflicts.length } }));
}

/** A file stays a conflict when one of its places is not decided, or not in a way that it can be. */
export function settlePlan(plan: Plan, decide: Decisions): Plan {
  return { ...plan, files: plan.files.map((file) => (file.action === 'conflict' ? settleFile(file, decide) : file)) };
}

function settleFile(file: PlannedFile, decide: Decisions): PlannedFile {
  if (file.blocked === true) return file;
  const questions = questionsOfFile(file);
  const sides = questions.map(decide);
  if (sides.includes(null)) return file;
  if (file.merged !== undefined) {
    const text = settle(file.merged, (_, index) => sides[index] ?? 'markers');
    const marked = sides.includes('markers');
    if (file.before?.kind === 'file' && text === textOf(file.before.bytes)) return { ...without(file), action: 'keep', reason: 'settled: keep' };
    const missing = marked ? [] : missingIn(file.path, text);
    if (missing.length > 0) return { ...file, reason: `with that side, what you wrote refers to ${missing.map((anchor) => `&${anchor}`).join(', ')}, which would be gone`, remedy: 'keep your side, or write the values out first' };
    return { ...without(file), text, action: 'merge', reason: marked ? 'with conflict markers' : `settled: ${[...new Set(sides)].join(' and ')}`, ...(marked ? { marked: true as const } : {}) };
  }
  const [side] = sides;
  if (side === 'keep') return { ...without(file), action: 'keep', reason: `${file.reason ?? 'in the way'}: it stays as it is` };
  if (side === 'take' && file.generated !== undefined && isReplaceable(file)) return { ...without(file), text: file.generated, action: 'update', reason: `${file.reason ?? 'in the way'}: replaced` };
  return file;
}

/** Whether the generated file can take the place of what is there; undo brings that back. */
export function isReplaceable({ before }: PlannedFile): boolean {
  return before?.kind === 'file' || before?.kind === 'link';
}

function without(file: PlannedFile): PlannedFile {
  const { merged: _, generated: __, remedy: ___, blocked: ____, ...rest } = file;
  return rest;
}
