/** The table of commands for those who write starters: how each is called and what it takes. */
import { UserError } from '../errors/user-error.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import type { CommandFlag, CommandSpec } from './commands.ts';

const NAME: CommandFlag = { name: 'name', value: 'NAME', help: 'name of the package, like @acme/create-service' };
const ORGANISATION: CommandFlag = { name: 'organisation', value: 'TEXT', help: 'the company, as its projects name it' };
const QUICK: CommandFlag = { name: 'quick', help: 'render so many sets of options that each pair of values is in one' };

export const starterCommands = [
  { name: 'starter init', operands: '[DIRECTORY]', words: [0, 1], writes: false, flags: [NAME, ORGANISATION], help: 'write a starter: a package with a test of its own' },
  { name: 'starter check', operands: '[DIRECTORY]', words: [0, 1], writes: false, flags: [QUICK], help: 'render all that a starter allows, check it, and name what is stale, unknown or dead' },
  { name: 'starter override', operands: 'TEMPLATE...', words: [1, Infinity], writes: false, flags: [], help: 'copy templates of pycompose into the starter around, or merge their changes in' },
] as const satisfies readonly CommandSpec[];

export type StarterCommandName = (typeof starterCommands)[number]['name'];
export type StarterCommand = CommandSpec & { readonly name: StarterCommandName };

export const allStarterCommands: readonly StarterCommand[] = starterCommands;

/** The flags of the program that take no value, and so may stand before a command. */
const BEFORE = new Set(['--json', '--debug']);

/**
 * The command of a command line, with the words around it; null when there is none.
 * @throws UserError (usage) for `starter` with no command behind it
 */
export function findStarterCommand(argv: readonly string[]): { readonly command: StarterCommand; readonly rest: readonly string[] } | null {
  const index = argv.findIndex((word) => !BEFORE.has(word));
  if (argv[index] !== 'starter') return null;
  const word = argv[index + 1] ?? '';
  const command = allStarterCommands.find(({ name }) => name === `starter ${word}`);
  const words = allStarterCommands.map(({ name }) => name.slice('starter '.length));
  if (command === undefined) throw new UserError(`starter ${word === '' ? 'needs a command' : `knows no ${quoted(word)}`}${didYouMean(word, words)}; there is ${words.join(', ')} (for a project in a directory of that name, write ./starter)`);
  return { command, rest: [...argv.slice(0, index), ...argv.slice(index + 2)] };
}
