/** Runs npm and git for what only they can reach, without a shell and without anybody to ask. */
import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How long a program may take, in milliseconds. */
export const PATIENCE = 120_000;
const MOST_OUTPUT = 64 * 1024 ** 2;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly patience: number;
}

export type Result =
  | { readonly kind: 'done'; readonly output: Buffer }
  /** `lines` is what it has said on standard error. */
  | { readonly kind: 'failed'; readonly lines: readonly string[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'late' };

/** The child's output is ours alone: standard output stays clean, and standard error is told in our own words. */
export function runProgram({ program, args, cwd, env, input, patience }: Command): Result {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    input: input ?? '',
    timeout: patience,
    maxBuffer: MOST_OUTPUT,
    windowsHide: true,
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'EACCES') return { kind: 'missing' };
  if (code === 'ETIMEDOUT') return { kind: 'late' };
  if (code === 'ENOBUFS') return { kind: 'failed', lines: [`it is larger than ${MOST_OUTPUT / 1024 ** 2} MB`] };
  if (status === 0 && error === undefined) return { kind: 'done', output: stdout };
  const lines = linesOf(stderr ?? Buffer.from(''));
  return { kind: 'failed', lines: lines.length > 0 ? lines : [code ?? (signal === null ? `exit code ${status ?? 'unknown'}` : `ended by ${signal}`)] };
}

/** The lines that say something, without what would steer a terminal or could log somebody in. */
function linesOf(stderr: Buffer): readonly string[] {
  return stripVTControlCharacters(stderr.toString('utf8'))
    .split(/[\r\n]+/)
    .map((line) => line.replace(/(\/\/)[^/@\s]+@/g, '$1').trim())
    .filter((line) => line !== '');
}
