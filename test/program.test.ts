/** The packed tarball, installed and executed as a user would. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, snapshot, tarball, unpack, withoutSecrets } from './tools/package.ts';

// each test starts the program several times, on machines that do other things too
jest.setTimeout(60_000);

let work: string;
let program: string;

beforeAll(async () => {
  ({ directory: work, bin: program } = await installed());
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function run(argv: string[], input = '', cwd = work) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, ...argv], { cwd, input, reject: false });
  return { exitCode, stdout, stderr };
}

/** Runs a shell's command line, in which `pc` is the program. */
async function shell(command: string) {
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', `pc() { "$NODE" "$PROGRAM" "$@"; }; ${command}`], { cwd: work, env: { NODE: process.execPath, PROGRAM: program }, reject: false });
  return { exitCode, stdout, stderr };
}

/** Runs the program on a disk where something happens: `replace` is put around a function of node:fs. */
async function runWhile(name: 'mkdtempSync' | 'mkdirSync' | 'copyFileSync', replace: string, argv: string[]) {
  const hook = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; const real = fs.${name}; fs.${name} = ${replace}; syncBuiltinESMExports();`;
  const { exitCode, stdout, stderr, signal } = await execa(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, program, ...argv], { cwd: work, input: '', reject: false });
  return { exitCode, stdout, stderr, signal };
}

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
    expect(JSON.parse(one['.pycompose/base.json']?.slice(4) ?? '')).toMatchObject({ generator: '0.1.0', files: { 'compose.yaml': { ownership: 'managed' } } });
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
    const child = spawn(process.execPath, [program, '--help'], { cwd: work });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    expect([...(await once(child, 'close')), stderr]).toEqual([0, null, '']);
  });

  it('says in one line that what it prints cannot be written', async () => {
    const child = spawn(process.execPath, [program, '--help'], { cwd: work, stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
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

describe('a run that is refused leaves the disk as it was', () => {
  const refused = async (argv: string[], exitCode: number, message: string | RegExp, input = '') => refusedBy(() => run(argv, input), exitCode, message);
  const refusedBy = async (running: () => ReturnType<typeof run>, exitCode: number, message: string | RegExp) => {
    const before = readdirSync(work, { recursive: true }).sort();
    const result = await running();
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toMatch(message);
    expect(result.exitCode).toBe(exitCode);
    expect(readdirSync(work, { recursive: true }).sort()).toEqual(before);
  };

  it('without a terminal and with questions open', () => refused(['open', '--cache', 'none'], 2, 'npm init pycompose open -- --yes --cache none'));
  it('with a file in its way', async () => {
    mkdirSync(join(work, 'full'));
    writeFileSync(join(work, 'full/README.md'), 'precious');
    await refused(['full', '--yes'], 3, 'README.md exists in full; nothing was written');
    expect(readFileSync(join(work, 'full/README.md'), 'utf8')).toBe('precious');
  });
  it('in an existing project', async () => {
    await run(['project', '--yes']);
    await refused(['project', '--yes'], 3, 'already holds a pycompose project');
  });
  it('through a symbolic link', async () => {
    mkdirSync(join(work, 'elsewhere'));
    symlinkSync(join(work, 'elsewhere'), join(work, 'link'));
    await refused(['link', '--yes'], 2, 'link is a symbolic link');
    mkdirSync(join(work, 'holder'));
    symlinkSync(join(work, 'elsewhere'), join(work, 'holder/services'));
    await refused(['holder', '--yes'], 3, 'is below the symbolic link services');
  });
  it('below a link to nowhere', async () => {
    symlinkSync('nowhere', join(work, 'dangling'));
    await refused(['dangling/below/shop', '--yes'], 2, 'dangling is a symbolic link to nowhere');
  });
  it('with secrets that others can read', async () => {
    mkdirSync(join(work, 'public'));
    mkdirSync(join(work, 'public/secrets'));
    chmodSync(join(work, 'public/secrets'), 0o755);
    await refused(['public', '--yes'], 3, /^error: secrets\/\w+ is below secrets, which others can enter, .* chmod 700 secrets or choose another directory$/);
  });
  it('where a killed run has left something', async () => {
    mkdirSync(join(work, 'killed/.pycompose-a1b2c3'), { recursive: true });
    writeFileSync(join(work, 'killed/README.md'), '');
    await refused(['killed', '--yes'], 3, '.pycompose-a1b2c3 in it is what a killed run has left');
  });
  it('from a directory that is gone', () => refusedBy(() => shell('mkdir gone && cd gone && rmdir ../gone && pc --yes'), 1, 'the current directory no longer exists: cd to another one'));
  it('while another run makes the same directory', async () => {
    mkdirSync(join(work, 'raced'));
    const other = `(...given) => { fs.writeFileSync('raced/compose.yaml', 'theirs'); return real(...given); }`;
    const { exitCode, stderr } = await runWhile('copyFileSync', other, ['raced', '--yes']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `error: nothing was written to ${join(work, 'raced')}: somebody else was writing there at the same time` });
    expect(snapshot(join(work, 'raced'))).toEqual({ 'compose.yaml': '644 theirs' });
    const first = `(...given) => { fs.mkdirSync('won'); fs.writeFileSync('won/README.md', 'theirs'); return real(...given); }`;
    const lost = await runWhile('mkdtempSync', first, ['won', '--yes']);
    expect(lost).toMatchObject({ exitCode: 1, stderr: `error: nothing was written to ${join(work, 'won')}: somebody else was writing there at the same time` });
    expect(snapshot(join(work, 'won'))).toEqual({ 'README.md': '644 theirs' });
  });
  it('on a disk that is full', () =>
    refusedBy(() => runWhile('mkdirSync', `(path, ...more) => { if (path.endsWith('below')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' }); return real(path, ...more); }`, ['above/below/shop', '--yes']), 1, 'the disk is full'));
  it('onto a file', async () => {
    writeFileSync(join(work, 'file'), '');
    await refused(['file', '--yes'], 2, 'file is a file');
    await refused(['file/below', '--yes'], 2, 'is a file');
  });
  it('with answers from nowhere', () => refused(['x', '--yes', '--config', 'none.yaml'], 2, 'there is no such file'));
  it('with wrong answers in a file', () => {
    writeFileSync(join(work, 'wrong.yaml'), 'mail: none\ncache: memcache\n');
    return refused(['x', '--yes', '--config', 'wrong.yaml'], 2, 'wrong.yaml:2:8: cache: "memcache" is none of');
  });
  it('with a directory for answers', async () => {
    await refused(['x', '--yes', '--config', '.'], 2, '--config .: it is a directory');
    await refusedBy(() => shell('pc x --yes --config - < .'), 2, '--config -: it is a directory');
  });
  it('with answers that do not end', () => refused(['x', '--yes', '--config', '/dev/zero'], 2, '/dev/zero: larger than 64 KB'));
  it('with malformed answers', () => refused(['x', '--yes', '--config', '-'], 2, 'standard input:2:1', 'cache: [\n'));
  it('with an unknown flag', () => refused(['x', '--yse'], 2, 'did you mean "--yes"'));
  it('without permission to write', async () => {
    if (process.getuid?.() === 0) {
      // root may write anywhere, except where the kernel does not let it
      await refused(['/proc/pycompose', '--yes'], 1, 'nothing was written to /proc/pycompose');
      return;
    }
    mkdirSync(join(work, 'locked'));
    chmodSync(join(work, 'locked'), 0o555);
    await refused(['locked/shop', '--yes'], 1, 'no permission');
  });
});
