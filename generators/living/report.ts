/** What the commands on a living project print, as text. */
import { structuredPatch } from 'diff';
import { styleText } from 'node:util';
import { printable } from '../cli/printable.ts';
import type { Merged } from '../merge/merged.ts';
import type { Action, Plan, PlannedFile } from '../plan/plan.ts';
import { BASE_PATH } from '../base/base.ts';
import { isChange } from './changes.ts';
import { questionsOf, type Question } from './settle-plan.ts';

/** Lines of a conflict's side that are shown whole. */
const LONG = 12;

const DONE: Readonly<Record<Action, string>> = { create: 'created', update: 'updated', merge: 'merged', mode: 'mode changed', delete: 'deleted', keep: 'kept', conflict: 'in conflict' };

/** Whether a run has nothing to write and nothing to settle. */
export function isNothing(plan: Plan): boolean {
  return !plan.files.some((file) => isChange(file) || file.action === 'conflict');
}

/** The files of a plan, a line each; the base is the generator's own book-keeping. */
function shownFiles(plan: Plan): readonly PlannedFile[] {
  return plan.files.filter(({ path }) => path !== BASE_PATH);
}

function fileLines(plan: Plan): string {
  return shownFiles(plan).map(({ action, path, mode, reason }) => `  ${action.padEnd(8)} ${printable(path)}${action === 'mode' ? ` (${mode.toString(8)})` : ''}${reason === undefined ? '' : styleText('dim', ` (${printable(reason)})`)}\n`).join('');
}

function noteLines({ notes }: Plan): string {
  return notes.length === 0 ? '' : `\nFor you to know or decide:\n${notes.map((note) => `  - ${printable(note)}\n`).join('')}`;
}

/** What is the user's own work is no news in a run that does nothing. */
function nothingText(plan: Plan, shown: string): string {
  return `${upToDate(shown)}${fileLines({ ...plan, files: plan.files.filter(({ yours }) => yours !== true) })}`;
}

/** What a run would do. */
export function previewText(plan: Plan, shown: string): string {
  const changed = shownFiles(plan).filter((file) => isChange(file) || file.action === 'conflict').length;
  if (isNothing(plan)) return nothingText(plan, shown);
  return `Nothing was written. In ${printable(shown)} would change ${changed === 0 ? 'no file, but whose files are' : counted(changed, 'file')}:\n${fileLines(plan)}${noteLines(plan)}`;
}

/** What a run has done. */
export function doneText(plan: Plan, command: string, shown: string): string {
  if (isNothing(plan)) return nothingText(plan, shown);
  const files = shownFiles(plan);
  const counts = (Object.keys(DONE) as Action[]).map((action) => [files.filter((file) => file.action === action).length, DONE[action]] as const).filter(([count]) => count > 0);
  const summary = counts.length === 0 ? `\`${command}\` is noted` : counts.map(([count, done]) => `${count} ${done}`).join(', ');
  const marked = files.filter(({ marked }) => marked === true).map(({ path }) => path);
  const settle = marked.length === 0 ? '' : `\nConflict markers are in ${marked.map(printable).join(', ')}: settle them before anything is built.\n`;
  return `${styleText('green', '✔')} ${printable(shown)}: ${summary}\n${fileLines(plan)}${noteLines(plan)}${settle}\n${isToBeStarted(files) ? '`./run up` brings it up; ' : ''}\`pycompose undo\` takes it back.\n`;
}

/** Whether anything that runs has changed. */
function isToBeStarted(files: readonly PlannedFile[]): boolean {
  return files.some((file) => isChange(file) && /^(compose|services\/|run$)/.test(file.path));
}

export function upToDate(shown: string): string {
  return `${styleText('green', '✔')} ${printable(shown)} is up to date: nothing to do\n`;
}

/** Both sides of every conflict. */
export function conflictsText(plan: Plan): string {
  return questionsOf(plan).map(placeText).join('');
}

/** One conflict, as a person settles it: yours in front of a minus, the generated side in front of a plus. */
export function placeText({ file, place }: Question): string {
  const line = place === null || file.merged === undefined ? '' : `:${lineOf(file.merged, place.index)}`;
  const head = `${styleText('bold', printable(`${file.path}${line}`))}: ${printable(file.reason ?? '')}\n`;
  if (place === null) return head;
  const { base, yours, generated } = place.conflict;
  return `${head}${side('yours', '-', base, yours)}${side('generated', '+', base, generated)}\n`;
}

/** A side as it is, or where it is long what it has changed. */
function side(name: string, sign: string, base: string, text: string): string {
  const lines = text === '' ? ['(nothing)'] : linesOf(text);
  const shown = lines.length > LONG && base !== '' ? [`(${lines.length} lines, of which these differ from what was generated last)`, ...changesIn(base, text)] : lines.map((line) => `${sign} ${line}`);
  return shown.map((line, index) => `  ${styleText('dim', (index === 0 ? name : '').padEnd(9))} ${styleText(sign === '-' ? 'red' : 'green', printable(line))}\n`).join('');
}

function changesIn(base: string, text: string): string[] {
  return structuredPatch('', '', base, text, undefined, undefined, { context: 1 }).hunks.flatMap(({ lines }) => lines);
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The line of the user's file that a conflict begins at, from 1. */
export function lineOf(merged: Merged, index: number): number {
  let line = 1;
  let seen = -1;
  for (const part of merged) {
    if (typeof part !== 'string') seen += 1;
    if (seen === index) return line;
    line += (typeof part === 'string' ? part : part.yours).split('\n').length - 1;
  }
  return line;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
