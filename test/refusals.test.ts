/** What the program refuses: one line says why, and the disk is as it was. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshot } from './tools/package.ts';
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
  it('with answers that do not end', () => refused(['x', '--yes', '--config', '/dev/zero'], 2, '/dev/zero: larger than 256 KB'));
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
