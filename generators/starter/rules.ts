/** The table of questions as starters and the user's own defaults have it. */
import type { Layer } from '../answers/layers.ts';
import { UserError } from '../errors/user-error.ts';
import { answerTo, type ServiceAnswer } from '../questions/answers.ts';
import { allQuestions, type Choice, type Question, type Questions } from '../questions/table.ts';
import { valueProblem } from '../questions/values.ts';
import { titleOf } from './brought.ts';
import type { AnswerRule, ServiceKind, Starter } from './starter.ts';

/**
 * @param enforced whether only what starters allow can be chosen; without, a project can be read that was made before they said so
 */
export function questionsWith(starters: readonly Starter[], enforced = true): Questions {
  return starters.reduce<Questions>((table, starter) => {
    const own = new Map(starter.questions.map((question) => [question.key, { ...question, ...(question.default === undefined ? {} : { origin: originOf(starter) }) } as Question]));
    const known = withKinds(table, starter.kinds).map((question) => (question.own === true ? (own.get(question.key) ?? question) : question));
    const added = [...own.values()].filter(({ key }) => !known.some((question) => question.key === key));
    return [...known, ...added].map((question) => {
      const rule = Object.hasOwn(starter.answers, question.key) ? starter.answers[question.key] : undefined;
      return rule === undefined ? question : ruled(question, rule, starter, enforced);
    });
  }, allQuestions);
}

/** The table with the user's own defaults, as far as they are allowed. */
export function withDefaults(table: Questions, { answers, where }: Layer): Questions {
  return table.map((question) => {
    const value = answerTo(answers, question);
    if (value === undefined || question.locked !== undefined || valueProblem(question, value) !== null) return question;
    return { ...question, default: value, origin: where(question.key) } as Question;
  });
}

/** The table in which services can be of more kinds. */
export function withKinds(table: Questions, kinds: readonly ServiceKind[]): Questions {
  return table.map((question) => {
    if (question.kind !== 'services') return question;
    const others = question.choices.filter(({ value }) => !kinds.some(({ name }) => name === value));
    return { ...question, choices: [...others, ...kinds.map(({ name, brings }): Choice => ({ value: name, brings }))] };
  });
}

/** Services as starter.yaml writes them, a name and a kind each; null for what are none. */
export function servicesValue(value: unknown): readonly ServiceAnswer[] | null {
  if (Array.isArray(value)) return value as readonly ServiceAnswer[];
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).map(([name, framework]) => ({ name, framework: String(framework) }));
}

function ruled(question: Question, { locked, default: given, allowed, because }: AnswerRule, starter: Starter, enforced: boolean): Question {
  const origin = originOf(starter);
  const value = (written: unknown): unknown => (question.kind === 'services' ? servicesValue(written) : written);
  const reason = because === undefined ? '' : `: ${because}`;
  refuseLoosening(question, [locked, given].map(value), starter);
  if (question.locked !== undefined) return question;
  if (locked !== undefined) {
    const fixed = { ...question, default: value(locked), origin } as Question;
    return enforced ? withLock(fixed, `${titleOf(starter)} locks it to ${shownValue(locked)}${reason}`) : fixed;
  }
  const changed = given === undefined ? question : ({ ...question, default: value(given), origin } as Question);
  if (allowed === undefined || !enforced || !('choices' in changed)) return changed;
  const why = (choice: string): string => `${titleOf(starter)} does not allow ${choice}, only ${allowed.join(', ')}${reason}`;
  return { ...changed, choices: changed.choices.map((choice): Choice => (choice.unavailable !== undefined || allowed.includes(choice.value) ? choice : { ...choice, unavailable: why(choice.value) })) };
}

/** What is locked offers nothing else, so that no list has it. */
function withLock(question: Question, locked: string): Question {
  if (question.kind !== 'choice') return { ...question, locked };
  return { ...question, locked, choices: question.choices.map((choice) => (choice.value === question.default ? choice : { ...choice, unavailable: locked })) };
}

/** A layer can be stricter than the one below it, but not take back what that one says. */
function refuseLoosening(question: Question, values: readonly unknown[], starter: Starter): void {
  for (const value of values.filter((candidate) => candidate !== undefined && candidate !== null)) {
    const problem = valueProblem(question, value);
    if (problem !== null) throw new UserError(`starter ${titleOf(starter)}, answers.${question.key}: ${problem}`);
  }
}

function shownValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([name, kind]) => `${name}=${String(kind)}`).join(', ') : String(value);
}

function originOf(starter: Starter): string {
  return `starter ${titleOf(starter)}`;
}
