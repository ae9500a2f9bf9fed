/** The text of --help, made from the table of questions. */
import { allQuestions, flagName, offered, type Question, type Questions } from '../questions/table.ts';
import { allCommands, flagsOf, type CommandFlag, type CommandSpec } from './commands.ts';
import { programFlags } from './flags.ts';
import { allStarterCommands } from './starter-commands.ts';

export function helpText(table: Questions = allQuestions): string {
  const rows = columns([...table.map((question) => [questionFlag(question), questionHelp(question)] as const), ...programFlags.map((flag) => [commandFlag(flag), flag.help] as const)]);
  return [
    'Writes a Docker Compose project for Django, Flask and FastAPI that builds, starts and works.',
    '',
    'Usage:',
    '  npm init pycompose [directory] [-- flags]',
    '  pycompose [directory] [flags]',
    '  pycompose COMMAND [flags]    in a project or any folder below it; npm init pycompose COMMAND, too',
    '',
    'Commands (pycompose COMMAND --help says more):',
    ...columns([...allCommands, ...allStarterCommands].map(({ name, operands, help }) => [`${name} ${operands}`.trimEnd(), help])),
    '',
    'Answers:',
    ...rows.slice(0, table.length),
    '',
    'Flags:',
    ...rows.slice(table.length),
    '',
    'Examples:',
    '  npm init pycompose shop -- --yes',
    '  npm init pycompose shop -- --service web=django --service search=fastapi --cache redis',
    '',
    'Exit codes: 0 done, 1 failure, 2 wrong usage, 3 files in the way or conflicts, 4 check found a difference, 130 cancelled.',
    '',
  ].join('\n');
}

/** The text of `pycompose COMMAND --help`. */
export function commandHelpText(command: CommandSpec): string {
  const { name, operands, help } = command;
  return [`${help.charAt(0).toUpperCase()}${help.slice(1)}.`, '', 'Usage:', `  pycompose ${name}${operands === '' ? '' : ` ${operands}`} [flags]`, '', 'Flags:', ...columns(flagsOf(command).map((flag) => [commandFlag(flag), flag.help])), ''].join('\n');
}

/** A flag as help and docs show it, like `-y, --yes`. */
export function commandFlag({ name, short, value }: CommandFlag): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** A question's flag with its values, like `--cache memcached|redis|none`. */
export function questionFlag(question: Question): string {
  const name = `--${flagName(question)}`;
  switch (question.kind) {
    case 'name':
      return `${name} NAME`;
    case 'text':
      return `${name} TEXT`;
    case 'switch':
      return `--[no-]${flagName(question)}`;
    case 'services':
      return `${name} NAME=${offered(question).map((choice) => choice.value).join('|')}`;
    case 'choice':
      return `${name} ${offered(question).map((choice) => choice.value).join('|')}`;
  }
}

function questionHelp(question: Question): string {
  if (question.locked !== undefined) return `${question.help} [locked${typeof question.default === 'object' ? '' : ` to ${String(question.default)}`}]`;
  switch (question.kind) {
    case 'choice':
      return `${question.help} [${question.default}]`;
    case 'switch':
      return `${question.help} [${question.default ? 'on' : 'off'}]`;
    case 'services':
      return `${question.help}; repeat it for more [${question.default.map((service) => `${service.name}=${service.framework}`).join(', ')}]`;
    case 'name':
    case 'text':
      return question.default === undefined ? question.help : `${question.help} [${question.default}]`;
  }
}
