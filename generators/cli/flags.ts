/** The flags that there are, and what is said of one that there is not. */
import { didYouMean, echoed } from '../questions/nearest.ts';
import { flagName, type Questions } from '../questions/table.ts';

/** The flags that answer no question. */
export const programFlags = [
  { name: 'yes', short: 'y', help: 'take the default for whatever is not answered; ask nothing' },
  { name: 'config', value: 'FILE', help: 'take answers from a YAML or JSON file; - reads standard input' },
  { name: 'starter', value: 'PATH|PACKAGE|git+URL', help: "a company's starter; repeat it for more, the last one uppermost" },
  { name: 'trust', help: 'let the programs of starters run without asking' },
  { name: 'dry-run', help: 'ask and write nothing; list what would be written' },
  { name: 'json', help: 'print the plan or the result as JSON, for machines' },
  { name: 'explain', help: 'ask and write nothing; print each value and where it came from' },
  { name: 'print-schema', help: 'print the JSON Schema of pycompose.yaml' },
  { name: 'help', short: 'h', help: 'print this help' },
  { name: 'version', short: 'v', help: 'print the version' },
  { name: 'debug', help: 'on an error, print the stack as well' },
] as const;

export type ProgramFlag = (typeof programFlags)[number]['name'];

function longFlags(table: Questions): readonly string[] {
  return [
    ...programFlags.map((flag) => `--${flag.name}`),
    ...table.flatMap((question) => [`--${flagName(question)}`, ...(question.kind === 'switch' ? [`--no-${flagName(question)}`] : [])]),
  ];
}

const shortFlags = programFlags.flatMap((flag) => ('short' in flag ? [`-${flag.short}`] : []));

/** Whether a word is one of our flags, with a value behind `=` or without. */
export function isFlag(word: string, table: Questions): boolean {
  return [...longFlags(table), ...shortFlags].includes(word.replace(/=.*/s, ''));
}

/** Says that a flag is unknown, with the nearest known one. */
export function unknownFlag(given: string, table: Questions): string {
  return `unknown flag ${echoed(given)}${didYouMean(given, longFlags(table)) || '; --help lists the flags'}`;
}
