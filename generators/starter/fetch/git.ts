/**
 * Has git fetch one commit of a repository, and takes its files from git's own store: nothing is checked out, so that
 * no link is made, no hook and no filter is run, and the bytes are the same on every system.
 */
import { join } from 'node:path';
import { textOf } from '../../plan/seen.ts';
import { isOfStarter } from './contents.ts';
import type { Entry } from './entry.ts';
import { notFetched, notRun, saidBy } from './failure.ts';
import { limitsFor } from './limits.ts';
import { runProgram, type Result } from './run-program.ts';

/** A repository of our own that git has fetched into. */
export interface Repository {
  readonly directory: string;
  readonly shown: string;
  readonly patience: number;
}

const SETTINGS = [
  // runs any program that an address names
  'protocol.ext.allow=never',
  // where a server sends git on to, too
  'protocol.http.allow=never',
  'protocol.git.allow=never',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'submodule.recurse=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** A hook of git that runs us says which repository it is for; ours is another. */
const OTHERS = /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|QUARANTINE_PATH)$/i;

/** @param work an empty directory */
export function makeRepository(work: string, shown: string, patience: number): Repository {
  const repository = { directory: join(work, 'repository'), shown, patience };
  // without what a template of the user's would put into it
  expectDone(repository, git(repository, ['init', '--quiet', '--bare', '--template=', repository.directory]));
  return repository;
}

/**
 * @param ref a branch, a tag or a commit; null for what the repository calls its head
 * @returns the commit
 */
export function fetchRef(repository: Repository, url: string, ref: string | null): string {
  expectDone(repository, fetchInto(repository, url, ref, ['--depth=1']));
  return fetchedCommit(repository);
}

/**
 * @param ref where the commit was found once: not every server gives a commit by its number
 * @throws UserError (failure) when it is not there any more
 */
export function fetchCommit(repository: Repository, url: string, ref: string | null, commit: string): void {
  const direct = fetchInto(repository, url, commit, ['--depth=1']);
  if (direct.kind === 'done' && fetchedCommit(repository) === commit) return;
  if (direct.kind !== 'done' && direct.kind !== 'failed') throw notRun(repository.shown, 'git', direct, repository.patience);
  // all that the branch has ever had, unless that one is the commit itself
  if (ref !== commit) expectDone(repository, fetchInto(repository, url, ref, []));
  if (git(repository, ['cat-file', '-e', `${commit}^{commit}`]).kind !== 'done') throw notFetched(repository.shown, `commit ${commit} is not there any more`, 'take a newer one, or ask whoever maintains it');
}

export function entriesOfCommit(repository: Repository, commit: string): readonly Entry[] {
  const limits = limitsFor(repository.shown);
  const listing = textOf(expectDone(repository, git(repository, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit])));
  if (listing === null) throw notFetched(repository.shown, 'it has names that are no UTF-8', 'rename them there');
  const files = listing.split('\0').flatMap((line) => {
    const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
    if (path === '' || !isOfStarter(path)) return [];
    if (mode === '120000') limits.refuse(path, 'is a symbolic link, which is not followed: put the file itself there');
    if (mode === '160000') limits.refuse(path, 'is a submodule, which is not fetched: put its files there');
    limits.file(path, Number(size));
    return [{ path, id, executable: mode === '100755' }];
  });
  const input = files.map(({ id }) => `${id}\n`).join('');
  const blobs = blobsOf(expectDone(repository, git(repository, ['cat-file', '--batch'], input)));
  return files.map(({ path, executable }, index) => ({ path, executable, bytes: blobs[index] ?? new Uint8Array() }));
}

/** Each as `id blob size`, a line end, its bytes, and a line end. */
function blobsOf(output: Buffer): readonly Buffer[] {
  const blobs: Buffer[] = [];
  for (let offset = 0; offset < output.length; ) {
    const end = output.indexOf(0x0a, offset);
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', offset, end))?.[1]);
    if (end < 0 || Number.isNaN(size)) throw new Error('git cat-file --batch has an output of its own');
    blobs.push(output.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return blobs;
}

function fetchInto(repository: Repository, url: string, ref: string | null, depth: readonly string[]): Result {
  return git(repository, ['fetch', '--quiet', ...depth, '--no-tags', '--no-recurse-submodules', '--', url, ref ?? 'HEAD']);
}

function fetchedCommit(repository: Repository): string {
  return expectDone(repository, git(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', 'FETCH_HEAD^{commit}'])).toString('latin1').trim();
}

function git({ directory, patience }: Repository, args: readonly string[], input?: string): Result {
  const own = Object.fromEntries(Object.entries(process.env).filter(([key]) => !OTHERS.test(key)));
  // nobody is asked for a password: our prompts have the terminal; and what git says is read here
  const env = { ...own, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const command = { program: 'git', args: [...SETTINGS, `--git-dir=${directory}`, ...args], cwd: join(directory, '..'), env, patience };
  return runProgram(input === undefined ? command : { ...command, input });
}

function expectDone({ shown, patience }: Repository, result: Result): Buffer {
  if (result.kind === 'done') return result.output;
  if (result.kind !== 'failed') throw notRun(shown, 'git', result, patience);
  throw refused(shown, result.lines);
}

function refused(shown: string, lines: readonly string[]): Error {
  const text = lines.join('\n');
  const ref = /couldn't find remote ref (\S+)/i.exec(text)?.[1];
  if (ref === 'HEAD') return notFetched(shown, 'it has no branch that it begins with', 'name a branch or a tag behind a #');
  if (ref !== undefined) return notFetched(shown, `it has no branch or tag ${ref}`, 'check its name; a commit is written with all of its digits');
  if (/terminal prompts disabled/.test(text)) return notFetched(shown, 'it wants a login', 'set up a credential helper of git, or use git+ssh://…');
  const own = lines.filter((line) => !/^(hint|warning):|^Please make sure|^and the repository exists|Could not read from remote repository/.test(line));
  // without one of git's own, what ssh has said
  const telling = own.findLast((line) => /^(fatal|error|remote): /i.test(line)) ?? own.at(-1) ?? lines.at(-1) ?? '';
  return notFetched(shown, `git says ${saidBy(telling.replace(/^(fatal|error): /i, ''))}`, 'check the address, the network and your access to it');
}
