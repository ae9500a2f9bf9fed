/** Starters with the packed program: its own `npm init`, trust, a user's defaults, and starters that mean harm. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Program, type Run } from './tools/program.ts';
import { ACME } from './tools/starters.ts';
import { KEY, Terminal } from './tools/terminal.ts';

jest.setTimeout(60_000);

let program: Program;
beforeAll(async () => {
  program = await Program.install();
});
afterAll(() => program.remove());

let count = 0;
/** A directory of its own for one test. */
function work(): string {
  const directory = join(program.directory, `work-${(count += 1)}`);
  mkdirSync(directory);
  return directory;
}

function write(directory: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** The user's directories are in the test's own. */
async function run(cwd: string, argv: readonly string[], bin = program.bin, env: Readonly<Record<string, string>> = {}): Promise<Run & { readonly milliseconds: number }> {
  const start = Date.now();
  const home = { HOME: join(cwd, 'home'), XDG_CONFIG_HOME: join(cwd, 'config'), XDG_CACHE_HOME: join(cwd, 'cache') };
  const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...argv], { cwd, input: '', reject: false, env: { ...home, ...env } });
  return { exitCode, stdout, stderr, milliseconds: Date.now() - start };
}

const BIN = "#!/usr/bin/env node\nimport { create } from 'create-pycompose';\nawait create({ starter: import.meta.url });\n";

/** A company's package beside ours, as npm lays them. */
function company(cwd: string, name: string, files: Readonly<Record<string, string>>): string {
  const modules = join(cwd, 'node_modules');
  mkdirSync(modules, { recursive: true });
  if (!existsSync(join(modules, 'create-pycompose'))) symlinkSync(join(program.directory, 'package'), join(modules, 'create-pycompose'));
  write(join(modules, name), { 'package.json': JSON.stringify({ name, version: '1.4.0', type: 'module', bin: 'bin.js' }), 'bin.js': BIN, ...files });
  return join(modules, name, 'bin.js');
}

describe("a company's own npm init", () => {
  const description = ACME.replace('version: 1.4.0\n', '');
  const files = { 'starter.yaml': description, 'templates/project/OWNERS.ejs': 'Ask <%= company.contact %>\n' };

  it('is three lines, and makes projects with its starter', async () => {
    const cwd = work();
    const bin = company(cwd, '@acme/create-service', files);
    expect(BIN.trimEnd().split('\n')).toHaveLength(3);
    const made = await run(cwd, ['shop', '--yes', '--cost-centre', '4711', '--service', 'log=audit'], bin);
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(made.stdout).toContain('Register the project: https://portal.acme.example/new');
    expect(made.stdout).toContain('npm init @acme/service shop -- --yes --service log=audit --cost-centre 4711');
    expect(readFileSync(join(cwd, 'shop/OWNERS'), 'utf8')).toBe('Ask platform@acme.example\n');
    expect(readFileSync(join(cwd, 'shop/pycompose.yaml'), 'utf8')).toContain('starters:\n  - from: "@acme/create-service"\n    version: 1.4.0\n');
  });

  it('takes all commands and flags', async () => {
    const cwd = work();
    const bin = company(cwd, '@acme/create-service', files);
    await run(cwd, ['shop', '--yes', '--cost-centre', '4711'], bin);
    const shop = join(cwd, 'shop');
    expect(await run(shop, ['service', 'log', '--framework', 'audit'], bin)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await run(shop, ['check'], bin)).toMatchObject({ exitCode: 0 });
    // ours finds the starter where npm has installed it
    expect(await run(shop, ['check'])).toMatchObject({ exitCode: 0 });
    expect((await run(cwd, ['--help'], bin)).stdout).toContain('--cost-centre TEXT');
    expect(JSON.parse((await run(cwd, ['--print-schema'], bin)).stdout)).toMatchObject({ properties: { own: { properties: { region: {} } } } });
    write(join(cwd, 'node_modules/@acme/create-service'), { 'package.json': JSON.stringify({ name: '@acme/create-service', version: '1.5.0', type: 'module' }), 'templates/project/OWNERS.ejs': 'Ask <%= company.owner %>\n' });
    expect(await run(shop, ['update'], bin)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(shop, 'OWNERS'), 'utf8')).toBe('Ask Platform Team\n');
    expect(readFileSync(join(shop, 'pycompose.yaml'), 'utf8')).toContain('version: 1.5.0');
  });

  it('stands under further starters, and --explain names the one that gave each value', async () => {
    const cwd = work();
    const bin = company(cwd, '@acme/create-service', files);
    write(join(cwd, 'team'), { 'starter.yaml': 'name: payments\nversion: 2.0.1\nanswers: { cache: { default: valkey } }\n' });
    write(join(cwd, 'config/pycompose'), { 'defaults.yaml': 'mail: none\ndatabase: mariadb\n' });
    const { stdout, exitCode } = await run(cwd, ['shop', '--starter', './team', '--cost-centre', '4711', '--explain', '--json'], bin);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      database: { value: 'postgres', from: 'starter acme 1.4.0, locked' },
      cache: { value: 'valkey', from: 'starter payments 2.0.1' },
      mail: { value: 'none', from: `${join(cwd, 'config/pycompose/defaults.yaml')}:1:1` },
      broker: { value: 'rabbitmq', from: 'default' },
      cost_centre: { value: '4711', from: '--cost-centre' },
    });
    await run(cwd, ['shop', '--yes', '--starter', './team', '--cost-centre', '4711'], bin);
    expect(readFileSync(join(cwd, 'shop/pycompose.yaml'), 'utf8')).toMatch(/starters:\n {2}- from: "@acme\/create-service"\n {4}version: 1\.4\.0\n {2}- from: \.\.\/team\n {4}version: 2\.0\.1\n/);
    expect(await run(join(cwd, 'shop'), ['check'], bin)).toMatchObject({ exitCode: 0 });
  });

  it('is never taken for a package of the name that a directory has, and is there once', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), { ...files, 'starter.yaml': ACME });
    expect(await run(cwd, ['shop', '--yes', '--starter', 'acme'])).toMatchObject({ exitCode: 2, stderr: 'error: --starter acme: there is a directory of that name: write ./acme for it' });
    expect((await run(cwd, ['shop', '--yes', '--starter', './acme', '--starter', './acme', '--cost-centre', '4711'])).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'shop/pycompose.yaml'), 'utf8').match(/from:/g)).toHaveLength(1);
  });

  it('is made again from the answers of a project', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), { ...files, 'starter.yaml': ACME });
    await run(cwd, ['shop', '--yes', '--starter', './acme', '--cost-centre', '4711', '--pci']);
    const again = await run(join(cwd, 'shop'), ['../copy', '--yes', '--config', 'pycompose.yaml', '--name', 'copy']);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(cwd, 'copy/pycompose.yaml'), 'utf8')).toMatch(/pci: true\n(.*\n)*.*from: \.\.\/acme\n/);
  });

  it('does not change a run without a starter by what the user prefers elsewhere', async () => {
    const cwd = work();
    write(join(cwd, 'config/pycompose'), { 'defaults.yaml': 'cache: none\nown: { cost_centre: 4711 }\n' });
    const { stdout } = await run(cwd, ['shop', '--yes']);
    // whoever pastes it has other preferences
    expect(stdout).toContain('npm init pycompose shop -- --yes --cache none');
    write(join(cwd, 'config/pycompose'), { 'defaults.yaml': 'cahce: none\n' });
    expect(await run(cwd, ['shop2', '--yes'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('defaults.yaml:1:1: unknown key "cahce"; did you mean "cache"?') });
  });
});

describe('programs of a starter', () => {
  const HOOK = "import { appendFileSync } from 'node:fs';\nappendFileSync('hooked', `${process.argv[2]}\\n`);\nconsole.log('registered');\n";
  const starter = { 'starter.yaml': 'name: acme\nversion: 1.0.0\nhooks: { create: [[hooks/register.mjs, new]], update: [[hooks/register.mjs, newer]] }\n', 'hooks/register.mjs': HOOK };

  it('do not run without trust: nothing is written, and one line says what they are', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), starter);
    const refused = await run(cwd, ['shop', '--yes', '--starter', './acme']);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: 'error: starter acme 1.0.0 wants to run hooks/register.mjs new on this machine, and nothing was written: say --trust if you trust it' });
    expect(existsSync(join(cwd, 'shop'))).toBe(false);
    expect(await run(cwd, ['shop', '--dry-run', '--starter', './acme'])).toMatchObject({ exitCode: 0 });
  });

  it('run in the project with --trust, with their output apart from ours', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), starter);
    const made = await run(cwd, ['shop', '--yes', '--json', '--trust', '--starter', './acme']);
    expect(made.exitCode).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ written: true });
    expect(made.stderr).toContain('registered');
    expect(readFileSync(join(cwd, 'shop/hooked'), 'utf8')).toBe('new\n');
    write(join(cwd, 'acme'), { 'starter.yaml': starter['starter.yaml'].replace('1.0.0', '1.1.0'), 'templates/project/X': 'x\n' });
    const shop = join(cwd, 'shop');
    expect(await run(shop, ['update'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('wants to run hooks/register.mjs newer') });
    expect(existsSync(join(shop, 'X'))).toBe(false);
    expect(await run(shop, ['update', '--trust'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(shop, 'hooked'), 'utf8')).toBe('new\nnewer\n');
    expect(await run(shop, ['update', '--trust'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(shop, 'hooked'), 'utf8')).toBe('new\nnewer\n');
  });

  it('are asked about once for each version, at a terminal', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), starter);
    const start = (argv: string): Terminal => new Terminal(`XDG_CONFIG_HOME='${join(cwd, 'config')}' '${process.execPath}' '${program.bin}' ${argv}`, cwd);
    const answers = '--config a.yaml';
    write(cwd, { 'a.yaml': 'name: one\nservices: { web: django }\ndatabase: none\ncache: none\nmail: none\nbroker: none\nbeat: false\nproxy: none\npython: "3.14"\nexample: false\n' });
    const first = start(`one ${answers} --starter ./acme`);
    await first.at('wants to run on this machine', KEY.down, KEY.down, KEY.enter);
    expect(await first.end()).toMatchObject({ exitCode: 130, screen: expect.stringContaining('cancelled; nothing was written') });
    expect(existsSync(join(cwd, 'one'))).toBe(false);
    const second = start(`two ${answers} --starter ./acme`);
    await second.at('wants to run on this machine', KEY.enter);
    expect(await second.end()).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(cwd, 'two/hooked'))).toBe(true);
    expect(await start(`three ${answers} --starter ./acme`).end()).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(cwd, 'three/hooked'))).toBe(true);
    // the same version with another content is another starter
    write(join(cwd, 'acme'), { 'hooks/register.mjs': `${HOOK}// more\n` });
    const fourth = start(`four ${answers} --starter ./acme`);
    await fourth.at('wants to run on this machine', KEY.down, KEY.enter);
    expect(await fourth.end()).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(cwd, 'four/hooked'))).toBe(false);
  });

  it('that fail are named, and the project is there', async () => {
    const cwd = work();
    write(join(cwd, 'acme'), { ...starter, 'hooks/register.mjs': 'process.exit(3);\n' });
    const made = await run(cwd, ['shop', '--yes', '--trust', '--starter', './acme']);
    expect(made).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('the project is written, but hook hooks/register.mjs of starter acme 1.0.0 failed with exit code 3') });
    expect(existsSync(join(cwd, 'shop/compose.yaml'))).toBe(true);
  });
});

describe('a starter that means harm ends in one line, with nothing written', () => {
  const small = (more = ''): string => `name: evil\nversion: 6.6.6\n${more}\n`;
  const template = (text: string): Readonly<Record<string, string>> => ({ 'starter.yaml': small(), 'templates/project/x.ejs': text });

  it.each<readonly [string, Readonly<Record<string, string | Buffer>>, RegExp]>([
    ['an endless loop', template('<% while (true) {} %>'), /templates\/project\/x\.ejs:1: does not end/],
    ['an endless loop in native code', template('<% [].indexOf.call({ length: 2 ** 53 - 1 }, 1) %>'), /templates\/project\/x\.ejs/],
    ['a regular expression that explodes', template('<% /(a+)+$/.test("a".repeat(40) + "b") %>'), /templates\/project\/x\.ejs/],
    ['more memory than there is', template('<% const all = []; for (;;) all.push("x".repeat(1e6)) %>'), /needs more than 64 MB/],
    ['more text than there is room for', template('<%= "x".repeat(2e6) %>'), /prints more than 1 MB/],
    ['an exception', template('\n\n<% throw new Error("no\\nway") %>'), /templates\/project\/x\.ejs:3: no way/],
    ['bad syntax', template('<% if ( %>'), /templates\/project\/x\.ejs/],
    ['a look at the environment', template('<%= process.env.HOME %>'), /'process' is not defined/],
    ['a way to functions of the machine', template('<%= [].constructor.constructor("return process")().env.HOME %>'), /'process' is not defined/],
    ['a module', template('<%= require("fs").readFileSync("/etc/passwd") %>'), /'require' is not defined/],
    ['an include', template('<%- include("/etc/passwd") %>'), /templates\/project\/x\.ejs/],
    ['a clock', template('<%= Date.now() %>'), /templates\/project\/x\.ejs:1: .*clock/],
    ['chance', template('<%= Math.random() %>'), /templates\/project\/x\.ejs:1: .*chance/],
    ['a file outside of the project', { 'starter.yaml': small(), 'templates/project/_git/hooks/pre-commit': '#!/bin/sh\n' }, /it would lie outside of the project/],
    ['secrets of its own', { 'starter.yaml': small(), 'templates/project/secrets/web_secret_key': 'known' }, /that file is no template/],
    ['a giant file', { 'starter.yaml': small(), 'templates/project/x': Buffer.alloc(2 * 1024 * 1024, 'x') }, /is larger than 1 MB/],
    ['a file that is no text', { 'starter.yaml': small(), 'templates/project/x': Buffer.from([0xff, 0xfe, 0x00]) }, /templates\/project\/x/],
    ['a YAML bomb', { 'starter.yaml': 'a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n' }, /anchors are not taken/],
    ['a bomb in a fragment', { 'starter.yaml': small(), 'fragments/compose.yaml': 'services:\n  web: &a { labels: { a: x } }\n  worker: *a\n' }, /anchors are not taken/],
    ['a fragment that is no Compose', { 'starter.yaml': small(), 'fragments/compose.yaml': 'servcies: {}\n' }, /fragments\/compose\.yaml:1:1: unknown key "servcies"; did you mean "services"\?/],
    ['a fragment that loops', { 'starter.yaml': small(), 'fragments/compose.yaml': 'services:\n  web:\n    labels:\n      a: "<% for (;;); %>"\n' }, /fragments\/compose\.yaml.*does not end/],
    ['a prototype', { 'starter.yaml': small('answers: { __proto__: { locked: x } }') }, /there is no question "__proto__"/],
    ['a program of the system as a hook', { 'starter.yaml': small('hooks: { create: [[/bin/sh, -c, "touch /tmp/pycompose-owned"]] }') }, /is no file below hooks/],
    ['a program without trust', { 'starter.yaml': small('hooks: { create: [[hooks/x.sh]] }'), 'hooks/x.sh': 'touch owned\n' }, /wants to run hooks\/x\.sh on this machine/],
    ['terminal codes in its reasons', { 'starter.yaml': small('answers: { database: { locked: mariadb, because: "\\e[2J\\e]0;owned\\a" } }') }, /locks it to mariadb: \\x1b\[2J/],
  ])('%s', async (name, files, expected) => {
    const cwd = work();
    write(join(cwd, 'evil'), files);
    const before = readdirSync(cwd);
    const refused = await run(cwd, ['shop', '--yes', '--starter', './evil', ...(name.startsWith('terminal') ? ['--database', 'postgres'] : [])]);
    expect(refused.stderr).toMatch(expected);
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(refused.stderr).not.toContain('\x1b[2J');
    expect([1, 2]).toContain(refused.exitCode);
    expect(refused.stdout).toBe('');
    expect(readdirSync(cwd)).toEqual(before);
    expect(refused.milliseconds).toBeLessThan(30_000);
  });

  it.each<readonly [string, (directory: string) => void, RegExp]>([
    ['a link to a file of the machine', (directory) => symlinkSync('/etc/passwd', join(directory, 'templates/project/x')), /templates\/project\/x.*link/],
    ['a link to a directory of the machine', (directory) => symlinkSync('/etc', join(directory, 'templates/project/etc')), /templates\/project\/etc.*link/],
    ['a description that is a link', (directory) => symlinkSync('/etc/passwd', join(directory, 'starter.yaml')), /starter\.yaml.*link/],
  ])('%s', async (name, make, expected) => {
    const cwd = work();
    write(join(cwd, 'evil'), { 'templates/project/y': 'y', ...(name.startsWith('a description') ? {} : { 'starter.yaml': small() }) });
    make(join(cwd, 'evil'));
    const refused = await run(cwd, ['shop', '--yes', '--starter', './evil']);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(expected) });
    expect(existsSync(join(cwd, 'shop'))).toBe(false);
  });

  it('a FIFO, which nobody ever writes to', async () => {
    const cwd = work();
    write(join(cwd, 'evil'), { 'starter.yaml': small(), 'templates/project/y': 'y' });
    await execa('mkfifo', [join(cwd, 'evil/templates/project/x')]);
    expect(await run(cwd, ['shop', '--yes', '--starter', './evil'])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('templates/project/x') });
  });

  it('a directory that cannot be read', async () => {
    const cwd = work();
    write(join(cwd, 'evil'), { 'starter.yaml': small(), 'templates/project/y': 'y' });
    chmodSync(join(cwd, 'evil/templates'), 0);
    const refused = await run(cwd, ['shop', '--yes', '--starter', './evil']);
    chmodSync(join(cwd, 'evil/templates'), 0o755);
    // root reads it all the same
    expect([0, 1]).toContain(refused.exitCode);
    expect(existsSync(join(cwd, 'shop'))).toBe(refused.exitCode === 0);
  });

  it.each([
    ['./nowhere', /nowhere/],
    ['https://example.com/x.git', /write git\+https:\/\/example\.com\/x\.git/],
    ['git+ext::sh -c touch% owned', /git\+ext/],
    ['git+http://example.com/x.git', /https/],
    ['-x', /looks like a flag: write a directory as \.\/-x/],
  ])('a source like %s', async (source, expected) => {
    const cwd = work();
    const refused = await run(cwd, ['shop', '--yes', '--starter', source]);
    expect(refused).toMatchObject({ stdout: '', stderr: expect.stringMatching(expected) });
    expect([1, 2]).toContain(refused.exitCode);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
