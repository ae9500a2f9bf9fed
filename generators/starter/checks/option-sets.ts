/** Every set of answers that a starter allows. */
import type { Answers, AnswerValue, PartialAnswers, ServiceAnswer } from '../../questions/answers.ts';
import { answerTo, withAnswer } from '../../questions/answers.ts';
import { isOff } from '../../answers/layers.ts';
import { offered, type Question, type Questions } from '../../questions/table.ts';
import { exampleOf } from './example-text.ts';

export interface OptionSets {
  readonly sets: readonly Answers[];
  /** Whether these are all sets, or so many that each pair of values stands for all. */
  readonly whole: boolean;
}

/** More than that many take too long; then each pair of values is in one set. */
const MOST = 20_000;

/** @param quick whether each pair of values is enough */
export function optionSets(table: Questions, quick: boolean): OptionSets {
  const values = table.map((question) => ({ question, values: valuesOf(question) }));
  const sizes = values.map((row) => row.values.length);
  const whole = !quick && sizes.reduce((count, size) => count * size, 1) <= MOST;
  const choices = whole ? product(sizes) : pairs(sizes);
  const sets = choices.map((choice) => consistent(table, choice.map((index, row) => [values[row]?.question, values[row]?.values[index]] as const)));
  const unique = new Map(sets.map((answers) => [JSON.stringify(answers), answers]));
  return { sets: [...unique.values()], whole };
}

function valuesOf(question: Question): readonly AnswerValue[] {
  if (question.locked !== undefined) return [question.default as AnswerValue];
  switch (question.kind) {
    case 'name':
      return [question.default ?? 'shop'];
    case 'text':
      return [question.default ?? exampleOf(question.pattern ?? '[a-z]{5}')];
    case 'switch':
      return [true, false];
    case 'choice':
      return offered(question).map(({ value }) => value);
    case 'services':
      return [question.default, offered(question).map(({ value }): ServiceAnswer => ({ name: `a-${value}`, framework: value }))];
  }
}

/** A switch is off where it has nothing to switch. */
function consistent(table: Questions, chosen: readonly (readonly [Question | undefined, AnswerValue | undefined])[]): Answers {
  const given = chosen.reduce<PartialAnswers>((answers, [question, value]) => (question === undefined ? answers : withAnswer(answers, question, value)), {});
  return table.reduce((answers, question) => (question.kind === 'switch' && isOff(question, answers) && answerTo(answers, question) === true ? withAnswer(answers, question, false) : answers), given) as Answers;
}

function product(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>((rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, index) => [...row, index])), [[]]);
}

/** Rows in which each value of each question stands beside each value of each other one. */
function pairs(sizes: readonly number[]): readonly (readonly number[])[] {
  const open = new Set<string>();
  for (let a = 0; a < sizes.length; a += 1) for (let b = a + 1; b < sizes.length; b += 1) for (let i = 0; i < (sizes[a] ?? 0); i += 1) for (let j = 0; j < (sizes[b] ?? 0); j += 1) open.add(`${a}.${i} ${b}.${j}`);
  const rows: number[][] = [];
  while (open.size > 0) {
    const [first = ''] = open;
    const row: (number | undefined)[] = sizes.map(() => undefined);
    for (const part of first.split(' ')) {
      const [question = 0, value = 0] = part.split('.').map(Number);
      row[question] = value;
    }
    for (const [question, size] of sizes.entries()) row[question] ??= best(row, question, size, open);
    const complete = row.map((value) => value ?? 0);
    rows.push(complete);
    for (let a = 0; a < complete.length; a += 1) for (let b = a + 1; b < complete.length; b += 1) open.delete(`${a}.${complete[a]} ${b}.${complete[b]}`);
  }
  return rows;
}

/** The value that covers most pairs that are still open. */
function best(row: readonly (number | undefined)[], question: number, size: number, open: ReadonlySet<string>): number {
  const gain = (value: number): number =>
    row.filter((other, index) => other !== undefined && open.has(index < question ? `${index}.${other} ${question}.${value}` : `${question}.${value} ${index}.${other}`)).length;
  return Array.from({ length: size }, (_, value) => value).reduce((winner, value) => (gain(value) > gain(winner) ? value : winner), 0);
}
