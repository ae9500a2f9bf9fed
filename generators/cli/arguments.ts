/** Reads the command line into options and a layer of answers. */
import { parseArgs } from 'node:util';
import type { Layer } from '../answers/layers.ts';
import { UserError } from '../errors/user-error.ts';
import { echoed, quoted } from '../questions/nearest.ts';
import { allQuestions, flagName, type Questions } from '../questions/table.ts';
import { FlagAnswers, needed, noValue, type GivenFlag } from './flag-answers.ts';
import { isFlag, programFlags, unknownFlag, type ProgramFlag } from './flags.ts';

export interface Arguments {
  readonly directory: string | undefined;
  readonly flags: ReadonlySet<ProgramFlag>;
  readonly config: string | undefined;
  /** The starters that are asked for, the first one undermost. */
  readonly starters: readonly string[];
  readonly layer: Layer;
}

type Token = { kind: string; name?: string; rawName?: string; value?: string | undefined; inlineValue?: boolean | undefined };

/** @throws UserError (usage) naming the flag and the remedy */
export function readArguments(argv: readonly string[], table: Questions = allQuestions): Arguments {
  const tokens = tokensOf(argv, table);
  const switches = table.filter(({ kind }) => kind === 'switch').map(flagName);
  const flags = new Set<ProgramFlag>();
  let config: string | undefined;
  const starters: string[] = [];
  const answers = new FlagAnswers(table);
  const single = new Map<string, GivenFlag>();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name === undefined) continue;
    const flag = token.rawName ?? `--${token.name}`;
    const given = { flag, negated: flag.startsWith('--no-'), value: token.value, inline: token.inlineValue === true };
    const positive = token.name.replace(/^no-/, '');
    const name = switches.includes(positive) ? positive : token.name;
    const question = table.find((candidate) => flagName(candidate) === name);
    const known = programFlags.find((candidate) => candidate.name === name);
    if (question !== undefined) answers.add(question, given);
    else if (known === undefined || given.negated) throw new UserError(unknownFlag(flag, table));
    else if (known.name === 'starter') starters.push(needed(given, known.value));
    else if (known.name === 'config') config = needed(given, 'FILE');
    else if (given.value !== undefined) throw new UserError(noValue(flag, given.value));
    else flags.add(known.name);
    if (question?.kind !== 'services' && known?.name !== 'starter') refuseSecond(single.get(name), given);
    single.set(name, given);
  }
  return { directory: directoryOf(tokens, table), flags, config, starters, layer: answers.layer() };
}

/** What a command line says of starters and of the file with answers, before anybody knows what else it may say. */
export function peekArguments(argv: readonly string[]): { readonly starters: readonly string[]; readonly config: string | undefined; readonly flags: readonly string[] } {
  const options = tokensOf(argv, allQuestions).flatMap(({ kind, name, value }) => (kind === 'option' && name !== undefined ? [{ name, value }] : []));
  const values = (flag: ProgramFlag): readonly string[] => options.flatMap(({ name, value }) => (name === flag && value !== undefined && value !== '' ? [value] : []));
  return { starters: values('starter'), config: values('config')[0], flags: options.filter(({ value }) => value === undefined).map(({ name }) => name) };
}

function tokensOf(argv: readonly string[], table: Questions): Token[] {
  const options = Object.fromEntries([
    ...programFlags.map((flag) => [flag.name, { type: 'value' in flag ? 'string' : 'boolean', ...('short' in flag ? { short: flag.short } : {}) }]),
    ...table.map((question) => [flagName(question), { type: question.kind === 'switch' ? 'boolean' : 'string' }]),
  ]) as Record<string, { type: 'string' | 'boolean'; short?: string }>;
  // not strict: our messages say more than the parser's own
  return parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true, strict: false, tokens: true }).tokens as Token[];
}

function refuseSecond(first: GivenFlag | undefined, second: GivenFlag): void {
  if (first === undefined || (first.value === second.value && first.negated === second.negated)) return;
  const [one, other] = [first, second].map(({ flag, value }) => (value === undefined ? flag : `${flag} ${echoed(value)}`));
  throw new UserError(`--${second.flag.replace(/^--(no-)?/, '')} is given twice, as ${one} and as ${other}: keep one`);
}

function directoryOf(tokens: readonly Token[], table: Questions): string | undefined {
  const end = tokens.findIndex((token) => token.kind === 'option-terminator');
  const words = tokens.flatMap((token, index) => {
    if (token.kind !== 'positional') return [];
    const word = token.value ?? '';
    const before = tokens[index - 1];
    if (before?.kind === 'option' && before.value === undefined && /^(true|false)$/.test(word)) throw new UserError(noValue(before.rawName ?? '', word, table));
    if (end >= 0 && index > end && isFlag(word, table)) throw new UserError(`${echoed(word)} behind -- is no flag but a directory: leave out the --`);
    return [word];
  });
  if (words.length > 1) throw new UserError(`one directory at most, but there are ${words.length}: ${words.map(quoted).join(', ')}`);
  if (words[0] === '') throw new UserError('the directory is an empty text: name one, or leave it out');
  return words[0];
}
