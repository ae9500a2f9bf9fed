/** The same generator in the real `yo`, where Yeoman's own environment runs it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { snapshot, unpack, withoutSecrets } from './tools/package.ts';
import { Program } from './tools/program.ts';
import { ACME } from './tools/starters.ts';

const yo = join(dirname(createRequire(import.meta.url).resolve('yo/package.json')), 'lib/cli.js');

let work: string;
let program: Program;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'pycompose-yo-'));
  // yo gives up the rights of root, and must still be able to write here
  chmodSync(work, 0o777);
  mkdirSync(join(work, 'node_modules'));
  await unpack('generator-pycompose', work);
  renameSync(join(work, 'package'), join(work, 'node_modules/generator-pycompose'));
  program = await Program.install();
});
afterAll(() => {
  program.remove();
  rmSync(work, { recursive: true, force: true });
});

async function run(argv: readonly string[], cwd = work) {
  return start(argv, { cwd, input: '' });
}

function start(argv: readonly string[], options: { readonly cwd: string; readonly input?: string }, generator = 'pycompose') {
  return execa(process.execPath, [yo, generator, ...argv], { ...options, env: { NO_UPDATE_NOTIFIER: '1', HOME: work }, reject: false });
}

it('writes what npm init writes', async () => {
  const { exitCode, stderr, stdout } = await run(['shop', '--yes', '--service', 'web=flask', '--service', 'find=fastapi', '--no-beat']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('npm init pycompose shop -- --yes --service web=flask --service find=fastapi --no-beat');
  await execa(process.execPath, [program.bin, 'shop', '--yes', '--service', 'web=flask', '--service', 'find=fastapi', '--no-beat'], { cwd: program.directory });
  expect(withoutSecrets(snapshot(join(work, 'shop')))).toEqual(withoutSecrets(snapshot(join(program.directory, 'shop'))));
}, 60_000);

it('makes a project with a starter, whose questions are flags here, too', async () => {
  mkdirSync(join(work, 'acme'));
  writeFileSync(join(work, 'acme/starter.yaml'), ACME);
  const made = await run(['company', '--yes', '--starter', './acme', '--cost-centre', '4711', '--pci']);
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readFileSync(join(work, 'company/pycompose.yaml'), 'utf8')).toMatch(/cost_centre: "4711"\n(.*\n)*.*pci: true\n(.*\n)*.*from: \.\.\/acme\n/);
  expect(await run(['refused', '--yes', '--starter', './acme', '--cost-centre', '4711', '--database', 'mariadb'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('locks it to postgres') });
}, 60_000);

it('waits for answers on standard input', async () => {
  const piped = start(['late', '--yes', '--config=-'], { cwd: work });
  // longer than yo needs to start, so that it finds nothing to read at first
  setTimeout(() => piped.stdin?.end('cache: valkey\n'), 3000);
  const { exitCode, stderr } = await piped;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(readFileSync(join(work, 'late/pycompose.yaml'), 'utf8')).toMatch(/^cache: valkey$/m);
}, 60_000);

it('writes below the directory it is started in, whose files it does not read', async () => {
  const directory = join(work, 'broken');
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  for (const file of ['package.json', '.yo-rc.json']) writeFileSync(join(directory, file), '{');
  const { exitCode, stderr } = await run(['7', '-y', '--name', 'seven', '--noBeat'], directory);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(readFileSync(join(directory, '7/pycompose.yaml'), 'utf8')).toMatch(/^name: seven$[^]*^beat: false$/m);
}, 60_000);

it.each([
  [['new', '--yes', '--name'], 2, 'error: --name needs a value: write --name NAME'],
  [['new', '--yes', '--name', 'a,b'], 2, /^error: --name: "a,b" is no Compose project name/],
  [['new', '--yes', '--beat=false'], 2, 'error: --beat takes no value: write --beat or --no-beat'],
  [['new', '--yes', '--noBeet'], 2, 'error: unknown flag --no-beet; did you mean "--no-beat"?'],
  [['new', '--yes', '--foo', '1', '--foo', '2'], 2, 'error: unknown flag --foo; --help lists the flags'],
  [['new', '--yes', '--cache', 'redis', '--cache', 'none'], 2, 'error: --cache is given twice, as --cache redis and as --cache none: keep one'],
  [['--yes', 'new'], 2, 'error: yo takes "new" for a value of --yes: write it before the flags'],
  [['new', '--yes', '--cahce', 'redis'], 2, 'error: unknown flag --cahce; did you mean "--cache"?'],
  [['new', '--yes', '--service', 'email=flask'], 2, 'error: --service: "email" would hide Python\'s own module email: choose another, like email-app'],
  [['new', '--yes', '--dry-run'], 2, 'error: yo takes no --dry-run: use npm init pycompose -- --dry-run'],
  [['new'], 2, 'error: there is no terminal to ask name, services, database, cache, mail, broker, beat, proxy, python, example: give flags, or take the defaults with: npm init pycompose new -- --yes'],
])('refuses %j in one line', async (argv, code, line) => {
  const { exitCode, stderr } = await run(argv);
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: typeof line === 'string' ? line : expect.stringMatching(line) });
  expect(existsSync(join(work, 'new'))).toBe(false);
}, 60_000);

it('runs the commands on a project, each as a generator of its own', async () => {
  await run(['living', '--yes', '--service', 'web=flask', '--broker', 'none']);
  const directory = join(work, 'living');
  await execa(process.execPath, [program.bin, 'living', '--yes', '--service', 'web=flask', '--broker', 'none'], { cwd: program.directory });
  for (const [generator, ...argv] of [['service', 'search', '--framework', 'fastapi'], ['set', 'cache=redis'], ['remove', 'search', '--yes']] as const) {
    expect(await start(argv, { cwd: directory, input: '' }, `pycompose:${generator}`)).toMatchObject({ exitCode: 0, stderr: '' });
    await execa(process.execPath, [program.bin, generator, ...argv], { cwd: join(program.directory, 'living') });
  }
  const ours = (files: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(withoutSecrets(files)).filter(([path]) => !path.startsWith('.pycompose/state/')));
  expect(ours(snapshot(directory))).toEqual(ours(snapshot(join(program.directory, 'living'))));
  expect(await start(['--allow', 'edited'], { cwd: directory, input: '' }, 'pycompose:check')).toMatchObject({ exitCode: 0 });
  expect(await start(['search'], { cwd: directory, input: '' }, 'pycompose:remove')).toMatchObject({ exitCode: 2, stderr: 'error: there is no service "search"; there is web' });
}, 120_000);
