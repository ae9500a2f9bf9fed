/** The real program, killed at random moments: the next run finds the old project or makes the new one, never anything between. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshot } from './tools/package.ts';
import { Program } from './tools/program.ts';

const KILLS = 200;
/** Runs at a time. */
const ABREAST = 4;
const NEW_PROJECT = ['shop', '--yes', '--service', 'web=flask', '--proxy', 'none', '--broker', 'none', '--mail', 'none'];
/** Changes, adds and deletes files. */
const COMMAND = ['set', 'cache=redis', 'database=none'];

let program: Program;
let work: string;
beforeAll(async () => {
  program = await Program.install();
  work = mkdtempSync(join(tmpdir(), 'pycompose-killed-'));
  await program.run(NEW_PROJECT, '', work);
});
afterAll(() => {
  program.remove();
  rmSync(work, { recursive: true, force: true });
});

/** Everything but what a run keeps for itself, and the texts of secrets, which are random. */
function state(directory: string): string {
  const files = Object.entries(snapshot(directory)).filter(([path]) => !path.startsWith('.pycompose/state/'));
  return JSON.stringify(files.map(([path, text]) => [path, path.startsWith('secrets/') ? text.slice(0, 4) : text]));
}

function copy(name: string): string {
  const directory = join(work, name);
  cpSync(join(work, 'shop'), directory, { recursive: true, preserveTimestamps: true });
  return directory;
}

async function startAndKill(directory: string, after: number): Promise<boolean> {
  const { signal } = await execa(process.execPath, [program.bin, ...COMMAND], { cwd: directory, reject: false, timeout: after, killSignal: 'SIGKILL' });
  return signal === 'SIGKILL';
}

it(`is old or new after the next run, ${KILLS} times`, async () => {
  const done = copy('done');
  const begun = performance.now();
  expect((await program.run(COMMAND, '', done)).exitCode).toBe(0);
  const duration = performance.now() - begun;
  const [old, next] = [state(join(work, 'shop')), state(done)];
  expect(old).not.toBe(next);

  const outcomes = { old: 0, new: 0, killed: 0, finished: 0 };
  const one = async (index: number): Promise<void> => {
    const directory = copy(`run-${index}`);
    // several run at a time, so each takes longer than one alone: the later half of that is when it writes
    if (await startAndKill(directory, Math.round(duration * (0.4 + Math.random() * 2.1)))) outcomes.killed += 1;
    const recovered = await program.run(['update', '--yes'], '', directory);
    expect(recovered).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('nothing to do') });
    if (recovered.stderr !== '') {
      expect(recovered.stderr).toBe('note: finished what was killed: set cache=redis database=none');
      outcomes.finished += 1;
    }
    const found = state(directory);
    expect([old, next]).toContain(found);
    outcomes[found === old ? 'old' : 'new'] += 1;
    if (found === next) {
      expect((await program.run(['undo'], '', directory)).exitCode).toBe(0);
      expect(state(directory)).toBe(old);
    }
    rmSync(directory, { recursive: true });
  };
  const numbers = Array.from({ length: KILLS }, (_, index) => index);
  await Promise.all(Array.from({ length: ABREAST }, async () => {
    for (let index = numbers.pop(); index !== undefined; index = numbers.pop()) await one(index);
  }));
  expect(outcomes.old + outcomes.new).toBe(KILLS);
  // the moments were not all before the first write or after the last
  expect({ ...outcomes, old: outcomes.old > 0, new: outcomes.new > 0 }).toMatchObject({ old: true, new: true });
  expect(outcomes.killed).toBeGreaterThan(KILLS / 4);
}, 600_000);
