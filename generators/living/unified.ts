/** A plan as a unified diff, for people and for `git apply`. */
import { createTwoFilesPatch } from 'diff';
import { settle } from '../merge/merged.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { BASE_PATH } from '../base/base.ts';
import { isChange } from './changes.ts';
import { textOf } from '../plan/seen.ts';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** The diff of all files that would change; a conflict is shown as it would be with markers, and a secret not at all. */
export function unifiedDiff(plan: Plan): string {
  return plan.files.map(fileDiff).join('');
}

export function fileDiff(file: PlannedFile): string {
  const { path, action, before, mode } = file;
  if (path === BASE_PATH || path.startsWith('secrets/') || !(isChange(file) || action === 'conflict')) return '';
  const source = file.from?.seen ?? before;
  const old = source?.kind === 'file' ? textOf(source.bytes) : null;
  const text = action === 'delete' ? null : action === 'mode' ? old : (file.text ?? markedText(file));
  const oldMode = source?.kind === 'file' ? source.mode : null;
  const name = file.from?.path ?? path;
  const renamed = file.from === undefined ? [] : [`rename from ${name}`, `rename to ${path}`];
  const header = [`diff --git a/${name} b/${path}`, ...modes(oldMode, text === null ? null : mode), ...renamed].join('\n');
  const from = old === null ? '/dev/null' : `a/${name}`;
  if (old === text) return action === 'mode' || renamed.length > 0 ? `${header}\n` : '';
  return `${header}\n${unifiedTexts(from, text === null ? '/dev/null' : `b/${path}`, old ?? '', text ?? '')}`;
}

/** The difference of two texts under their names. */
export function unifiedTexts(from: string, to: string, old: string, text: string): string {
  const patch = createTwoFilesPatch(from, to, old, text, undefined, undefined, { context: CONTEXT });
  return patch.split('\n').filter((line) => !/^={60,}$/.test(line)).join('\n');
}

function markedText({ merged, generated }: PlannedFile): string | null {
  return merged === undefined ? (generated ?? null) : settle(merged, () => 'markers');
}

function modes(old: number | null, next: number | null): string[] {
  const git = (mode: number): string => ((mode & 0o100) === 0 ? '100644' : '100755');
  if (old === null) return next === null ? [] : [`new file mode ${git(next)}`];
  if (next === null) return [`deleted file mode ${git(old)}`];
  return git(old) === git(next) ? [] : [`old mode ${git(old)}`, `new mode ${git(next)}`];
}
