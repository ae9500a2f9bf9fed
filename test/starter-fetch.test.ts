/** Where starters come from, and what of them is let in, trusted and run. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { UserError } from '../generators/errors/user-error.ts';
import { digestOf } from '../generators/starter/fetch/digest.ts';
import { userDirectories } from '../generators/starter/fetch/directories.ts';
import { fetchStarter, type Fetched, type Wanted } from '../generators/starter/fetch/fetch.ts';
import { readStarterDirectory } from '../generators/starter/fetch/read-directory.ts';
import { readPlainFile } from '../generators/starter/fetch/read-file.ts';
import { fromOf, parseSource } from '../generators/starter/fetch/source.ts';
import { entriesOfTarball } from '../generators/starter/fetch/tarball.ts';
import { runHooks } from '../generators/starter/trust/run-hooks.ts';
import { isTrusted, trust } from '../generators/starter/trust/trusted.ts';

jest.setTimeout(120_000);

const root = fileURLToPath(new URL('..', import.meta.url));
const home = realpathSync(mkdtempSync(join(tmpdir(), 'pycompose-starter-')));
let work: string;
beforeEach(() => {
  work = mkdtempSync(join(home, 'test-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const ENV = { ...process.env };
afterEach(() => {
  for (const key of Object.keys(process.env)) if (!(key in ENV)) delete process.env[key];
  Object.assign(process.env, ENV);
});

type Tree = Readonly<Record<string, string | Buffer>>;

const MINIMAL: Tree = { 'starter.yaml': 'name: acme\nversion: 1.0.0\n' };

function write(directory: string, files: Tree): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** The message of what is thrown, with its exit code. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
}

async function refusalOf(act: () => Promise<unknown>): Promise<string> {
  const result = await act().then(() => null, (error: unknown) => error);
  return refusal(() => {
    if (result !== null) throw result;
  });
}

const plain = (files: ReadonlyMap<string, string>): Record<string, string> => Object.fromEntries(files);
const get = (text: string, wanted: 'newest' | Wanted = 'newest', more: { readonly patience?: number; readonly cache?: string; readonly from?: string } = {}): Fetched => fetchStarter(parseSource(text), wanted, { from: work, cache: join(work, 'cache'), ...more });
const version = ({ files }: Fetched): string | undefined => /version: (.*)/.exec(files.get('starter.yaml') ?? '')?.[1];

describe('the text that names a starter', () => {
  it.each([
    ['./acme', 'path', './acme', null],
    ['../acme', 'path', '../acme', null],
    ['.', 'path', '.', null],
    ['..', 'path', '..', null],
    ['/srv/acme', 'path', '/srv/acme', null],
    ['C:\\acme', 'path', 'C:\\acme', null],
    ['c:/acme', 'path', 'c:/acme', null],
    ['.\\acme', 'path', '.\\acme', null],
    ['\\\\server\\share', 'path', '\\\\server\\share', null],
    ['acme/starter', 'path', 'acme/starter', null],
    ['Acme', 'path', 'Acme', null],
    ['my starters/a b', 'path', 'my starters/a b', null],
    ['./a@1', 'path', './a@1', null],
    ['.hidden', 'path', '.hidden', null],
    ['acme', 'package', 'acme', null],
    ['@acme/create-service', 'package', '@acme/create-service', null],
    ['acme@1.4.0', 'package', 'acme', '1.4.0'],
    ['@acme/x@^1.2', 'package', '@acme/x', '^1.2'],
    ['acme@>=1 <2 || 3.x', 'package', 'acme', '>=1 <2 || 3.x'],
    ['acme@latest', 'package', 'acme', 'latest'],
    ['@acme/x@next', 'package', '@acme/x', 'next'],
    ['git+https://git.example/acme/x.git', 'git', 'git+https://git.example/acme/x.git', null],
    ['git+https://git.example:8443/x#v1.4.0', 'git', 'git+https://git.example:8443/x#v1.4.0', 'v1.4.0'],
    ['git+ssh://git@git.example/acme/x.git#release/1.x', 'git', 'git+ssh://git@git.example/acme/x.git#release/1.x', 'release/1.x'],
    ['git+file:///srv/x.git#main', 'git', 'git+file:///srv/x.git#main', 'main'],
    ['git+https://git.example/x#a#b', 'git', 'git+https://git.example/x#a#b', 'a#b'],
  ])('%s is a %s', (text, kind, from, version) => {
    const source = parseSource(text);
    expect(source.kind).toBe(kind);
    expect(fromOf(source)).toBe(from);
    if (source.kind === 'package') expect(source.range).toBe(version);
    if (source.kind === 'git') expect([source.ref, source.url]).toEqual([version, text.slice(4).replace(/#.*/, '')]);
    // what pycompose.yaml keeps names the same
    expect(fromOf(parseSource(fromOf(source)))).toBe(from);
  });

  it.each([
    ['', 'has no name'],
    [' acme', 'white space around it'],
    ['./a\nb', 'control character'],
    ['acme\u009b', 'control character'],
    ['a'.repeat(1_001), 'longer than 1000'],
    ['--upload-pack=x', 'looks like a flag'],
    ['-x', './-x'],
    ['~/acme', 'only a shell reads'],
    ['~other/acme', 'only a shell reads'],
    ['acme@', 'no version behind the @: write acme, or'],
    ['acme@!', 'no version'],
    ['acme@-1', 'no version'],
    ['acme@npm:other@1', 'no version'],
    ['acme@file:../x', 'no version'],
    ['acme@https://x.example/y.tgz', 'no version'],
    ['@acme/x@git+ssh://x/y', 'no version'],
    ['https://git.example/acme/x', 'write git+https://git.example/acme/x for a git repository'],
    ['ssh://git@git.example/x', 'write git+ssh://git@git.example/x'],
    ['http://git.example/x', 'without encryption'],
    ['git://git.example/x', 'without encryption'],
    ['github:acme/x', 'is written git+https://github.com/acme/x.git'],
    ['gitlab:acme/x#v1', 'is written git+https://gitlab.com/acme/x.git#v1'],
    ['constructor:acme/x', 'begins with constructor:'],
    ['git@github.com:acme/x.git', 'is written git+ssh://git@github.com/acme/x.git'],
    ['me@git.example:x', 'is written git+ssh://me@git.example/x'],
    ['file:../x', 'write the directory by itself'],
    ['npm:acme@1', 'is written acme@1'],
    ['ext::sh -c id', 'begins with ext:'],
    ['git+http://git.example/x', 'write git+https://'],
    ['git+git://git.example/x', 'write git+https://'],
    ['git+ext::sh -c id', 'white space'],
    ['git+ext::id', 'reached by ext'],
    ['git+fd::7', 'reached by fd'],
    ['git+./x', 'is no address'],
    ['git+file:x', 'not taken'],
    ['git+https:git.example/x', 'not taken'],
    ['git+https://', 'is no address'],
    ['git+ssh:///x', 'names no host'],
    ['git+https://git.example', 'names no repository'],
    ['git+file://server/x', 'three slashes'],
    ['git+https://me:secret@git.example/x', 'has a login in it'],
    ['git+https://token@git.example/x', 'has a login in it'],
    ['git+ssh://git:secret@git.example/x', 'has a login in it'],
    ['git+https://git.example/x?token=1', 'has a query'],
    ['git+ssh://git@github.com:acme/x.git', 'write / between the host and the path'],
    ['git+ssh://-oProxyCommand=id/x', 'a dash at the start'],
    ['git+ssh://-x@git.example/x', 'a dash at the start'],
    ['git+https://git.example\\@evil.example/x', 'backslash'],
    ['git+https://git.example/x#', 'nothing behind the #'],
    ['git+https://git.example/x#semver:^1', 'only npm reads'],
    ...['--upload-pack=id', '+main', 'a:b', 'main:refs/heads/x', '^main', 'a..b', 'a b', 'HEAD~1', 'main@{1}', 'a*', 'x.lock', '/x', 'x/', '.x', 'a\\b', 'a?', 'a['].map((ref) => [`git+https://git.example/x#${ref}`, 'names no branch, tag or commit'] as const),
  ])('%j is refused: %s', (text, why) => {
    const message = refusal(() => parseSource(text));
    expect(message).toMatch(/^2: /);
    expect(message).toContain(why);
  });
});

describe('a directory', () => {
  const read = (files: Tree = {}): Record<string, string> => plain(readStarterDirectory(write(work, { ...MINIMAL, ...files }), './acme'));

  it('is read without what is not part of a starter', () => {
    const starter = { ...MINIMAL, 'package.json': '{}', 'templates/project/.editorconfig': 'x', 'templates/project/.github/a.yml': '\ufeffä\r\n', 'templates/project/test/dist/node_modules/x': '', 'hooks/a.sh': '#!/bin/sh\n', 'certs/ca.pem': 'PEM', 'fragments/compose.yaml': '{}' };
    const files = read({ ...starter, 'node_modules/x/index.js': 'no', '.git/config': 'no', 'test/a.bin': Buffer.from([0xff]), 'README.md': 'no', README: 'no', 'dist/x': 'no', '.idea/x': 'no', '.npmrc': 'no' });
    expect(files).toEqual(starter);
    expect(Object.keys(files)).toEqual(Object.keys(files).sort());
  });

  it('can be reached through links, with what is aside being anything', () => {
    write(join(work, 'real'), MINIMAL);
    symlinkSync('real', join(work, 'link'));
    symlinkSync('/', join(work, 'real/node_modules'));
    execFileSync('mkfifo', [join(work, 'real/.fifo')]);
    expect(plain(readStarterDirectory(join(work, 'link'), './link'))).toEqual(MINIMAL);
    expect(get('./link').directory).toBe(join(work, 'link'));
  });

  it.each<[string, () => void, string]>([
    ['a link to a file', () => symlinkSync('/etc/passwd', join(work, 'templates/x')), '2: templates/x in starter ./acme is a symbolic link'],
    ['a link to a directory', () => symlinkSync('/etc', join(work, 'templates/x')), '2: templates/x in starter ./acme is a symbolic link'],
    ['a link to nowhere', () => symlinkSync('nowhere', join(work, 'hooks')), '2: hooks in starter ./acme is a symbolic link'],
    ['a link in place of starter.yaml', () => [rmSync(join(work, 'starter.yaml')), symlinkSync('/etc/passwd', join(work, 'starter.yaml'))], '2: starter.yaml in starter ./acme is a symbolic link'],
    ['a FIFO', () => execFileSync('mkfifo', [join(work, 'templates/x')]), '2: templates/x in starter ./acme is no plain file'],
    ['a file of more than 1 MB', () => [writeFileSync(join(work, 'templates/x'), ''), truncateSync(join(work, 'templates/x'), 1024 ** 2 + 1)], 'is larger than 1 MB'],
    ['a sparse file of 1 TB', () => [writeFileSync(join(work, 'templates/x'), ''), truncateSync(join(work, 'templates/x'), 1024 ** 4)], 'is larger than 1 MB'],
    ['more than 16 MB', () => Array.from({ length: 17 }, (_, index) => writeFileSync(join(work, `templates/${index}`), 'x'.repeat(1024 ** 2))), 'more than 16 MB'],
    ['more than 2000 files', () => Array.from({ length: 1_999 }, (_, index) => writeFileSync(join(work, `templates/${index}`), '')), 'more than 2000 files'],
    ['more than 2000 directories', () => Array.from({ length: 2_001 }, (_, index) => mkdirSync(join(work, `templates/${index}`))), 'more than 2000 directories'],
    ['more entries than both', () => Array.from({ length: 4_001 }, (_, index) => writeFileSync(join(work, `templates/${index}`), '')), 'more than 4000 entries'],
    ['a deep directory', () => mkdirSync(join(work, 'templates', ...Array.from({ length: 20 }, () => 'd')), { recursive: true }), 'more than 20 directories deep'],
    ['a long path', () => mkdirSync(join(work, 'templates', 'a'.repeat(200), 'b'.repeat(200)), { recursive: true }), 'more than 400 characters'],
    ['bytes that are no text', () => writeFileSync(join(work, 'templates/logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])), '2: templates/logo.png in starter ./acme is no UTF-8 text'],
    ['bytes of zero', () => writeFileSync(join(work, 'templates/x'), 'a\0b'), 'is no UTF-8 text'],
    ['names that differ in case', () => [writeFileSync(join(work, 'templates/Read'), ''), writeFileSync(join(work, 'templates/read'), '')], '2: templates/read in starter ./acme differs from templates/Read in case alone'],
    ['directories that differ in case', () => [mkdirSync(join(work, 'Templates')), writeFileSync(join(work, 'templates/x'), '')], 'in starter ./acme differs from Templates in case alone'],
    ['names that differ in the form of Unicode', () => [writeFileSync(join(work, 'templates/\u00e4'), ''), writeFileSync(join(work, 'templates/a\u0308'), '')], 'in case alone'],
    ...['.git', '.GIT', '.git ', 'git~1', '.g\u200cit'].map((name): [string, () => void, string] => [`something of git's (${name})`, () => mkdirSync(join(work, 'templates/project', name), { recursive: true }), "is git's own"]),
    ['a backslash', () => writeFileSync(join(work, 'templates/a\\b'), ''), 'has a backslash in its name'],
    ['a control character', () => writeFileSync(join(work, 'templates/a\x1b[2Jb'), ''), 'has a control character'],
    ['a name that is no UTF-8', () => writeFileSync(Buffer.concat([Buffer.from(join(work, 'templates/')), Buffer.from([0xff])]), ''), 'no UTF-8'],
    ['a stream of Windows', () => writeFileSync(join(work, 'templates/a:b'), ''), 'Windows does not take'],
    ['a device of Windows', () => writeFileSync(join(work, 'templates/con.txt'), ''), 'a device'],
    ['no starter.yaml', () => rmSync(join(work, 'starter.yaml')), '2: ./acme holds no starter.yaml: '],
    ['starter.yaml as a directory', () => [rmSync(join(work, 'starter.yaml')), mkdirSync(join(work, 'starter.yaml'))], '2: ./acme holds no starter.yaml: '],
  ])('is refused with %s', (_what, make, why) => {
    write(work, { ...MINIMAL, 'templates/project/a': '' });
    make();
    expect(refusal(() => readStarterDirectory(work, './acme'))).toContain(why);
  });

  it('may be as large as its limits', () => {
    mkdirSync(join(work, 'templates', ...Array.from({ length: 17 }, () => 'd')), { recursive: true });
    Array.from({ length: 1_997 }, (_, index) => writeFileSync(join(work, `templates/${index}`), ''));
    const files = read({ 'templates/large': 'x'.repeat(1024 ** 2), [`templates/${'d/'.repeat(17)}x`]: 'deep' });
    expect(Object.keys(files)).toHaveLength(2_000);
  });

  it('has to be there, and a directory', () => {
    write(work, { file: '' });
    expect(refusal(() => get('./nowhere'))).toMatch(/^2: there is no starter \.\/nowhere: /);
    expect(refusal(() => get('./file'))).toMatch(/^2: starter \.\/file is a file/);
    expect(refusal(() => get('./file/x'))).toMatch(/^2: there is no starter/);
  });

  it.each<[string, (path: string) => void]>([
    ['a link', (path) => [rmSync(path), symlinkSync('other', path)]],
    ['a FIFO', (path) => [rmSync(path), execFileSync('mkfifo', [path])]],
    ['nothing', (path) => rmSync(path)],
    ['a directory', (path) => [rmSync(path), mkdirSync(path)]],
    ['another file', (path) => renameSync(join(dirname(path), 'other'), path)],
    ['a longer file', (path) => writeFileSync(path, 'longer')],
  ])('is not read where a file becomes %s meanwhile', (_what, become) => {
    const path = join(write(work, { file: 'file', other: 'else' }), 'file');
    const stats = lstatSync(path);
    expect(readPlainFile(path, stats)?.toString()).toBe('file');
    become(path);
    expect(readPlainFile(path, stats)).toBeNull();
  });

  it('is told apart by its digest', () => {
    const digest = (...files: readonly (readonly [string, string])[]): string => digestOf(new Map(files));
    const known = digest(['a', 'b'], ['c', 'd']);
    expect(known).toMatch(/^[0-9a-f]{64}$/);
    expect(digest(['c', 'd'], ['a', 'b'])).toBe(known);
    const others = [digest(['a', 'b']), digest(['a', 'bc'], ['d', '']), digest(['ab', ''], ['c', 'd']), digest(['a', 'b'], ['c', 'D']), digest(['a', 'b1\nc1\nd'])];
    expect(new Set([known, ...others]).size).toBe(6);
  });
});

describe('a git repository', () => {
  let repository: string;
  let url: string;
  const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', '-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false', '-C', repository, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const commit = (files: Tree): string => {
    write(repository, files);
    git('add', '--all', '--force');
    git('commit', '--quiet', '--message', 'x');
    return git('rev-parse', 'HEAD');
  };
  const store = (text: string | Buffer): string => execFileSync('git', ['-C', repository, 'hash-object', '-w', '--stdin'], { input: text, encoding: 'utf8' }).trim();
  /** Puts something into the index that no working tree could hold. */
  const stage = (mode: string, path: string, text = 'x'): void => {
    git('update-index', '--add', '--cacheinfo', `${mode},${mode === '160000' ? '1'.repeat(40) : store(text)},${path}`);
  };

  beforeEach(() => {
    repository = join(work, 'repository');
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
    url = `git+file://${repository}`;
  });

  it('is taken at its head, a branch, a tag or a commit, and later at that commit again', () => {
    const first = commit({ 'starter.yaml': 'version: 1.0.0\n', 'templates/project/a.txt': 'a\r\n' });
    git('tag', '--annotate', '--message', 'x', 'v1.0.0');
    git('branch', 'old');
    expect(get(url)).toMatchObject({ commit: first, files: new Map([['starter.yaml', 'version: 1.0.0\n'], ['templates/project/a.txt', 'a\r\n']]) });
    const second = commit({ 'starter.yaml': 'version: 1.1.0\n' });
    expect(get(url)).toMatchObject({ commit: second });
    for (const [at, wanted, sha] of [['', 'newest', second], ['#main', 'newest', second], ['#old', 'newest', first], ['#v1.0.0', 'newest', first], [`#${first}`, 'newest', first], ['#main', { version: '1.0.0', commit: first }, first], ['', { version: '1.0.0', commit: first }, first], ['', { version: '1.0.0' }, second]] as const) {
      for (const cache of ['cache', mkdtempSync(join(work, 'cache-'))]) {
        const fetched = get(`${url}${at}`, wanted, { cache: join(work, cache.replace(work, '')) });
        expect([fetched.commit, version(fetched)]).toEqual([sha, sha === first ? '1.0.0' : '1.1.0']);
        expect(plain(readStarterDirectory(fetched.directory, 'x'))).toEqual(plain(fetched.files));
      }
    }
  });

  it('is not asked again for a commit that is in the cache', () => {
    const sha = commit(MINIMAL);
    const fetched = get(url);
    renameSync(repository, `${repository}.away`);
    expect(get(url, { version: '1.0.0', commit: sha })).toEqual(fetched);
    expect(get(`${url}#${sha}`)).toEqual(fetched);
    expect(refusal(() => get(url))).toMatch(/^1: starter git\+file:.* cannot be fetched: git says '.*' does not appear to be a git repository; check /);
    expect(readdirSync(join(work, 'cache/tmp'))).toEqual([]);
  });

  it('is read with its history where the server gives no commit by its number', () => {
    const first = commit(MINIMAL);
    git('branch', 'other');
    commit({ 'starter.yaml': 'version: 2.0.0\n' });
    // the old protocol gives what a branch or a tag points to, and nothing else
    Object.assign(process.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'protocol.version', GIT_CONFIG_VALUE_0: '0' });
    git('branch', '--delete', 'other');
    expect(get(`${url}#main`, { version: '1.0.0', commit: first })).toMatchObject({ commit: first, files: new Map(Object.entries(MINIMAL)) });
  });

  it('says that a commit, a branch or the repository is not there', () => {
    commit(MINIMAL);
    expect(refusal(() => get(url, { version: '1.0.0', commit: '1'.repeat(40) }))).toMatch(/^1: starter .* cannot be fetched: commit 1{40} is not there any more; /);
    expect(refusal(() => get(url, { version: '1.0.0', commit: '--all' }))).toMatch(/^2: .* at commit "--all", which is none/);
    expect(refusal(() => get(`${url}#nope`))).toContain('it has no branch or tag nope; ');
    expect(refusal(() => get(`${url}#${'2'.repeat(40)}`))).toMatch(/^1: .*cannot be fetched: .*2{40}/);
    expect(refusal(() => get('git+https://127.0.0.1:1/x'))).toMatch(/^1: starter git\+https:\/\/127\.0\.0\.1:1\/x cannot be fetched: git says unable to access .*; check the address, the network/);
    commit({ 'starter.yml': 'x' });
    rmSync(join(repository, 'starter.yaml'));
    commit({});
    expect(refusal(() => get(url))).toMatch(/^2: git\+file:.* holds no starter\.yaml/);
    expect(existsSync(join(work, 'cache/git')) && readdirSync(join(work, 'cache/git')).length > 0).toBe(false);
  });

  it.each<[string, () => void, string]>([
    ['a link to a file', () => stage('120000', 'templates/x', '/etc/passwd'), '2: templates/x in starter URL is a symbolic link'],
    ['a link to a directory', () => stage('120000', 'templates', '..'), '2: templates in starter URL is a symbolic link'],
    ['a submodule', () => stage('160000', 'templates/sub'), '2: templates/sub in starter URL is a submodule'],
    ['names that differ in case', () => [stage('100644', 'templates/A'), stage('100644', 'templates/a')], 'differs from templates/A in case alone'],
    ['a large file', () => stage('100644', 'templates/x', 'x'.repeat(1024 ** 2 + 1)), 'is larger than 1 MB'],
    ['too many files', () => Array.from({ length: 20 }, (_, index) => index).forEach((outer) => addMany(outer)), 'more than 2000 files'],
    ['a name that is a flag of Windows', () => stage('100644', 'templates/a:b'), 'Windows does not take'],
  ])('is refused with %s', (_what, make, why) => {
    commit(MINIMAL);
    make();
    git('commit', '--quiet', '--message', 'x');
    expect(refusal(() => get(url)).replace(url, 'URL')).toContain(why);
    expect(existsSync(join(work, 'cache/git'))).toBe(false);
  });
  const addMany = (outer: number): void => {
    const blob = store('x');
    execFileSync('git', ['-C', repository, 'update-index', '--index-info'], { input: Array.from({ length: 101 }, (_, index) => `100644 ${blob}\ttemplates/${outer}/${index}\n`).join('') });
  };

  it.each(['..', '.git', '.', 'a/b'])('is refused with an entry %s that git itself would never make', (name) => {
    const sha = commit(MINIMAL);
    const entry = (mode: string, path: string, id: string): Buffer => Buffer.concat([Buffer.from(`${mode} ${path}\0`), Buffer.from(id, 'hex')]);
    const tree = (...entries: readonly Buffer[]): string => execFileSync('git', ['-C', repository, 'hash-object', '-w', '--literally', '-t', 'tree', '--stdin'], { input: Buffer.concat(entries), encoding: 'utf8' }).trim();
    const inner = tree(entry('100644', name, store('evil')));
    const outer = tree(entry('100644', 'starter.yaml', store('name: acme\n')), entry('40000', 'templates', inner));
    git('update-ref', 'refs/heads/main', git('commit-tree', outer, '-p', sha, '-m', 'x'));
    // a slash in a name makes a path like any other
    if (name === 'a/b') expect(get(url).files.get('templates/a/b')).toBe('evil');
    else expect(refusal(() => get(url))).toMatch(/^2: templates\/\.+(git)? in starter .* (leads elsewhere|is git's own)/);
  });

  it('has files whose names begin with a dash, executable ones, and no others than its own', () => {
    const marker = join(work, 'marker');
    write(join(work, 'template/hooks'), { 'post-checkout': `#!/bin/sh\ntouch ${marker}\n`, 'reference-transaction': `#!/bin/sh\ntouch ${marker}\n` });
    for (const name of ['post-checkout', 'reference-transaction']) chmodSync(join(work, 'template/hooks', name), 0o755);
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: '4',
      GIT_CONFIG_KEY_0: 'init.templateDir',
      GIT_CONFIG_VALUE_0: join(work, 'template'),
      GIT_CONFIG_KEY_1: 'core.hooksPath',
      GIT_CONFIG_VALUE_1: join(work, 'template/hooks'),
      GIT_CONFIG_KEY_2: 'filter.evil.smudge',
      GIT_CONFIG_VALUE_2: `touch ${marker}`,
      GIT_CONFIG_KEY_3: 'core.autocrlf',
      GIT_CONFIG_VALUE_3: 'true',
      // as in a hook of another repository
      GIT_DIR: join(work, 'nowhere'),
      GIT_INDEX_FILE: join(work, 'nowhere-too'),
      GIT_OBJECT_DIRECTORY: join(work, 'objects'),
    });
    const { GIT_DIR, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY = '', GIT_CONFIG_COUNT, ...env } = process.env;
    const clean = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', '-C', repository, ...args], { encoding: 'utf8', env });
    write(repository, { ...MINIMAL, '-rf': 'flag\n', 'templates/--output=x': 'a\nb\n', '.gitattributes': '* filter=evil\n', 'templates/.gitattributes': '* filter=evil export-ignore ident\n', 'hooks/a.sh': '#!/bin/sh\n', 'test/x': 'aside' });
    chmodSync(join(repository, 'hooks/a.sh'), 0o755);
    clean('-c', 'filter.evil.smudge=cat', 'add', '--all');
    clean('commit', '--quiet', '--message', 'x');
    const { files, directory } = get(url);
    expect(plain(files)).toEqual({ ...MINIMAL, '-rf': 'flag\n', 'templates/--output=x': 'a\nb\n', 'templates/.gitattributes': '* filter=evil export-ignore ident\n', 'hooks/a.sh': '#!/bin/sh\n' });
    expect(statSync(join(directory, 'hooks/a.sh')).mode & 0o111).toBe(0o111);
    expect(statSync(join(directory, 'starter.yaml')).mode & 0o111).toBe(0);
    expect(existsSync(marker)).toBe(false);
    expect(existsSync(GIT_OBJECT_DIRECTORY)).toBe(false);
  });

  it.each([
    ['ext', 'ext::touch MARKER '],
    ['http', 'http://127.0.0.1:1/'],
    ['git', 'git://127.0.0.1:1/'],
  ])('is not reached by %s, whatever the settings of git make of its address', (protocol, instead) => {
    const marker = join(work, 'marker');
    Object.assign(process.env, { GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: `url.${instead.replace('MARKER', marker)}.insteadOf`, GIT_CONFIG_VALUE_0: 'https://git.example/', GIT_CONFIG_KEY_1: 'protocol.allow', GIT_CONFIG_VALUE_1: 'always' });
    expect(refusal(() => get('git+https://git.example/x'))).toContain(`git says transport '${protocol}' not allowed`);
    expect(existsSync(marker)).toBe(false);
  });

  it('is fetched by many runs at once', async () => {
    commit({ ...MINIMAL, ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`templates/project/${index}`, `${index}\n`])) });
    const script = `import { fetchStarter } from './generators/starter/fetch/fetch.ts'; import { parseSource } from './generators/starter/fetch/source.ts';
      const { files, directory } = fetchStarter(parseSource(process.argv[1]), 'newest', { from: '/', cache: process.argv[2] }); console.log(files.size, directory);`;
    const runs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script, url, join(work, 'cache')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
        const [code] = (await once(child, 'close')) as [number];
        return `${code} ${output}`;
      }),
    );
    expect(new Set(runs).size).toBe(1);
    expect(runs[0]).toMatch(/^0 101 \//);
    expect(readdirSync(join(work, 'cache/tmp'))).toEqual([]);
  });

  it('is fetched again when its copy in the cache is not what was fetched', () => {
    const sha = commit({ ...MINIMAL, 'templates/project/a': 'right' });
    const { directory } = get(url);
    for (const spoil of [() => writeFileSync(join(directory, 'templates/project/a'), 'wrong'), () => rmSync(join(directory, 'starter.yaml')), () => symlinkSync('/etc/passwd', join(directory, 'x')), () => rmSync(join(directory, '../digest')), () => rmSync(directory, { recursive: true }), () => truncateSync(join(directory, '../digest'), 0)]) {
      spoil();
      const again = get(url, { version: '1.0.0', commit: sha });
      expect(again.directory).toBe(directory);
      expect(plain(again.files)).toEqual({ ...MINIMAL, 'templates/project/a': 'right' });
      expect(plain(readStarterDirectory(directory, 'x'))).toEqual(plain(again.files));
    }
    expect(readdirSync(join(work, 'cache/tmp'))).toEqual([]);
  });

  it('leaves what a killed run left to nobody', () => {
    commit(MINIMAL);
    const [old, young] = ['fetch-old', 'fetch-young'].map((name) => join(work, 'cache/tmp', name));
    for (const path of [old, young]) write(path ?? '', { x: '' });
    utimesSync(old ?? '', 0, 0);
    get(url);
    expect(readdirSync(join(work, 'cache/tmp'))).toEqual(['fetch-young']);
  });

  it('says that the cache cannot be written', () => {
    commit(MINIMAL);
    write(work, { file: '' });
    expect(refusal(() => get(url, 'newest', { cache: join(work, 'file/cache') }))).toMatch(/^1: the cache .*file\/cache cannot be written: /);
  });

  it('asks nobody for a login, and repeats none', () => {
    write(work, { 'bin/git': '#!/bin/sh\ncase "$*" in *" init "*) exit 0;; esac\n[ "$GIT_TERMINAL_PROMPT$LC_ALL" = 0C ] && echo "fatal: could not read Password for \'https://me:secret@git.example\': terminal prompts disabled" >&2\nprintf "\\033[31mfatal: https://me:secret@git.example is away\\n" >&2\nexit 128\n' });
    chmodSync(join(work, 'bin/git'), 0o755);
    process.env['PATH'] = `${join(work, 'bin')}:${process.env['PATH'] ?? ''}`;
    expect(refusal(() => get('git+https://git.example/x'))).toBe('1: starter git+https://git.example/x cannot be fetched: it wants a login; set up a credential helper of git, or use git+ssh://…');
    write(work, { 'bin/git': readFileSync(join(work, 'bin/git'), 'utf8').replace(/\n\[.*/, '') });
    expect(refusal(() => get('git+https://git.example/x'))).toContain(': git says https://git.example is away; check');
  });

  it('says that there is no git', () => {
    process.env['PATH'] = work;
    expect(refusal(() => get(url))).toMatch(/^1: starter .* cannot be fetched: there is no git here; install it/);
  });
});

describe('a package', () => {
  interface Published {
    readonly version: string;
    readonly tarball: Buffer;
    readonly tag?: string;
    /** What the registry has the digest of, unless it is the tarball itself. */
    readonly promised?: Buffer;
  }
  const SERVER = `
    const { createServer } = require('node:http'); const { parentPort } = require('node:worker_threads'); const { createHash } = require('node:crypto');
    let packages = {}; let requests = [];
    parentPort.on('message', (message) => { packages = message; requests = []; parentPort.postMessage('ready'); });
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url);
      if (path === '/-/requests') return response.end(JSON.stringify(requests));
      requests.push(path);
      if (path === '/slow') return;
      if (path === '/secret') return response.writeHead(401).end();
      const [, tarball] = /^\\/-\\/tarball\\/(.*)$/.exec(path) ?? [];
      const found = (name) => packages[name] ?? [];
      if (tarball !== undefined) { const [name, version] = tarball.split('::'); return response.end(Buffer.from(found(name).find((one) => one.version === version).tarball)); }
      const versions = found(path.slice(1));
      if (versions.length === 0) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      const name = path.slice(1); const base = 'http://127.0.0.1:' + server.address().port;
      const dist = ({ version, tarball, promised = tarball }) => ({ tarball: base + '/-/tarball/' + encodeURIComponent(name + '::' + version), integrity: 'sha512-' + createHash('sha512').update(Buffer.from(promised)).digest('base64') });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name, 'dist-tags': Object.fromEntries(versions.map(({ version, tag }) => [tag ?? 'latest', version])), versions: Object.fromEntries(versions.map((one) => [one.version, { name, version: one.version, hasInstallScript: true, scripts: { postinstall: 'exit 1' }, dist: dist(one) }])) }));
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  // in a thread of its own, since the main one waits for npm
  let server: Worker;
  let registry: string;
  beforeAll(async () => {
    server = new Worker(SERVER, { eval: true });
    const [port] = (await once(server, 'message')) as [number];
    registry = `http://127.0.0.1:${port}`;
  });
  afterAll(() => server.terminate());
  beforeEach(() => {
    Object.assign(process.env, { npm_config_registry: registry, npm_config_cache: join(home, 'npm-cache'), npm_config_userconfig: join(home, 'npmrc') });
  });

  const publish = async (packages: Readonly<Record<string, readonly Published[]>>): Promise<void> => {
    const ready = once(server, 'message');
    server.postMessage(packages);
    await ready;
  };
  const requests = async (): Promise<readonly string[]> => (await (await fetch(`${registry}/-/requests`)).json()) as string[];

  /** As npm packs it. */
  const packed = (name: string, version: string, files: Tree = {}, manifest: object = {}): Published => {
    const directory = write(mkdtempSync(join(work, 'package-')), { 'starter.yaml': `name: acme\nversion: ${version}\n`, ...files, 'package.json': JSON.stringify({ name, version, ...manifest }) });
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory], { cwd: directory });
    const file = readdirSync(directory).find((entry) => entry.endsWith('.tgz')) ?? '';
    return { version, tarball: readFileSync(join(directory, file)) };
  };

  type Member = { readonly path: string; readonly type?: string; readonly text?: string | Buffer; readonly target?: string; readonly prefix?: string };
  const member = ({ path, type = '0', text = '', target = '', prefix = '' }: Member): Buffer => {
    const [header, bytes] = [Buffer.alloc(512), Buffer.from(text)];
    for (const [at, value] of [[0, path], [100, '0000644\0'], [124, `${bytes.length.toString(8).padStart(11, '0')}\0`], [148, ' '.repeat(8)], [156, type], [157, target], [257, 'ustar\x0000'], [345, prefix]] as const) header.write(value, at);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
  };
  const tar = (...members: readonly Member[]): Buffer => gzipSync(Buffer.concat([...members.map(member), Buffer.alloc(1024)]));
  const STARTER: readonly Member[] = [{ path: 'package/package.json', text: '{"name":"acme","version":"1.0.0"}' }, { path: 'package/starter.yaml', text: 'name: acme\nversion: 1.0.0\n' }];

  it('comes from the registry in its newest or a wanted version, and the second time from the cache', async () => {
    const name = '@acme/create-service';
    const long = `templates/${'long/'.repeat(15)}${'ä'.repeat(60)}.txt`;
    await publish({ [name]: [packed(name, '1.0.0'), packed(name, '1.4.0', { 'templates/project/.editorconfig': 'x', [long]: 'long', 'test/x': 'no', 'hooks/a.sh': '#!/bin/sh\n' }), { ...packed(name, '2.0.0-rc.1'), tag: 'next' }] });
    const newest = get(name);
    expect(plain(newest.files)).toMatchObject({ 'starter.yaml': 'name: acme\nversion: 1.4.0\n', 'templates/project/.editorconfig': 'x', [long]: 'long', 'hooks/a.sh': '#!/bin/sh\n' });
    expect(newest.files.has('test/x')).toBe(false);
    expect(newest.commit).toBeUndefined();
    expect(newest.directory).toBe(join(work, 'cache/packages/@acme/create-service/1.4.0/files'));
    expect(version(get(`${name}@next`))).toBe('2.0.0-rc.1');
    expect(version(get(`${name}@>=1 <1.4`))).toBe('1.0.0');
    expect(version(get(name, { version: '1.0.0' }))).toBe('1.0.0');
    await publish({});
    for (const [text, wanted, expected] of [[name, { version: '1.0.0' }, '1.0.0'], [`${name}@1.4.0`, 'newest', '1.4.0'], [name, { version: '2.0.0-rc.1' }, '2.0.0-rc.1']] as const) expect(version(get(text, wanted))).toBe(expected);
    expect(await requests()).toEqual([]);
    // what is newest only the registry knows
    expect(refusal(() => get(name))).toMatch(/^1: starter @acme\/create-service cannot be fetched: the registry that npm asks has no package @acme\/create-service; /);
    expect(readdirSync(join(work, 'cache/tmp'))).toEqual([]);
  });

  it('runs none of its scripts, and brings nothing that it depends on', async () => {
    const marker = join(work, 'marker');
    const scripts = Object.fromEntries(['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'postpack', 'preprepare'].map((event) => [event, `touch ${marker}`]));
    await publish({ acme: [packed('acme', '1.0.0', { 'binding.gyp': '{}' }, { scripts, dependencies: { other: '1.0.0', evil: 'git+file:///nowhere' } })] });
    const { directory } = get('acme');
    expect(existsSync(marker)).toBe(false);
    expect(await requests()).not.toContain('/other');
    expect(existsSync(join(directory, 'node_modules'))).toBe(false);
  });

  it('says what is not there', async () => {
    await publish({ acme: [packed('acme', '1.0.0')], other: [packed('acme', '1.0.0')], changed: [{ ...packed('changed', '1.0.0'), version: '2.0.0' }], plain: [{ version: '1.0.0', tarball: tar({ path: 'package/package.json', text: '{"name":"plain","version":"1.0.0"}' }) }] });
    expect(refusal(() => get('acme', { version: '9.9.9' }))).toBe('1: starter acme@9.9.9 cannot be fetched: the registry that npm asks has no such version; npm view acme versions lists them');
    expect(refusal(() => get('acme@^2'))).toContain('has no such version');
    expect(refusal(() => get('nothere'))).toContain('has no package nothere; check its name, and which registry .npmrc gives it; a directory is written ./nothere');
    expect(refusal(() => get('acme', { version: '^1' }))).toMatch(/^2: .* in version "\^1", which is none/);
    expect(refusal(() => get('secret'))).toContain('wants a login; log in with npm login');
    expect(refusal(() => get('other'))).toContain('what the registry sent is no package other');
    expect(refusal(() => get('changed', { version: '2.0.0' }))).toContain('the registry sent version 1.0.0');
    expect(refusal(() => get('plain'))).toMatch(/^2: plain holds no starter\.yaml/);
    process.env['npm_config_registry'] = 'http://127.0.0.1:1';
    expect(refusal(() => get('acme'))).toMatch(/^1: starter acme cannot be fetched: the registry that npm asks cannot be reached \(ECONNREFUSED\); check the network/);
    expect(existsSync(join(work, 'cache/packages'))).toBe(false);
  });

  it('is not waited for without end', () => {
    const started = Date.now();
    expect(refusal(() => get('slow', 'newest', { patience: 3_000 }))).toBe('1: starter slow cannot be fetched: npm had no answer within 3 seconds; check the network, or give the directory of a copy');
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('has to be what the registry promises', async () => {
    const [one, other] = [packed('acme', '1.0.0'), packed('acme', '1.0.0', { 'templates/x': 'other' })];
    await publish({ acme: [{ ...one, promised: other.tarball }] });
    expect(refusal(() => get('acme'))).toMatch(/^1: starter acme cannot be fetched: npm says .*integrity/);
    expect(existsSync(join(work, 'cache/packages'))).toBe(false);
  });

  it('is asked for in the way that npm is told to, but for what would change the command', async () => {
    await publish({ acme: [packed('acme', '1.0.0')] });
    delete process.env['npm_config_registry'];
    write(work, { '.npmrc': `registry=${registry}\n`, 'package.json': JSON.stringify({ name: 'mine', version: '1.0.0', workspaces: ['a'] }), 'a/package.json': '{"name": "a", "version": "1.0.0"}', acme: 'a file of this name' });
    Object.assign(process.env, { npm_config_dry_run: 'true', npm_config_json: 'true', npm_config_loglevel: 'silent', npm_config_workspaces: 'true', npm_config_pack_destination: join(work, 'a') });
    expect(version(get('acme'))).toBe('1.0.0');
    expect(readdirSync(join(work, 'a'))).toEqual(['package.json']);
    Object.assign(process.env, { npm_config_offline: 'true', npm_config_cache: join(work, 'empty') });
    expect(refusal(() => get('acme'))).toContain('npm is told to stay offline');
  });

  it.each<[string, readonly Member[], string]>([
    ['a link', [{ path: 'package/templates/x', type: '2', target: '/etc/passwd' }], '2: templates/x in starter acme is a link'],
    ['a hard link', [{ path: 'package/templates/x', type: '1', target: '/etc/passwd' }], '2: templates/x in starter acme is a link'],
    ['a file through a link', [{ path: 'package/templates', type: '2', target: '/tmp' }, { path: 'package/templates/x' }], 'is a link'],
    ['a device', [{ path: 'package/templates/x', type: '3' }], 'is no plain file'],
    ['a FIFO', [{ path: 'package/templates/x', type: '6' }], 'is no plain file'],
    ['a way out', [{ path: 'package/../../x' }], '2: package/../../x in starter acme leads out of the package'],
    ['a way out in the middle', [{ path: 'package/templates/../../../x' }], 'leads out of the package'],
    ['a way out in a prefix', [{ path: 'x', prefix: 'package/../..' }], 'leads out of the package'],
    ['a way out in a long name', [{ path: '././@LongLink', type: 'L', text: 'package/../../x\0' }, { path: 'package/x' }], 'leads out of the package'],
    ['a way out in a pax header', [{ path: 'x', type: 'x', text: '27 path=package/../../evil\n' }, { path: 'package/x' }], 'leads out of the package'],
    ['an absolute path', [{ path: '/etc/cron.d/x' }], 'leads out of the package'],
    ['a backslash', [{ path: 'package/templates\\..\\..\\x' }], 'has a backslash'],
    ['something of git', [{ path: 'package/templates/.git/hooks/x' }], "is git's own"],
    ['a file twice', [{ path: 'package/starter.yaml', text: 'name: evil' }], 'is there twice'],
    ['a file that is a directory, too', [{ path: 'package/starter.yaml/x' }], 'is there twice'],
    ['names that differ in case', [{ path: 'package/Starter.yaml' }], 'differs from starter.yaml in case alone'],
    ['a large file', [{ path: 'package/templates/x', text: 'x'.repeat(1024 ** 2 + 1) }], 'is larger than 1 MB'],
    ['too many files', Array.from({ length: 1_999 }, (_, index) => ({ path: `package/templates/${index}` })), 'more than 2000 files'],
    ['more than 16 MB', Array.from({ length: 17 }, (_, index) => ({ path: `package/templates/${index}`, text: 'x'.repeat(1024 ** 2) })), 'more than 16 MB'],
    ['bytes that are no text', [{ path: 'package/templates/x', text: Buffer.from([0xff]) }], 'is no UTF-8 text'],
  ])('is refused with %s', async (_what, members, why) => {
    const before = readdirSync(home);
    await publish({ acme: [{ version: '1.0.0', tarball: tar(...STARTER, ...members) }] });
    expect(refusal(() => get('acme'))).toContain(why);
    expect(existsSync(join(work, 'cache/packages'))).toBe(false);
    expect(readdirSync(home).filter((name) => !before.includes(name) && name !== 'npm-cache')).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    ['empty', Buffer.from(''), 'is damaged'],
    ['no gzip', Buffer.from('PK'), 'is damaged'],
    ['no tar', gzipSync('x'.repeat(2_000)), 'is damaged'],
    ['cut off', gzipSync(member({ path: 'package/x', text: 'x'.repeat(600) }).subarray(0, 700)), 'is damaged'],
    ['a bomb', gzipSync(Buffer.alloc(200 * 1024 ** 2)), 'is larger than 128 MB'],
    ['a size that is no number', tarWithSize('\x80\0\0\0\0\0\0\0\0\0\0\x01'), 'is damaged'],
    ['changed on its way', gzipSync(Buffer.from(member({ path: 'package/x' }).toString('latin1').replace('package', 'packagf'), 'latin1')), 'is damaged'],
    ['a size without end', tarWithSize('77777777777\0'), 'is damaged'],
    ['a pax header with no length', tar({ path: 'x', type: 'x', text: 'path=x\n' }, { path: 'package/x' }), 'is damaged'],
    ['a pax header that is longer than itself', tar({ path: 'x', type: 'x', text: '99 path=x\n' }, { path: 'package/x' }), 'is damaged'],
    ['a pax header of length zero', tar({ path: 'x', type: 'x', text: '0 path=x\n' }, { path: 'package/x' }), 'is damaged'],
    ['a pax header with a size that is none', tar({ path: 'x', type: 'x', text: '11 size=-1\n' }, { path: 'package/x' }), 'is damaged'],
    ['a name that is no UTF-8', tar({ path: 'x', type: 'L', text: Buffer.from([0xff]) }, { path: 'package/x' }), 'is damaged'],
  ])('is refused when its tarball is %s', (_what, bytes, why) => {
    expect(refusal(() => entriesOfTarball(bytes, 'acme'))).toContain(`starter acme ${why}`);
  });
  /** The header says another size than that of the text. */
  function tarWithSize(size: string, text = '', before: Buffer = Buffer.alloc(0)): Buffer {
    const header = member({ path: 'package/x' });
    header.write(size, 124, 'latin1');
    header.write(' '.repeat(8), 148);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return gzipSync(Buffer.concat([before, header, Buffer.from(text.padEnd(text === '' ? 0 : 512, '\0'))]));
  }

  it('has the size that a pax header gives it', () => {
    const [entry] = entriesOfTarball(tarWithSize('00000000000\0', 'abc', member({ path: 'x', type: 'x', text: '10 size=3\n' })), 'acme');
    expect(Buffer.from(entry?.bytes ?? []).toString()).toBe('abc');
  });

  it('has the names that tar has for long ones', () => {
    const text = 'x';
    const long = `package/${'d/'.repeat(10)}${'n'.repeat(150)}`;
    const record = (body: string): string => {
      const length = body.length + 4;
      return `${length} ${body}`;
    };
    const entries = entriesOfTarball(
      tar({ path: 'pax_global_header', type: 'g', text: record(`comment=${'a'.repeat(100)}\n`) }, { path: 'package/', type: '5' }, { path: 'x', type: 'x', text: record(`path=${long}1\n`) }, { path: 'package/short', text }, { path: '././@LongLink', type: 'L', text: `${long}2\0` }, { path: 'package/short', text }, { path: 'end', prefix: 'package/begin', text }, { path: 'package/plain', text }),
      'acme',
    );
    expect(entries.map(({ path }) => `package/${path}`)).toEqual([`${long}1`, `${long}2`, 'package/begin/end', 'package/plain']);
  });

  describe('that is installed', () => {
    const install = (directory: string, version: string): void => {
      write(join(work, directory, 'node_modules/@acme/x'), { 'starter.yaml': `name: acme\nversion: ${version}\n`, 'package.json': JSON.stringify({ name: '@acme/x', version, main: './throws.js' }) });
    };
    beforeEach(() => {
      process.env['npm_config_registry'] = 'http://127.0.0.1:1';
      install('above', '1.2.0');
      install('above/project', '2.0.0');
      mkdirSync(join(work, 'above/project/deep/er'), { recursive: true });
    });
    const from = (): string => join(work, 'above/project/deep/er');

    it.each<[string, 'newest' | Wanted, string]>([
      ['@acme/x', 'newest', '2.0.0'],
      ['@acme/x@^2', 'newest', '2.0.0'],
      ['@acme/x@^1', 'newest', '1.2.0'],
      ['@acme/x', { version: '2.0.0' }, '2.0.0'],
      ['@acme/x', { version: '1.2.0' }, '1.2.0'],
    ])('%s (%j) is taken from there', (text, wanted, expected) => {
      const fetched = get(text, wanted, { from: from() });
      expect(version(fetched)).toBe(expected);
      expect(fetched.directory).toBe(join(work, expected === '2.0.0' ? 'above/project' : 'above', 'node_modules/@acme/x'));
    });

    it('is not taken when it is another version', () => {
      for (const [text, wanted] of [['@acme/x@^3', 'newest'], ['@acme/x', { version: '1.2.1' }], ['@acme/x@latest', 'newest']] as const) expect(refusal(() => get(text, wanted, { from: from() }))).toContain('cannot be reached');
    });

    it('can be a link, and has to be a starter', () => {
      cpSync(join(work, 'above/node_modules/@acme/x'), join(work, 'store/x'), { recursive: true });
      rmSync(join(work, 'above/project/node_modules/@acme/x'), { recursive: true });
      symlinkSync(join(work, 'store/x'), join(work, 'above/project/node_modules/@acme/x'));
      expect(version(get('@acme/x', 'newest', { from: from() }))).toBe('1.2.0');
      rmSync(join(work, 'store/x/starter.yaml'));
      expect(refusal(() => get('@acme/x', 'newest', { from: from() }))).toMatch(/^2: @acme\/x holds no starter\.yaml/);
    });
  });

  it('says that there is no npm', () => {
    process.env['PATH'] = work;
    delete process.env['npm_execpath'];
    expect(refusal(() => get('acme'))).toMatch(/^1: starter acme cannot be fetched: there is no npm here/);
  });
});

describe("the user's directories", () => {
  it.each<[NodeJS.Platform, Record<string, string>, string, string, string]>([
    ['linux', {}, '/home/me', '/home/me/.config/pycompose', '/home/me/.cache/pycompose'],
    ['linux', { XDG_CONFIG_HOME: '/x/c', XDG_CACHE_HOME: '/x/k' }, '/home/me', '/x/c/pycompose', '/x/k/pycompose'],
    ['linux', { XDG_CONFIG_HOME: 'c', XDG_CACHE_HOME: '' }, '/home/me', '/home/me/.config/pycompose', '/home/me/.cache/pycompose'],
    ['darwin', {}, '/Users/me', '/Users/me/.config/pycompose', '/Users/me/.cache/pycompose'],
    ['win32', { APPDATA: 'C:\\Users\\me\\AppData\\Roaming', LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\pycompose', 'D:\\Local\\pycompose\\Cache'],
    ['win32', { APPDATA: 'x', XDG_CONFIG_HOME: 'C:\\x' }, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\pycompose', 'C:\\Users\\me\\AppData\\Local\\pycompose\\Cache'],
  ])('on %s with %j are below %s', (platform, env, base, config, cache) => {
    expect(userDirectories(env, platform, base)).toEqual({ config, cache });
  });
});

describe('trust', () => {
  const digest = createHash('sha256').update('a').digest('hex');
  const acme = { name: 'acme', version: '1.4.0', digest };
  const config = (): string => join(work, 'home/.config/pycompose');
  const file = (): string => join(config(), 'trusted.json');

  it('is given to one content of a starter, and kept where nobody else writes', () => {
    expect(isTrusted(config(), acme)).toBe(false);
    expect(existsSync(join(work, 'home'))).toBe(false);
    const umask = process.umask(0);
    trust(config(), acme);
    process.umask(umask);
    trust(config(), { ...acme, name: '@acme/other' });
    trust(config(), acme);
    expect(isTrusted(config(), acme)).toBe(true);
    for (const other of [{ name: 'acme2' }, { version: '1.4.1' }, { digest: digest.replace(/./, 'f') }]) expect(isTrusted(config(), { ...acme, ...other })).toBe(false);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(config()).mode & 0o777).toBe(0o700);
    expect(readdirSync(config())).toEqual(['trusted.json']);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ trusted: [acme, { ...acme, name: '@acme/other' }] });
  });

  it.each(['', 'no', '[]', 'null', '{}', '{"trusted": {}}', '{"trusted": [null]}', '{"trusted": [{"name": "acme"}]}', `{"trusted": [{"name": "acme", "version": "1", "digest": "${'x'.repeat(64)}"}]}`])('is not taken from a damaged file (%s), which stays as it is', (text) => {
    write(config(), { 'trusted.json': text });
    for (const act of [() => isTrusted(config(), acme), () => trust(config(), acme)]) expect(refusal(act)).toBe(`1: ${file()} is damaged: mend it, or delete it to be asked again which starters to trust`);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });

  it('is not taken from a file that others can write, or that is none', () => {
    trust(config(), acme);
    chmodSync(file(), 0o666);
    expect(refusal(() => isTrusted(config(), acme))).toMatch(/^1: .*trusted\.json can be written by others/);
    rmSync(file());
    mkdirSync(file());
    expect(refusal(() => isTrusted(config(), acme))).toMatch(/^1: .*trusted\.json (cannot be read \(EISDIR\)|can be written)/);
    write(work, { 'no-directory': '' });
    expect(refusal(() => trust(join(work, 'no-directory/x'), acme))).toMatch(/^1: .*trusted\.json cannot be (read \(ENOTDIR\)|written)/);
  });
});

describe('hooks', () => {
  const lines: string[] = [];
  let starter: { name: string; version: string; directory: string };
  let project: string;
  beforeEach(() => {
    lines.length = 0;
    project = join(work, 'project');
    mkdirSync(project);
    starter = { name: 'acme', version: '1.4.0', directory: write(join(work, 'starter'), MINIMAL) };
  });
  const hook = (path: string, text: string, mode = 0o755): void => {
    write(starter.directory, { [path]: text });
    chmodSync(join(starter.directory, path), mode);
  };
  const run = (...hooks: readonly (readonly [string, ...string[]])[]): Promise<void> => runHooks(starter, hooks, project, (line) => lines.push(line));
  const seen = (name: string): string => readFileSync(join(project, name), 'utf8');

  it('run one after the other in the project, with its path and their arguments', async () => {
    hook('hooks/a.sh', '#!/bin/sh\npwd > seen; echo "$PYCOMPOSE_PROJECT" >> seen; echo "$MINE" >> seen; printf "%s|" "$@" >> seen; cat >> seen; sleep 0.1; echo a >> order\n');
    hook('hooks/b.mjs', "import { appendFileSync } from 'node:fs'; appendFileSync('order', `b ${process.argv.slice(2)}\\n`);", 0o644);
    hook('hooks/c.sh', 'echo c >> order\n', 0o644);
    hook('hooks/d', '#!/bin/sh\necho d >> order\n');
    process.env['MINE'] = 'my own';
    await run(['hooks/a.sh', '--new', '$(id); x', ''], ['hooks/b.mjs', '--x'], ['hooks/c.sh'], ['hooks/d']);
    expect(seen('seen')).toBe(`${project}\n${project}\nmy own\n--new|$(id); x||`);
    expect(seen('order')).toBe('a\nb --x\nc\nd\n');
    expect(lines).toEqual(['running hooks/a.sh --new $(id); x  of starter acme 1.4.0', 'running hooks/b.mjs --x of starter acme 1.4.0', 'running hooks/c.sh of starter acme 1.4.0', 'running hooks/d of starter acme 1.4.0']);
  });

  it('stop at the first that fails', async () => {
    hook('hooks/register.sh', '#!/bin/sh\necho x >> order; exit 3\n');
    expect(await refusalOf(() => run(['hooks/register.sh'], ['hooks/register.sh']))).toBe(`1: the project is written, but hook hooks/register.sh of starter acme 1.4.0 failed with exit code 3: see what it says above, then run it again by hand in ${project}`);
    expect(seen('order')).toBe('x\n');
    hook('hooks/kill.sh', '#!/bin/sh\nkill -9 $$\n');
    expect(await refusalOf(() => run(['hooks/kill.sh']))).toContain('was ended by SIGKILL');
  });

  it('leave standard output alone', () => {
    hook('hooks/a.sh', '#!/bin/sh\necho out; echo err >&2\n');
    const script = `import { runHooks } from './generators/starter/trust/run-hooks.ts'; await runHooks(JSON.parse(process.argv[1]), [['hooks/a.sh']], process.argv[2], (line) => process.stderr.write(line + '\\n'));`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script, JSON.stringify(starter), project], { cwd: root, encoding: 'utf8' });
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: 'running hooks/a.sh of starter acme 1.4.0\nout\nerr\n', status: 0 });
  });

  it.each<[string, string, string]>([
    ['a way out', '../x.sh', 'it is no file of the starter'],
    ['a way out in the middle', 'hooks/../../x.sh', 'it is no file of the starter'],
    ['an absolute path', '/bin/true', 'it is no file of the starter'],
    ['a program of the system', 'true', 'the starter has no such file'],
    ['nothing', '', 'it is no file of the starter'],
    ['the directory itself', '.', 'it is no file of the starter'],
    ['a directory', 'hooks', 'it is a directory'],
    ['a link', 'hooks/link.sh', 'it is a symbolic link'],
    ['something below a link', 'linked/x.sh', 'it is below the symbolic link linked'],
    ['a FIFO', 'hooks/fifo', 'it is no plain file'],
    ['what is not part of a starter', 'dist/x.sh', 'it is no file of the starter'],
    ['what is not executable', 'hooks/plain', 'it is not executable; chmod +x it'],
  ])('are not run when one is %s', async (_what, program, why) => {
    for (const path of ['x.sh', 'starter/dist/x.sh', 'starter/hooks/x.sh', 'elsewhere/x.sh']) {
      write(work, { [path]: `#!/bin/sh\ntouch ${join(work, 'marker')}\n` });
      chmodSync(join(work, path), 0o755);
    }
    hook('hooks/plain', 'x', 0o644);
    symlinkSync('x.sh', join(starter.directory, 'hooks/link.sh'));
    symlinkSync('../elsewhere', join(starter.directory, 'linked'));
    execFileSync('mkfifo', [join(starter.directory, 'hooks/fifo')]);
    expect(await refusalOf(() => run([program]))).toBe(`1: the project is written, but hook ${program} of starter acme 1.4.0 was not run: ${why}${program === 'hooks/plain' ? ' in the starter' : ''}`);
    expect(existsSync(join(work, 'marker'))).toBe(false);
    expect(lines).toEqual([]);
  });

  it('are not run when they cannot be started', async () => {
    hook('hooks/a.sh', '#!/nowhere/sh\n');
    expect(await refusalOf(() => run(['hooks/a.sh']))).toContain('cannot be started (ENOENT)');
    expect(await refusalOf(() => run(['hooks/a.sh', 'a\0b']))).toContain('cannot be started (ERR_INVALID_ARG_VALUE)');
  });

  it('are not run when they are not what is trusted any more', async () => {
    hook('hooks/a.sh', '#!/bin/sh\ntouch ran\n');
    const trusted = { ...starter, digest: digestOf(readStarterDirectory(starter.directory, 'acme')) };
    await runHooks(trusted, [['hooks/a.sh']], project, () => {});
    expect(existsSync(join(project, 'ran'))).toBe(true);
    rmSync(join(project, 'ran'));
    write(starter.directory, { 'hooks/lib.sh': 'evil' });
    expect(await refusalOf(() => runHooks(trusted, [['hooks/a.sh']], project, () => {}))).toMatch(/^1: the project is written, but the hooks of starter acme 1\.4\.0 were not run: its files have changed since they were trusted/);
    expect(existsSync(join(project, 'ran'))).toBe(false);
  });
});
