/** What a run prints: plans, explanations and results, as text or as JSON. */
import { styleText } from 'node:util';
import type { Resolved } from '../answers/layers.ts';
import { answerTo, type Answers } from '../questions/answers.ts';
import { allQuestions, type Question, type Questions } from '../questions/table.ts';
import type { Plan } from '../plan/plan.ts';
import { json } from '../render/json.ts';
import type { Failure } from './failure.ts';
import { printable, quotePath } from './printable.ts';

/** Each value and where it came from, in columns. */
export function explanation({ answers, from }: Resolved, table: Questions = allQuestions): string {
  const rows = table.map((question) => [question.key, shownAnswer(answers, question), printable(from[question.key] ?? '')] as const);
  const [keys, values] = [Math.max(...rows.map((row) => row[0].length)), Math.max(...rows.map((row) => row[1].length))];
  return rows.map(([key, value, origin]) => `${key.padEnd(keys)}  ${value.padEnd(values)}  ${dim(origin)}\n`).join('');
}

export function explanationJson({ answers, from }: Resolved, table: Questions = allQuestions): string {
  return json(Object.fromEntries(table.map((question) => [question.key, { value: answerTo(answers, question), from: from[question.key] }])));
}

/** What would be written, a file a line. */
export function planText(plan: Plan, shownDirectory: string): string {
  const lines = plan.files.map((file) => `  ${file.action.padEnd(8)} ${file.path}${(file.mode & 0o100) === 0 ? '' : ' (executable)'}${file.reason === undefined ? '' : ` (${file.reason})`}\n`);
  return `Nothing was written. Into ${printable(shownDirectory)} would go ${plan.files.length} files:\n${lines.join('')}`;
}

/** The plan or the result for machines; a secret's text is never in it. */
export function planJson(plan: Plan, answers: Answers, written: boolean, rerun: string, hints: readonly string[] = [], error: Failure | null = null): string {
  return json({
    ...(error === null ? {} : failureFields(error)),
    directory: plan.directory,
    written,
    answers,
    rerun,
    ...(hints.length === 0 ? {} : { hints }),
    files: plan.files.map(({ path, action, mode, text, reason }) => ({
      path,
      action,
      mode: mode.toString(8).padStart(4, '0'),
      bytes: text === null ? null : Buffer.byteLength(text),
      ...(reason === undefined ? {} : { reason }),
    })),
  });
}

/** The review screen's summary: where the project goes, and the answers. */
export function reviewText(answers: Answers, shownDirectory: string, table: Questions = allQuestions): string {
  const rows = [['Directory', printable(shownDirectory)] as const, ...table.map((question) => [question.message, `${shownAnswer(answers, question)}${question.locked === undefined ? '' : dim(' (locked)')}`] as const)];
  const width = Math.max(...rows.map(([label]) => label.length));
  return `\n${rows.map(([label, value]) => `  ${dim(label.padEnd(width))}  ${value}\n`).join('')}\n`;
}

/** What to do next, and how to repeat the run. */
export function nextSteps(plan: Plan, shownDirectory: string, rerun: string, hints: readonly string[] = []): string {
  const steps: [string, string][] = [
    ...(shownDirectory === '.' ? [] : [[`cd ${quotePath(shownDirectory)}`, ''] as [string, string]]),
    ['./run up', 'builds and starts everything, and prints the addresses'],
    ['./run test', 'runs the tests inside the production image'],
    ['./run', 'lists what else there is'],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    `${styleText('green', '✔')} ${plan.files.filter((file) => file.action === 'create').length} files in ${printable(shownDirectory)}`,
    '',
    'Next:',
    ...steps.map(([command, what]) => `  ${styleText('bold', command.padEnd(width))}  ${dim(what)}`.trimEnd()),
    ...hints.map((hint) => `  ${printable(hint)}`),
    '',
    'The same again, without questions:',
    `  ${rerun}`,
    '',
  ].join('\n');
}

/** An answer as a person reads it. */
export function shownAnswer(answers: Answers, question: Question): string {
  const value = answerTo(answers, question);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return value.map((service) => `${service.name}=${service.framework}`).join(', ');
}

/** What went wrong, for machines. */
export function failureJson(failure: Failure): string {
  return json(failureFields(failure));
}

function failureFields({ message, code }: Failure): { error: Failure } {
  return { error: { message, code } };
}

function dim(text: string): string {
  return styleText('dim', text);
}
