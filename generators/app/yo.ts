/** Turns what yo has parsed back into a command line, so that both ways in are checked by the same code. */
import { programFlags } from '../cli/flags.ts';
import { UserError } from '../errors/user-error.ts';
import { quoted } from '../questions/nearest.ts';
import { allQuestions, flagName } from '../questions/table.ts';

/** The options that yo and Yeoman set or take themselves, as flags. */
const YEOMAN_OPTIONS = new Set(
  `
  _ _meta ask-answered bail color env force force-install forward-error-to-environment generator help insight local
  namespace node-package-manager resolved session shared-data skip-cache skip-install skip-local-cache
  skip-parse-options whitespace
`
    .trim()
    .split(/\s+/),
);
/** The flags of our program that a run in yo takes as well. */
const SHARED = new Set(['yes', 'config', 'starter', 'trust']);
const WITHOUT_VALUE = new Set<string>([...programFlags.filter((flag) => !('value' in flag)).map((flag) => flag.name), ...allQuestions.filter(({ kind }) => kind === 'switch').map(flagName)]);

/**
 * @param args the words that are no options
 * @param options what yo gives a generator: true for a bare flag, false for --no-…, a list for one given repeatedly
 * @throws UserError (usage) for what only our own program takes
 */
export function commandLine(args: readonly string[], options: object): string[] {
  return [...args, ...ownOptions(options).flatMap(([name, value]) => [value].flat().flatMap((item) => flagWords(name, item)))];
}

/** The same for a command on a living project, whose flags are read by their own table. */
export function commandWords(args: readonly string[], options: object): string[] {
  return [...args, ...ownOptions(options).flatMap(([name, value]) => [value].flat().filter((item) => item !== undefined && item !== false).map((item) => (item === true ? dashed(name) : `${dashed(name)}=${String(item)}`)))];
}

function ownOptions(options: object): [name: string, value: unknown][] {
  // an option of two words is there twice, in camel case and as it was written
  const given = new Map(Object.entries(options).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value as unknown]));
  return [...given].filter(([name]) => !YEOMAN_OPTIONS.has(name));
}

function flagWords(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const own = programFlags.find((flag) => flag.name === name || ('short' in flag && flag.short === name));
  if (own !== undefined && !SHARED.has(own.name)) throw new UserError(`yo takes no ${dashed(name)}: use npm init pycompose -- --${own.name}`);
  const known = own?.name ?? name;
  if (typeof value === 'string' && WITHOUT_VALUE.has(known) && !/^(true|false)$/.test(value)) {
    throw new UserError(`yo takes ${quoted(value)} for a value of --${known}: write it before the flags`);
  }
  if (value === false) return [`--no-${known}`];
  return [value === true ? dashed(known) : `${dashed(known)}=${String(value)}`];
}

function dashed(name: string): string {
  return `${name.length === 1 ? '-' : '--'}${name}`;
}
