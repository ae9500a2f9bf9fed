/** Reads the command line of a command on a living project. */
import { parseArgs } from 'node:util';
import { UserError } from '../errors/user-error.ts';
import { didYouMean, echoed, quoted } from '../questions/nearest.ts';
import { needed, noValue, type GivenFlag } from './flag-answers.ts';
import { flagsOf, POLICIES, type CommandName, type CommandSpec, type Policy } from './commands.ts';

export interface CommandArguments<Name extends string = CommandName> {
  readonly command: Name;
  readonly words: readonly string[];
  /** The names of the flags without a value that were given. */
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** @throws UserError (usage) naming the flag or the word, and the remedy */
export function readCommandArguments<Name extends string>(command: CommandSpec & { readonly name: Name }, argv: readonly string[]): CommandArguments<Name> {
  const known = flagsOf(command);
  const options = Object.fromEntries(known.map(({ name, short, value }) => [name, { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const]));
  // not strict: our messages say more than the parser's own
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = known.find(({ name }) => name === token.name);
    if (flag === undefined) throw new UserError(`${command.name} knows no flag ${echoed(token.rawName)}${didYouMean(token.rawName, known.map(({ name }) => `--${name}`)) || `; \`pycompose ${command.name} --help\` lists them`}`);
    if (flag.value === undefined) {
      if (token.value !== undefined) throw new UserError(noValue(token.rawName, token.value));
      switches.add(flag.name);
    } else {
      const given = { flag: token.rawName, negated: false, value: token.value, inline: token.inlineValue === true };
      values.set(flag.name, valueOf(given, flag.value, values.get(flag.name)));
    }
  }
  if (!switches.has('help')) refuseWords(command, words);
  return { command: command.name, words, switches, values };
}

function valueOf(given: GivenFlag, what: string, first: string | undefined): string {
  const value = needed(given, what);
  if (first !== undefined && first !== value) throw new UserError(`${given.flag} is given twice, as ${quoted(first)} and as ${quoted(value)}: keep one`);
  return value;
}

function refuseWords({ name, operands, words: [least, most] }: CommandSpec, words: readonly string[]): void {
  const usage = `pycompose ${name}${operands === '' ? '' : ` ${operands}`}`;
  if (words.length < least || words.some((word) => word === '')) throw new UserError(`${name} needs ${operands}: write ${usage}`);
  const extra = words[most];
  if (extra !== undefined) throw new UserError(`${name} takes ${most === 0 ? 'no words' : 'one word'}, but there is ${quoted(extra)}: write ${usage}`);
}

/** @throws UserError (usage) for a policy that there is not */
export function policyOf({ values, switches }: CommandArguments, interactive: boolean): Policy {
  const given = values.get('on-conflict');
  if (given === undefined) return interactive && !switches.has('yes') && !switches.has('json') && !switches.has('dry-run') ? 'ask' : 'fail';
  const policy = POLICIES.find((known) => known === given);
  if (policy === undefined) throw new UserError(`--on-conflict: ${quoted(given)} is none of ${POLICIES.join(', ')}${didYouMean(given, POLICIES)}`);
  if (policy === 'ask' && !interactive) throw new UserError('--on-conflict ask needs a terminal to ask at: choose keep, take, markers or fail');
  return policy;
}
