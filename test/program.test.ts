/** The packed tarball, installed and executed as a user would. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownPackage } from '../generators/app/package.ts';
import { snapshot, tarball, unpack, withoutSecrets } from './tools/package.ts';
import { Program } from './tools/program.ts';

// each test starts the program several times, on machines that do other things too
jest.setTimeout(60_000);

let work: string;
let program: Program;
beforeAll(async () => {
  program = await Program.install();
  work = program.directory;
});
afterAll(() => program.remove());

const run: Program['run'] = (...given) => program.run(...given);
const shell: Program['shell'] = (...given) => program.shell(...given);
const runWhile: Program['runWhile'] = (...given) => program.runWhile(...given);

const directoryModes = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1), (statSync(path).mode & 0o777).toString(8)]),
  );

describe('the package', () => {
  it('is small, alone and carries the licences of what it bundles', () => {
    const manifest = JSON.parse(readFileSync(join(work, 'package', 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'create-pycompose', bin: { 'create-pycompose': 'dist/bin.cjs', pycompose: 'dist/bin.cjs' } });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('scripts');
    expect(statSync(tarball('create-pycompose')).size).toBeLessThan(1_000_000);
    expect(readFileSync(join(work, 'package', 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(/^yeoman-generator \d/m);
  });

  it('has the same content under the name that yo looks for', async () => {
    const other = mkdtempSync(join(work, 'generator-'));
    await unpack('generator-pycompose', other);
    const [mine, theirs] = [snapshot(join(work, 'package')), snapshot(join(other, 'package'))];
    expect(theirs['package.json']).toContain('"name": "generator-pycompose"');
    expect({ ...theirs, 'package.json': '' }).toEqual({ ...mine, 'package.json': '' });
  });
});

describe('a run', () => {
  it('writes a project whose bytes and modes depend on the answers alone', async () => {
    const first = await run(['one/shop', '--yes']);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('npm init pycompose one/shop -- --yes');
    process.umask(0o077);
    const second = await run(['two/shop', '--yes']).finally(() => process.umask(0o022));
    expect(second.exitCode).toBe(0);
    const [one, two] = [snapshot(join(work, 'one/shop')), snapshot(join(work, 'two/shop'))];
    expect(withoutSecrets(two)).toEqual(withoutSecrets(one));
    expect(Object.keys(two)).toEqual(Object.keys(one));
    expect(two['secrets/web_secret_key']).not.toBe(one['secrets/web_secret_key']);
    expect(directoryModes(join(work, 'two/shop'))).toEqual(directoryModes(join(work, 'one/shop')));
    expect(directoryModes(join(work, 'two'))).toMatchObject({ shop: '755', 'shop/secrets': '700', 'shop/services/web/web': '755' });
    expect(one['run']).toMatch(/^755 #!\/bin\/sh\n/);
    expect(JSON.parse(one['.pycompose/base.json']?.slice(4) ?? '')).toMatchObject({ generator: ownPackage().version, files: { 'compose.yaml': { ownership: 'managed' } } });
  });

  it('is repeated by its own answers file', async () => {
    await run(['three', '--yes', '--name', 'shop', '--cache', 'redis', '--service', 'api=fastapi']);
    const again = await run(['four', '--config', 'three/pycompose.yaml', '--yes']);
    expect(again.exitCode).toBe(0);
    expect(withoutSecrets(snapshot(join(work, 'four')))).toEqual(withoutSecrets(snapshot(join(work, 'three'))));
    const late = await shell('(sleep 1; cat three/pycompose.yaml) | pc six --yes --config -');
    expect(late).toMatchObject({ exitCode: 0, stderr: '' });
    expect(withoutSecrets(snapshot(join(work, 'six')))).toEqual(withoutSecrets(snapshot(join(work, 'three'))));
    const substituted = await shell('pc --explain --config <(sleep 0.2; cat three/pycompose.yaml)');
    expect(substituted.stdout).toMatch(/^cache +redis +\/dev\/fd\/\d+:/m);
    const piped = await run(['five', '--config', '-', '--yes'], readFileSync(join(work, 'three/pycompose.yaml'), 'utf8'));
    expect(piped.exitCode).toBe(0);
    expect(withoutSecrets(snapshot(join(work, 'five')))).toEqual(withoutSecrets(snapshot(join(work, 'three'))));
  });

  it('writes nothing at all with --dry-run, --explain and --print-schema', async () => {
    const dry = await run(['dry/shop', '--yes', '--dry-run', '--json']);
    const plan = JSON.parse(dry.stdout) as { written: boolean; files: { path: string; action: string; mode: string }[] };
    expect(plan.written).toBe(false);
    expect(plan.files).toContainEqual(expect.objectContaining({ path: 'run', action: 'create', mode: '0755' }));
    expect((await run(['dry/shop', '--yes', '--dry-run'])).stdout).toContain('create   compose.yaml\n');
    expect((await run(['dry/shop', '--yes', '--explain', '--cache', 'none'])).stdout).toMatch(/cache +none +--cache/);
    expect(JSON.parse((await run(['--print-schema'])).stdout)).toHaveProperty('properties.services');
    expect(existsSync(join(work, 'dry'))).toBe(false);
  });

  it('asks nobody for what it does not write', async () => {
    const explained = await run(['unasked', '--explain', '--cache', 'none']);
    expect(explained).toMatchObject({ exitCode: 0, stderr: '' });
    expect(explained.stdout).toMatch(/^database +postgres +default$/m);
    const dry = await run(['unasked', '--dry-run', '--json', '--no-beat']);
    expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(dry.stdout)).toMatchObject({ rerun: 'npm init pycompose unasked -- --yes --no-beat' });
  });

  it('never shows a secret', async () => {
    const { stdout } = await run(['secretive', '--yes', '--json']);
    expect(stdout).not.toContain(readFileSync(join(work, 'secretive/secrets/web_secret_key'), 'utf8'));
  });

  it('joins files of its own to a directory that has others', async () => {
    mkdirSync(join(work, 'mine/.git'), { recursive: true });
    writeFileSync(join(work, 'mine/notes.txt'), 'mine');
    expect((await run(['mine', '--yes'])).exitCode).toBe(0);
    expect(readFileSync(join(work, 'mine/notes.txt'), 'utf8')).toBe('mine');
    expect(existsSync(join(work, 'mine/compose.yaml'))).toBe(true);
    expect(readdirSync(join(work, 'mine')).filter((name) => name.startsWith('.pycompose-'))).toEqual([]);
  });
});

describe('a run, whatever is around it,', () => {
  it('does not read what is in the directory it is started in', async () => {
    mkdirSync(join(work, 'broken'));
    for (const file of ['package.json', '.yo-rc.json']) writeFileSync(join(work, 'broken', file), '{');
    expect(await run(['shop', '--yes'], '', join(work, 'broken'))).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(join(work, 'broken/shop/compose.yaml'))).toBe(true);
  });

  it('takes a directory that looks like a flag, and says how to get there', async () => {
    const { exitCode, stdout } = await run(['--yes', '--', '-dash']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  cd ./-dash\n');
    expect(stdout).toContain('npm init pycompose ./-dash -- --yes');
    expect(await shell('cd ./-dash && test -x run')).toMatchObject({ exitCode: 0 });
  });

  it('shows no control character, and commands that a shell takes', async () => {
    const { exitCode, stdout } = await run(['odd\x1b[31m\nname', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^[^\x00-\x09\x0b-\x1f]*$/);
    expect(stdout).toMatch(/^✔ \d+ files in odd\\x1b\[31m\\x0aname$/m);
    expect(await shell(`${/cd .*/.exec(stdout)?.[0]} && test -x run`)).toMatchObject({ exitCode: 0 });
  });

  it('opens to others what it makes in a directory that exists, and secrets to nobody, whatever the umask', async () => {
    expect(await shell('mkdir masked && umask 077 && pc masked --yes')).toMatchObject({ exitCode: 0 });
    expect(directoryModes(join(work, 'masked'))).toMatchObject({ services: '755', 'services/web/web': '755', secrets: '700' });
  });

  it('keeps secrets that are there, in a directory of the owner alone', async () => {
    expect(await shell('mkdir -p kept && mkdir -m 700 kept/secrets && printf mine > kept/secrets/web_secret_key && pc kept --yes')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(work, 'kept/secrets/web_secret_key'), 'utf8')).toBe('mine');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('is finished when %s comes while it writes', async (signal) => {
    const { exitCode, stderr } = await runWhile('mkdtempSync', `(...given) => { const made = real(...given); process.kill(process.pid, '${signal}'); return made; }`, [signal, '--yes']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(existsSync(join(work, signal, 'compose.yaml'))).toBe(true);
    expect(readdirSync(work).filter((name) => name.includes('.pycompose-'))).toEqual([]);
  });

  it('ends as it would have when nobody reads what it prints', async () => {
    const child = spawn(process.execPath, [program.bin, '--help'], { cwd: work });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    expect([...(await once(child, 'close')), stderr]).toEqual([0, null, '']);
  });

  it('says in one line that what it prints cannot be written', async () => {
    const child = spawn(process.execPath, [program.bin, '--help'], { cwd: work, stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    let stderr = '';
    child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
    expect([...(await once(child, 'close')), stderr]).toEqual([1, null, 'error: standard output cannot be written (ENOSPC): send it somewhere else\n']);
  });

  it('tells a machine what is wrong as well', async () => {
    const usage = await run(['x', '--json', '--cache', 'none']);
    expect(usage.exitCode).toBe(2);
    expect(JSON.parse(usage.stdout)).toEqual({ error: { message: usage.stderr.replace('error: ', ''), code: 2 } });
    expect(usage.stderr).toContain('npm init pycompose x -- --yes --json --cache none');
    expect(JSON.parse((await run(['--jsno', '--json'])).stdout)).toMatchObject({ error: { code: 2 } });
    mkdirSync(join(work, 'taken'));
    writeFileSync(join(work, 'taken/README.md'), 'mine');
    for (const [flags, more] of [[[], {}], [['--dry-run'], { written: false }]] as const) {
      const conflict = await run(['taken', '--yes', '--json', ...flags]);
      expect(conflict.exitCode).toBe(3);
      expect(JSON.parse(conflict.stdout)).toMatchObject({ error: { message: conflict.stderr.replace('error: ', ''), code: 3 }, ...more });
    }
  });
});
