/** What is said of a starter that cannot be fetched, whichever program was to fetch it. */
import { EXIT, UserError } from '../../errors/user-error.ts';
import type { Result } from './run-program.ts';

/** The longest line of another program's that is repeated, in characters. */
const LONGEST_LINE = 200;

export function notFetched(shown: string, why: string, remedy: string): UserError {
  return new UserError(`starter ${shown} cannot be fetched: ${why}; ${remedy}`, EXIT.failure);
}

/** For what says nothing of its own: the program is not there, or took too long. */
export function notRun(shown: string, program: 'git' | 'npm', result: Exclude<Result, { readonly kind: 'done' | 'failed' }>, patience: number): UserError {
  if (result.kind === 'missing') return notFetched(shown, `there is no ${program} here`, `install it, or give the directory of a copy`);
  return notFetched(shown, `${program} had no answer within ${Math.ceil(patience / 1000)} seconds`, 'check the network, or give the directory of a copy');
}

/** A line of another program's, in a sentence of ours. */
export function saidBy(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line.replace(/[.\s]+$/, '');
}
