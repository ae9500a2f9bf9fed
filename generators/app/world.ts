/** The real terminal, standard input and exit codes. */
import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { programFlags, unknownFlag } from '../cli/arguments.ts';
import { EXIT, UserError, type ExitCode } from '../errors/user-error.ts';
import { allQuestions, flagName } from '../questions/table.ts';
import type { World } from './session.ts';

export function realWorld(): World {
  return {
    cwd: process.cwd(),
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    readStdin: () => readFileSync(0, 'utf8'),
    print: (text) => process.stdout.write(text),
  };
}

/** Prints an error as one line on stderr and gives the exit code that it means. */
export function report(error: unknown, debug: boolean): ExitCode {
  const cancelled = error instanceof Error && error.name === 'ExitPromptError';
  const message = cancelled ? 'cancelled; nothing was written' : error instanceof Error ? error.message : String(error);
  const known = cancelled || error instanceof UserError;
  process.stderr.write(`${styleText('red', 'error', { stream: process.stderr })}: ${known ? message : `this is a mistake of ours: ${firstLine(message)}; run it again with --debug and report what it prints`}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return cancelled ? EXIT.cancelled : error instanceof UserError ? error.code : EXIT.failure;
}

/** The options that Yeoman itself sets or takes, in both of its spellings, and our argument, which it sets as one. */
const YEOMAN_OPTIONS = new Set(
  `
  _ _meta ask-answered askAnswered bail color directory env force force-install forceInstall forwardErrorToEnvironment generator
  help insight local namespace node-package-manager nodePackageManager resolved session sharedData skip-cache skipCache
  skip-install skipInstall skip-local-cache skipLocalCache skip-parse-options skipParseOptions whitespace
`
    .trim()
    .split(/\s+/),
);

/** Turns options that yo has parsed back into a command line, so that both ways in are checked by the same code. */
export function commandLine(args: readonly string[], options: object): string[] {
  const given = options as Readonly<Record<string, unknown>>;
  const names = [...allQuestions.map(flagName), 'yes', 'config'];
  for (const [name, value] of Object.entries(given)) {
    if (names.includes(name) || YEOMAN_OPTIONS.has(name) || typeof value === 'object') continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (names.includes(flag)) continue;
    if (programFlags.some((known) => known.name === flag)) throw new UserError(`yo takes no --${flag}: use npm init pycompose -- --${flag}`);
    throw new UserError(unknownFlag(`--${flag}`));
  }
  return [
    ...args,
    ...names.flatMap((name) => {
      const value = given[name];
      if (value === undefined || value === null) return [];
      if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
      // yo joins a repeated option with commas, and no value of ours has one
      return String(value).split(',').flatMap((item) => [`--${name}`, item]);
    }),
  ];
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
