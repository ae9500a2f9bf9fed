/** Says what went wrong, to a person on stderr and to a machine on stdout, and gives the exit code that it means. */
import { styleText } from 'node:util';
import { printable } from './printable.ts';
import { EXIT, UserError, type ExitCode } from '../errors/user-error.ts';

export interface Failure {
  readonly message: string;
  readonly code: ExitCode;
}

/** One line, with the remedy, for whatever was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { message: printable(error.message), code: error.code };
  // what inquirer throws at Ctrl-C
  if (error instanceof Error && error.name === 'ExitPromptError') return { message: 'cancelled; nothing was written', code: EXIT.cancelled };
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return { message: `this is a mistake of ours: ${printable(first)}; run it again with --debug and report what it prints`, code: EXIT.failure };
}

/** Prints an error as one line on stderr, and its stack when that is wanted. */
export function report(error: unknown, debug: boolean): ExitCode {
  const { message, code } = failureOf(error);
  process.stderr.write(`${styleText('red', 'error', { stream: process.stderr })}: ${message}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return code;
}

/** Prints a line on stderr that is no error. */
export function warn(line: string): void {
  process.stderr.write(`${styleText('yellow', 'note', { stream: process.stderr })}: ${printable(line)}\n`);
}

/** Shows on stderr how far a run is, in a line that the next one takes the place of. */
export function progress(text: string): void {
  process.stderr.write(`\r${printable(text)}\x1b[K`);
}
