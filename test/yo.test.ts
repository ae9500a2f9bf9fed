/** The same generator in the real `yo`, where Yeoman's own environment runs it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { snapshot, installed, unpack, withoutSecrets, type Installed } from './tools/package.ts';

const yo = join(dirname(createRequire(import.meta.url).resolve('yo/package.json')), 'lib/cli.js');

let work: string;
let program: Installed;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'pycompose-yo-'));
  // yo gives up the rights of root, and must still be able to write here
  chmodSync(work, 0o777);
  mkdirSync(join(work, 'node_modules'));
  await unpack('generator-pycompose', work);
  renameSync(join(work, 'package'), join(work, 'node_modules/generator-pycompose'));
  program = await installed();
});
afterAll(() => {
  for (const directory of [work, program.directory]) rmSync(directory, { recursive: true, force: true });
});

async function run(...argv: string[]) {
  const env = { NO_UPDATE_NOTIFIER: '1', HOME: work };
  return execa(process.execPath, [yo, 'pycompose', ...argv], { cwd: work, env, input: '', reject: false });
}

it('writes what npm init writes', async () => {
  const { exitCode, stderr, stdout } = await run('shop', '--yes', '--service', 'web=flask', '--service', 'find=fastapi', '--no-beat');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('npm init pycompose shop -- --yes --service web=flask --service find=fastapi --no-beat');
  await execa(process.execPath, [program.bin, 'shop', '--yes', '--service', 'web=flask', '--service', 'find=fastapi', '--no-beat'], { cwd: program.directory });
  expect(withoutSecrets(snapshot(join(work, 'shop')))).toEqual(withoutSecrets(snapshot(join(program.directory, 'shop'))));
}, 60_000);

it.each([
  [['new', '--yes', '--cahce', 'redis'], 2, 'error: unknown flag --cahce; did you mean "--cache"?'],
  [['new', '--yes', '--service', 'email=flask'], 2, 'error: --service: "email" would hide Python\'s own module email: choose another, like email-app'],
  [['new', '--yes', '--dry-run'], 2, 'error: yo takes no --dry-run: use npm init pycompose -- --dry-run'],
  [['new'], 2, 'error: there is no terminal to ask name, services, database, cache, mail, broker, beat, proxy, python, example: give flags, or take the defaults with: npm init pycompose new -- --yes'],
])('refuses %j in one line', async (argv, code, line) => {
  const { exitCode, stderr } = await run(...argv);
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: line });
  expect(existsSync(join(work, 'new'))).toBe(false);
}, 60_000);
