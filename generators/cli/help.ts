/** The text of --help, made from the table of questions. */
import { allQuestions, flagName, offered, type Question } from '../questions/table.ts';
import { allCommands, flagsOf, type CommandFlag, type CommandSpec } from './commands.ts';
import { programFlags } from './flags.ts';

export function helpText(): string {
  const rows = columns([...allQuestions.map((question) => [questionFlag(question), questionHelp(question)] as const), ...programFlags.map((flag) => [commandFlag(flag), flag.help] as const)]);
  return [
    'Writes a Docker Compose project for Django, Flask and FastAPI that builds, starts and works.',
    '',
    'Usage:',
    '  npm init pycompose [directory] [-- flags]',
    '  pycompose [directory] [flags]',
    '  pycompose COMMAND [flags]    in a project or any folder below it; npm init pycompose COMMAND, too',
    '',
    'Commands (pycompose COMMAND --help says more):',
    ...columns(allCommands.map(({ name, operands, help }) => [`${name} ${operands}`.trimEnd(), help])),
    '',
    'Answers:',
    ...rows.slice(0, allQuestions.length),
    '',
    'Flags:',
    ...rows.slice(allQuestions.length),
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
    case 'text':
      return `${name} NAME`;
    case 'switch':
      return `--[no-]${question.key}`;
    case 'services':
      return `${name} NAME=${offered(question).map((choice) => choice.value).join('|')}`;
    case 'choice':
      return `${name} ${offered(question).map((choice) => choice.value).join('|')}`;
  }
}

function questionHelp(question: Question): string {
  switch (question.kind) {
    case 'choice':
      return `${question.help} [${question.default}]`;
    case 'switch':
      return `${question.help} [${question.default ? 'on' : 'off'}]`;
    case 'services':
      return `${question.help}; repeat it for more [web=django]`;
    case 'text':
      return question.help;
  }
}
