/** The answers among the flags. */
import type { Layer } from '../answers/layers.ts';
import { UserError } from '../errors/user-error.ts';
import { withAnswer, type PartialAnswers, type ServiceAnswer } from '../questions/answers.ts';
import { quoted } from '../questions/nearest.ts';
import { allQuestions, flagName, offered, type Question, type Questions } from '../questions/table.ts';
import { valueProblem } from '../questions/values.ts';

/** One flag as it was given. */
export interface GivenFlag {
  /** With its dashes, like `--cache` or `--no-beat`. */
  readonly flag: string;
  readonly negated: boolean;
  readonly value: string | undefined;
  /** Whether the value stands behind `=`, so that it is one whatever it looks like. */
  readonly inline: boolean;
}

/** Collects the answers among the flags; --service adds up, of the others the caller passes one of each. */
export class FlagAnswers {
  #answers: PartialAnswers = {};
  readonly #table: Questions;

  constructor(table: Questions) {
    this.#table = table;
  }

  /** @throws UserError (usage) naming the flag and the remedy */
  add(question: Question, given: GivenFlag): void {
    if (given.negated && question.kind !== 'switch') throw new UserError(`${given.flag}: ${withoutNegation(question)}`);
    const answer = this.#read(question, given);
    const problem = valueProblem(question, answer);
    if (problem !== null) throw new UserError(`--${flagName(question)}: ${problem}`);
    this.#answers = withAnswer(this.#answers, question, answer);
  }

  layer(): Layer {
    const flags = new Map(this.#table.map((question) => [question.key, `--${flagName(question)}`]));
    return { answers: this.#answers, where: (key) => flags.get(key) ?? key };
  }

  #read(question: Question, given: GivenFlag): unknown {
    switch (question.kind) {
      case 'switch':
        if (given.value !== undefined) throw new UserError(noValue(given.flag, given.value, this.#table));
        return !given.negated;
      case 'services':
        return [...(this.#answers.services ?? []), readService(needed(given, 'NAME=FRAMEWORK'))];
      default:
        return needed(given, question.kind === 'choice' ? 'VALUE' : question.kind === 'name' ? 'NAME' : 'TEXT');
    }
  }
}

/** The value of a flag that must have one; a word that looks like a flag is the next flag, not this one's value. */
export function needed({ flag, value, inline }: GivenFlag, what: string): string {
  if (value === undefined || value === '' || (!inline && /^-./.test(value))) throw new UserError(`${flag} needs a value: write ${flag} ${what}`);
  return value;
}

/** Says that a flag is on or off by itself. */
export function noValue(flag: string, value: string, table: Questions = allQuestions): string {
  const question = table.find((candidate) => candidate.kind === 'switch' && flag.endsWith(`-${flagName(candidate)}`));
  return `${flag} takes no value: ${question === undefined ? `leave out ${quoted(value)}` : `write --${flagName(question)} or --no-${flagName(question)}`}`;
}

function withoutNegation(question: Question): string {
  const name = `--${flagName(question)}`;
  if (question.kind === 'services') return `there is at least one service: write ${name} NAME=FRAMEWORK`;
  if (question.kind === 'choice' && offered(question).some(({ value }) => value === 'none')) return `write ${name} none instead`;
  return `leave it out for the default, or write ${name} ${question.kind === 'choice' ? 'VALUE' : question.kind === 'name' ? 'NAME' : 'TEXT'}`;
}

function readService(text: string): ServiceAnswer {
  const [name = '', framework, ...rest] = text.split('=');
  if (framework === undefined || rest.length > 0) throw new UserError(`--service ${quoted(text)}: write NAME=FRAMEWORK, like --service web=django`);
  if (framework === '') throw new UserError(`--service ${quoted(text)} needs a framework: write NAME=FRAMEWORK, like --service web=django`);
  return { name, framework: framework as ServiceAnswer['framework'] };
}
