/** The packed tarball, installed and executed as a user would. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, snapshot, tarball, unpack, withoutSecrets } from './tools/package.ts';

let work: string;
let program: string;

beforeAll(async () => {
  ({ directory: work, bin: program } = await installed());
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function run(argv: string[], input = '') {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, ...argv], { cwd: work, input, reject: false });
  return { exitCode, stdout, stderr };
}

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
    expect(statSync(join(work, 'two/shop/secrets')).mode & 0o777).toBe(0o700);
    expect(one['run']).toMatch(/^755 #!\/bin\/sh\n/);
    expect(JSON.parse(one['.pycompose/base.json']?.slice(4) ?? '')).toMatchObject({ generator: '0.1.0', files: { 'compose.yaml': { ownership: 'managed' } } });
  });

  it('is repeated by its own answers file', async () => {
    await run(['three', '--yes', '--name', 'shop', '--cache', 'redis', '--service', 'api=fastapi']);
    const again = await run(['four', '--config', 'three/pycompose.yaml', '--yes']);
    expect(again.exitCode).toBe(0);
    expect(withoutSecrets(snapshot(join(work, 'four')))).toEqual(withoutSecrets(snapshot(join(work, 'three'))));
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

describe('a run that is refused leaves the disk as it was', () => {
  const refused = async (argv: string[], exitCode: number, message: string | RegExp, input = '') => {
    const before = readdirSync(work, { recursive: true }).sort();
    const result = await run(argv, input);
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
  it('onto a file', async () => {
    writeFileSync(join(work, 'file'), '');
    await refused(['file', '--yes'], 2, 'file is a file');
    await refused(['file/below', '--yes'], 2, 'is a file');
  });
  it('with answers from nowhere', () => refused(['x', '--yes', '--config', 'none.yaml'], 2, 'there is no such file'));
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
