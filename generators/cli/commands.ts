/** The one table of commands: how each is called and what it takes; help, docs and the reading of a command line come from it. */
import { ALLOWABLE } from '../living/drifts.ts';
import { allQuestions, offered, servicesOf } from '../questions/table.ts';

export const POLICIES = ['ask', 'keep', 'take', 'markers', 'fail'] as const;
/** What to do about a place that both the user and the generator have changed. */
export type Policy = (typeof POLICIES)[number];

export interface CommandSpec {
  readonly name: string;
  /** The words behind the command, as help shows them. */
  readonly operands: string;
  /** How many words there are at least and at most; Infinity for any number. */
  readonly words: readonly [least: number, most: number];
  readonly help: string;
  /** Whether it writes, and so takes --dry-run, --yes and --on-conflict. */
  readonly writes: boolean;
  /** Flags of its own. */
  readonly flags: readonly CommandFlag[];
}

export interface CommandFlag {
  readonly name: string;
  readonly short?: string;
  /** What stands for its value; a flag without is on or off. */
  readonly value?: string;
  readonly help: string;
}

const FRAMEWORK: CommandFlag = { name: 'framework', value: offered(servicesOf(allQuestions)).map(({ value }) => value).join('|'), help: "the service's framework; a new service needs one" };
const ALLOW: CommandFlag = { name: 'allow', value: ALLOWABLE.join(','), help: 'differences that are all right; the others still end with exit code 4' };

const STARTER: CommandFlag = { name: 'starter', value: 'PATH|PACKAGE|git+URL', help: 'bring this starter into the project, or this version of it' };
const TRUST: CommandFlag = { name: 'trust', help: 'let the programs of starters run without asking' };

export const commands = [
  { name: 'service', operands: 'NAME', words: [1, 1], writes: true, flags: [FRAMEWORK], help: 'add a service, or regenerate that one alone' },
  { name: 'remove', operands: 'NAME', words: [1, 1], writes: true, flags: [], help: 'take a service out; edited files, secrets and data stay' },
  { name: 'set', operands: 'KEY=VALUE...', words: [1, Infinity], writes: true, flags: [], help: 'change options, like cache=redis or services.api.port=8005' },
  { name: 'update', operands: '[KEY=VALUE...]', words: [0, Infinity], writes: true, flags: [STARTER, TRUST], help: 'bring the project to pycompose.yaml, to this version and to the newest of its starters' },
  { name: 'diff', operands: '[SERVICE]', words: [0, 1], writes: false, flags: [], help: 'print what update would change, as a unified diff' },
  { name: 'check', operands: '', words: [0, 0], writes: false, flags: [ALLOW], help: 'for CI: exit code 4 and a list when the project differs' },
  { name: 'undo', operands: '', words: [0, 0], writes: true, flags: [], help: 'take the last run back; once more, and it is done again' },
  { name: 'adopt', operands: 'FILE...', words: [1, Infinity], writes: true, flags: [], help: 'give a file back to the generator; bring a deleted one back' },
  { name: 'eject', operands: 'FILE...', words: [1, Infinity], writes: true, flags: [], help: 'take a file over for good' },
  { name: 'files', operands: '', words: [0, 0], writes: false, flags: [], help: 'list the generated files and whose each is' },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof commands)[number]['name'];

export const allCommands: readonly (CommandSpec & { readonly name: CommandName })[] = commands;

/** The flags of every command that writes. */
export const WRITING_FLAGS: readonly CommandFlag[] = [
  { name: 'dry-run', help: 'write nothing; list what would change' },
  { name: 'yes', short: 'y', help: 'ask nothing' },
  { name: 'on-conflict', value: POLICIES.join('|'), help: 'what to do where both you and the generator changed the same place; without a terminal fail' },
];

/** The flags of every command. */
export const COMMON_FLAGS: readonly CommandFlag[] = [
  { name: 'json', help: 'print the plan, the result or the error as JSON' },
  { name: 'help', short: 'h', help: 'print how the command is used' },
  { name: 'debug', help: 'on an error, print the stack as well' },
];

export function flagsOf(command: CommandSpec): readonly CommandFlag[] {
  return [...command.flags, ...(command.writes ? WRITING_FLAGS : []), ...COMMON_FLAGS];
}

/** The flags of the program that take no value, and so may stand before a command. */
const BEFORE = new Set(['--json', '--debug', '--yes', '-y', '--dry-run']);

/** The command of a command line, with the words around it; null when it makes a new project. */
export function findCommand(argv: readonly string[]): { readonly command: (typeof allCommands)[number]; readonly rest: readonly string[] } | null {
  const index = argv.findIndex((word) => !BEFORE.has(word));
  const command = allCommands.find(({ name }) => name === argv[index]);
  return command === undefined ? null : { command, rest: [...argv.slice(0, index), ...argv.slice(index + 1)] };
}
