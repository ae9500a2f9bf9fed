/** Runs the programs of a starter that the user trusts, in the project that has just been written. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, UserError } from '../../errors/user-error.ts';
import { inspectPath } from '../../plan/disk.ts';
import { isOfStarter } from '../fetch/contents.ts';
import { digestOf } from '../fetch/digest.ts';
import { nameProblem } from '../fetch/names.ts';
import { readStarterDirectory } from '../fetch/read-directory.ts';
import type { Hook } from '../starter.ts';

export interface HookStarter {
  readonly name: string;
  readonly version: string;
  /** Where its files lie, absolute. */
  readonly directory: string;
  /** What its user trusts; with it, nothing else is run than that. */
  readonly digest?: string;
}

/** Without one that reads our standard input or writes to our standard output, which may be JSON for another program. */
const OUTPUT = ['ignore', 2, 2] as const;

/**
 * One after the other; the first that fails is the last.
 * @param cwd the project's directory
 * @param print is told what is run, before it has its output on standard error
 * @throws UserError (failure)
 */
export async function runHooks(starter: HookStarter, hooks: readonly Hook[], cwd: string, print: (line: string) => void): Promise<void> {
  const project = resolve(cwd);
  if (hooks.length > 0) checkDigest(starter);
  for (const [program, ...rest] of hooks) {
    const fails = (how: string): UserError => new UserError(`the project is written, but hook ${program} of starter ${starter.name} ${starter.version} ${how}`, EXIT.failure);
    const command = [...commandOf(programPath(starter, program, fails), fails), ...rest];
    print(`running ${[program, ...rest].join(' ')} of starter ${starter.name} ${starter.version}`);
    await run(command, project, fails);
  }
}

async function run([program = '', ...args]: readonly string[], project: string, fails: (how: string) => UserError): Promise<void> {
  const [code, signal] = await ended(program, args, project).catch((error: NodeJS.ErrnoException) => {
    throw fails(`cannot be started (${error.code ?? error.message}): ask who maintains it`);
  });
  if (signal !== null) throw fails(`was ended by ${signal}: run it again by hand in ${project}`);
  if (code !== 0) throw fails(`failed with exit code ${code ?? 'unknown'}: see what it says above, then run it again by hand in ${project}`);
}

async function ended(program: string, args: readonly string[], project: string): Promise<[number | null, NodeJS.Signals | null]> {
  const child = spawn(program, args, { cwd: project, env: { ...process.env, PYCOMPOSE_PROJECT: project }, stdio: [...OUTPUT] });
  return (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
}

/** Between the question whether it is trusted and this moment, its files may have become others. */
function checkDigest({ name, version, directory, digest }: HookStarter): void {
  if (digest === undefined || digestOf(readStarterDirectory(directory, name)) === digest) return;
  throw new UserError(`the project is written, but the hooks of starter ${name} ${version} were not run: its files have changed since they were trusted; look at them and try again`, EXIT.failure);
}

/** Where a program is: a file of the starter itself, which is part of what is trusted. */
function programPath({ directory }: HookStarter, program: string, fails: (how: string) => UserError): string {
  if (!program.split('/').every((part) => nameProblem(part) === null) || !isOfStarter(program)) throw fails('was not run: it is no file of the starter');
  const state = inspectPath(directory, program, false);
  const path = join(directory, program);
  if (state.kind === 'free') throw fails('was not run: the starter has no such file');
  if (state.kind === 'blocked') throw fails(`was not run: it ${state.reason}`);
  if (!lstatSync(path).isFile()) throw fails('was not run: it is no plain file');
  return path;
}

/** How a program is started; packages and Windows lose who may execute it. */
function commandOf(path: string, fails: (how: string) => UserError): readonly string[] {
  if (/\.[cm]?js$/i.test(path)) return [process.execPath, path];
  if (process.platform === 'win32' || isExecutable(path)) return [path];
  if (path.endsWith('.sh')) return ['/bin/sh', path];
  throw fails('was not run: it is not executable; chmod +x it in the starter');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
