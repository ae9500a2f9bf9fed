/** Reads the command line into options and a layer of answers. */
import { parseArgs } from 'node:util';
import { UserError } from '../errors/user-error.ts';
import type { PartialAnswers, ServiceAnswer } from '../questions/answers.ts';
import type { Layer } from '../answers/layers.ts';
import { didYouMean } from '../questions/nearest.ts';
import { allQuestions, flagName, type Question } from '../questions/table.ts';
import { valueProblem, withAnswer } from '../questions/values.ts';

/** The flags that answer no question. */
export const programFlags = [
  { name: 'yes', short: 'y', help: 'take the default for whatever is not answered; ask nothing' },
  { name: 'config', value: 'FILE', help: 'take answers from a YAML or JSON file; - reads standard input' },
  { name: 'dry-run', help: 'write nothing at all; list what would be written' },
  { name: 'json', help: 'print the plan or the result as JSON, for machines' },
  { name: 'explain', help: 'print each value and where it came from; write nothing' },
  { name: 'print-schema', help: 'print the JSON Schema of pycompose.yaml' },
  { name: 'help', short: 'h', help: 'print this help' },
  { name: 'version', short: 'v', help: 'print the version' },
  { name: 'debug', help: 'on an error, print the stack as well' },
] as const;

export type ProgramFlag = (typeof programFlags)[number]['name'];

export interface Arguments {
  readonly directory: string | undefined;
  readonly flags: ReadonlySet<ProgramFlag>;
  readonly config: string | undefined;
  readonly layer: Layer;
}

type Token = { kind: string; name?: string; rawName?: string; value?: string | undefined };

/** @throws UserError (usage) naming the flag and the remedy */
export function readArguments(argv: readonly string[]): Arguments {
  const options = Object.fromEntries([
    ...programFlags.map((flag) => [flag.name, { type: 'value' in flag ? 'string' : 'boolean', ...('short' in flag ? { short: flag.short } : {}) }]),
    ...allQuestions.map((question) => [flagName(question), { type: question.kind === 'switch' ? 'boolean' : 'string' }]),
  ]) as Record<string, { type: 'string' | 'boolean'; short?: string }>;
  // not strict: the messages below say more than the parser's own
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true, strict: false, tokens: true });
  const positionals: string[] = [];
  const flags = new Set<ProgramFlag>();
  let config: string | undefined;
  const answers = new FlagAnswers();
  for (const token of tokens as Token[]) {
    if (token.kind === 'positional') positionals.push(token.value ?? '');
    if (token.kind !== 'option' || token.name === undefined) continue;
    const given = token.rawName ?? `--${token.name}`;
    const name = token.name.replace(/^no-(?=beat$|example$)/, '');
    const negated = given.startsWith('--no-');
    const question = allQuestions.find((candidate) => flagName(candidate) === name);
    const flag = programFlags.find((candidate) => candidate.name === name);
    if (question !== undefined) answers.add(question, given, token.value, negated);
    else if (flag === undefined || negated) throw new UserError(unknownFlag(given));
    else if (flag.name === 'config') config = needed(given, token.value, 'FILE');
    else if (token.value !== undefined) throw new UserError(`${given} takes no value: leave out "=${token.value}"`);
    else flags.add(flag.name);
  }
  if (positionals.length > 1) throw new UserError(`one directory at most, but there are ${positionals.length}: ${positionals.join(', ')}`);
  if (positionals[0] === '') throw new UserError('the directory is an empty text: name one, or leave it out');
  return { directory: positionals[0], flags, config, layer: answers.layer() };
}

/** Collects the answers among the flags; the last one wins, except that --service adds up. */
class FlagAnswers {
  #answers: PartialAnswers = {};

  add(question: Question, given: string, value: string | undefined, negated: boolean): void {
    if (negated && question.kind !== 'switch') throw new UserError(`${given}: write --${flagName(question)} none instead`);
    const answer = this.#read(question, given, value, negated);
    const problem = valueProblem(question, answer);
    if (problem !== null) throw new UserError(`--${flagName(question)}: ${problem}`);
    this.#answers = withAnswer(this.#answers, question, answer);
  }

  layer(): Layer {
    const flags = new Map(allQuestions.map((question) => [question.key, `--${flagName(question)}`]));
    return { answers: this.#answers, where: (key) => flags.get(key) ?? key };
  }

  #read(question: Question, given: string, value: string | undefined, negated: boolean): unknown {
    switch (question.kind) {
      case 'switch':
        if (value !== undefined) throw new UserError(`${given} takes no value: write --${question.key} or --no-${question.key}`);
        return !negated;
      case 'services':
        return [...(this.#answers.services ?? []), readService(needed(given, value, 'NAME=FRAMEWORK'))];
      default:
        return needed(given, value, question.kind === 'choice' ? 'VALUE' : 'NAME');
    }
  }
}

function readService(text: string): ServiceAnswer {
  const [name = '', framework, ...rest] = text.split('=');
  if (framework === undefined || rest.length > 0) throw new UserError(`--service "${text}": write NAME=FRAMEWORK, like --service web=django`);
  return { name, framework: framework as ServiceAnswer['framework'] };
}

function needed(given: string, value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new UserError(`${given} needs a value: write ${given} ${what}`);
  return value;
}

/** Says that a flag is unknown, with the nearest known one. */
export function unknownFlag(given: string): string {
  const known = [...programFlags.map((flag) => `--${flag.name}`), ...allQuestions.flatMap((question) => [`--${flagName(question)}`, ...(question.kind === 'switch' ? [`--no-${question.key}`] : [])])];
  return `unknown flag ${given}${didYouMean(given, known) || '; --help lists the flags'}`;
}
