/** Changing a project that exists: all or nothing, whatever breaks, and back again. */
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, UserError } from '../generators/errors/user-error.ts';
import { applyChanges } from '../generators/journal/apply.ts';
import type { Change } from '../generators/journal/change.ts';
import { realDisk, type Disk } from '../generators/journal/disk.ts';
import { look } from '../generators/journal/found.ts';
import { self, type Holder } from '../generators/journal/holder.ts';
import { readJournal } from '../generators/journal/journal.ts';
import { withLock } from '../generators/journal/lock.ts';
import { interrupted, recover } from '../generators/journal/recover.ts';
import { lastRun, undo } from '../generators/journal/undo.ts';
import { countingDisk, failingAt, failingThenKilledAt, killedAt, meddlingDisk, type Call } from './tools/broken-disk.ts';

jest.setTimeout(60_000);

// thousands of runs, each of which waits for the disk: in memory where there is such a place
const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pycompose-journal-'));
const root = join(work, 'shop');
const state = join(root, '.pycompose/state');
const INFO = { command: 'pycompose add api', generator: '1.2.3' };

type Entry = readonly ['file', string, number] | readonly ['link', string] | readonly ['directory', number];
type Tree = Readonly<Record<string, Entry>>;

const KEPT: Tree = {
  '.pycompose': ['directory', 0o755],
  'mine': ['directory', 0o711],
  'mine/empty': ['directory', 0o755],
  'mixed': ['directory', 0o755],
  'mixed/notes': ['file', 'mine', 0o600],
  'moved': ['directory', 0o755],
  'services': ['directory', 0o755],
  'services/web': ['directory', 0o755],
};
const OLD: Tree = {
  ...KEPT,
  '.pycompose/base.json': ['file', '{}', 0o644],
  'compose.yaml': ['file', 'old compose', 0o640],
  'link': ['link', 'mine/empty'],
  'mixed/gone': ['file', 'bye', 0o644],
  'moved/old': ['file', 'a name', 0o644],
  'run': ['file', '#!/bin/sh', 0o644],
  'services/old': ['directory', 0o750],
  'services/old/pkg': ['directory', 0o700],
  'services/old/pkg/link': ['link', '../nowhere'],
  'services/old/pkg/mod.py': ['file', 'secret', 0o400],
  'services/web/app.py': ['file', 'old app', 0o444],
};
const NEW: Tree = {
  ...KEPT,
  '.pycompose/base.json': ['file', '{"new": true}', 0o644],
  'compose.yaml': ['file', 'new compose', 0o644],
  'link': ['file', 'no link', 0o644],
  'mine/empty/now': ['file', 'full', 0o644],
  'moved/new': ['file', 'a name', 0o644],
  'run': ['file', '#!/bin/sh', 0o755],
  'secrets': ['directory', 0o700],
  'secrets/key': ['file', 'generated', 0o644],
  'services/api': ['directory', 0o755],
  'services/api/src': ['directory', 0o755],
  'services/api/src/main.py': ['file', '', 0o755],
  'services/web/app.py': ['file', 'new app', 0o444],
};

function build(tree: Tree): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  for (const [path, entry] of Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const full = join(root, path);
    if (entry[0] === 'link') symlinkSync(entry[1], full);
    else if (entry[0] === 'directory') mkdirSync(full);
    else writeFileSync(full, entry[1]);
    if (entry[0] !== 'link') chmodSync(full, entry[0] === 'file' ? entry[2] : entry[1]);
  }
}

/** All that is in the project, but the state directory. */
function tree(): Tree {
  const found: Record<string, Entry> = {};
  const walk = (above: string): void => {
    for (const name of readdirSync(join(root, above))) {
      const path = join(above, name);
      if (path === '.pycompose/state') continue;
      const full = join(root, path);
      const stats = lstatSync(full);
      const mode = stats.mode & 0o7777;
      if (stats.isSymbolicLink()) found[path] = ['link', readlinkSync(full)];
      else if (!stats.isDirectory()) found[path] = ['file', readFileSync(full, 'utf8'), mode];
      else {
        found[path] = ['directory', mode];
        walk(path);
      }
    }
  };
  walk('');
  return found;
}

const text = (value: Tree): string => JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
const [oldText, newText] = [text(OLD), text(NEW)];

/** Which of the two the project is; anything else fails, and shows how. */
function which(): 'old' | 'new' {
  const now = text(tree());
  if (now === newText) return 'new';
  if (now !== oldText) expect(tree()).toEqual(OLD);
  return 'old';
}

function change(path: string, after: Entry | undefined): Change {
  const sight = look(root, path);
  if (sight.kind === 'blocked') throw new Error(path);
  return { path, before: sight.found, after: after?.[0] === 'file' ? { bytes: Buffer.from(after[1]), mode: after[2] } : null };
}

const isDirectory = (entry: Entry | undefined): boolean => entry?.[0] === 'directory';

/** What makes NEW of OLD, where the project is OLD. */
const changes = (): readonly Change[] =>
  [...new Set([...Object.keys(OLD), ...Object.keys(NEW)])]
    .filter((path) => !isDirectory(OLD[path]) && !isDirectory(NEW[path]) && !(path in KEPT))
    .map((path) => change(path, NEW[path]));

build(OLD);
const CHANGES = changes();
const apply = (disk?: Disk): void => applyChanges(root, CHANGES, INFO, disk);

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error ?? 'nothing';
  }
  return null;
}

function refusal(act: () => unknown): UserError {
  const error = caught(act);
  if (!(error instanceof UserError)) throw new Error(`no refusal: ${String(error)}`, { cause: error });
  expect(error.message).not.toContain('\n');
  return error;
}

/** What lies in the state directory when no run is going on. */
function expectOrder(): void {
  const names = existsSync(state) ? readdirSync(state) : [];
  expect(names.filter((name) => !name.startsWith('lock'))).toEqual(['.gitignore', 'undo'].filter((name) => names.includes(name)));
}

/** Undo takes a project that is new back, and brings it again. */
function expectUndoable(): void {
  undo(root);
  expect(which()).toBe('old');
  undo(root);
  expect(which()).toBe('new');
}

beforeEach(() => build(OLD));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('a run', () => {
  it('creates, updates, deletes, replaces links and sets modes, with the directories that come and go', () => {
    const umask = process.umask(0o077);
    try {
      apply();
    } finally {
      process.umask(umask);
    }
    expect(tree()).toEqual(NEW);
    expectOrder();
    expect(interrupted(root)).toBe(false);
    expect(recover(root)).toEqual({ kind: 'nothing' });
    const { makes, removes } = readJournal(join(state, 'undo'));
    expect(makes.map(({ path }) => path)).toEqual(['secrets', 'services/api', 'services/api/src']);
    expect(removes.map(({ path }) => path)).toEqual(['services/old/pkg', 'services/old']);
  });

  it('keeps its state to its owner and out of version control', () => {
    mkdirSync(state, { mode: 0o755 });
    writeFileSync(join(state, '.gitignore'), '');
    apply();
    expect(statSync(state).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(state, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('does not touch the file that a replaced link points to, nor another name of a replaced file', () => {
    rmSync(join(root, 'link'));
    symlinkSync('mixed/notes', join(root, 'link'));
    applyChanges(root, [change('link', ['file', 'new', 0o644])], INFO);
    expect(readFileSync(join(root, 'mixed/notes'), 'utf8')).toBe('mine');
    undo(root);
    expect(readlinkSync(join(root, 'link'))).toBe('mixed/notes');
  });

  it('changes a mode in place', () => {
    const { ino } = statSync(join(root, 'run'));
    apply();
    expect(statSync(join(root, 'run')).ino).toBe(ino);
  });

  it('is none where nothing changes: the run before stays the last one', () => {
    apply();
    applyChanges(root, [change('run', NEW['run'])], { ...INFO, command: 'other' });
    applyChanges(root, [], { ...INFO, command: 'other' });
    expect(lastRun(root)?.command).toBe(INFO.command);
  });

  it('makes what it needs in a project that has no state', () => {
    build({ 'a': ['file', 'old', 0o644] });
    applyChanges(root, [change('a', ['file', 'new', 0o644])], INFO);
    undo(root);
    expect(tree()).toEqual({ '.pycompose': ['directory', 0o755], 'a': ['file', 'old', 0o644] });
  });

  it.each(['../x', '/x', 'a/../b', 'a//b', './a', '', 'c:/x', 'a\\b', '.pycompose/state', '.pycompose/state/undo/x'])('has no path %j', (path) => {
    expect(caught(() => applyChanges(root, [{ path, before: null, after: null }], INFO))).toMatchObject({ message: `${path} is no path that a run may change` });
  });
});

describe('a run refuses', () => {
  const replace = (path: string, make: (full: string) => void): void => {
    rmSync(join(root, path), { recursive: true, force: true });
    make(join(root, path));
  };
  it.each<readonly [string, string, () => void]>([
    ['edited', 'compose.yaml', () => writeFileSync(join(root, 'compose.yaml'), 'edited')],
    ['of another mode', 'compose.yaml', () => chmodSync(join(root, 'compose.yaml'), 0o600)],
    ['gone', 'compose.yaml', () => unlinkSync(join(root, 'compose.yaml'))],
    ['new', 'mine/empty/now', () => writeFileSync(join(root, 'mine/empty/now'), '')],
    ['a link now, to the same content', 'compose.yaml', () => {
      renameSync(join(root, 'compose.yaml'), join(root, 'other'));
      symlinkSync('other', join(root, 'compose.yaml'));
    }],
    ['a link to elsewhere now', 'link', () => replace('link', (full) => symlinkSync('elsewhere', full))],
    ['a directory now', 'compose.yaml', () => replace('compose.yaml', (full) => mkdirSync(full))],
    ['below a link now', 'services/web/app.py', () => {
      renameSync(join(root, 'services/web'), join(root, 'services/moved'));
      symlinkSync('moved', join(root, 'services/web'));
    }],
    ['to be below a link now', 'secrets/key', () => symlinkSync('mine', join(root, 'secrets'))],
    ['to be below a file now', 'secrets/key', () => writeFileSync(join(root, 'secrets'), '')],
  ])('a path that is %s, and writes nothing', (_what, path, meddle) => {
    meddle();
    const before = tree();
    expect(refusal(apply)).toMatchObject({ code: EXIT.conflicts, message: `${path} has changed since it was looked at; nothing was written: run the command again` });
    expect(tree()).toEqual(before);
    expectOrder();
  });

  it('what somebody changes while it begins, and takes back what it has done', () => {
    const meddling = meddlingDisk((to) => to === join(state, 'journal') && writeFileSync(join(root, 'services/web/app.py'), 'edited'));
    expect(refusal(() => apply(meddling))).toMatchObject({ code: EXIT.conflicts, message: expect.stringMatching(/^services\/web\/app.py has changed/) });
    expect(tree()).toEqual({ ...OLD, 'services/web/app.py': ['file', 'edited', 0o444] });
    expectOrder();
  });

  it.each<readonly [string, string, () => void]>([
    ['.pycompose', 'symbolic link', () => replace('.pycompose', (full) => symlinkSync('mine', full))],
    ['.pycompose', 'file', () => replace('.pycompose', (full) => writeFileSync(full, ''))],
    ['.pycompose/state', 'symbolic link', () => replace('.pycompose/state', (full) => symlinkSync('../mine', full))],
    ['.pycompose/state', 'file', () => replace('.pycompose/state', (full) => writeFileSync(full, ''))],
  ])('a project whose %s is a %s', (path, kind, meddle) => {
    meddle();
    const message = `${join(root, path)} is a ${kind}, and has to be a directory: move it away`;
    for (const act of [apply, () => recover(root), () => interrupted(root), () => undo(root), () => lastRun(root)]) expect(refusal(act)).toMatchObject({ code: EXIT.failure, message });
  });

  it.each([
    ['{"version":2}', /journal\.json was written by another version of pycompose \(format 2\): use that version$/],
    ['{', /journal\.json is no JSON: compare the project with your version control, then delete .*journal, which holds old versions of its files$/],
    ['[]', /journal\.json is damaged: compare/],
    ['{"version":1,"command":"x","generator":"y","undone":false,"steps":[{"path":"../x","before":null,"after":null}],"makes":[],"removes":[]}', /is damaged: compare/],
    [null, /journal\.json cannot be read \(ENOENT\): compare/],
  ])('to go on from a journal that holds %s', (content, message) => {
    for (const name of ['journal', 'rollback', 'undo']) {
      build(OLD);
      mkdirSync(join(state, name), { recursive: true });
      if (content !== null) writeFileSync(join(state, name, 'journal.json'), content);
      const shown = name === 'journal' ? message : new RegExp(message.source.replaceAll(/\$|delete .*journal,.*/g, ''));
      for (const act of name === 'undo' ? [() => lastRun(root), () => undo(root)] : [() => recover(root), apply]) expect(refusal(act)).toMatchObject({ code: EXIT.failure, message: expect.stringMatching(shown) });
      expect(tree()).toEqual(OLD);
    }
  });
});

/** Every call of a run. */
function callsOf(act: (disk: Disk) => unknown): readonly Call[] {
  const { disk, calls } = countingDisk();
  act(disk);
  return calls;
}

/** Every number of a call, and whether it is to be cut off halfway. */
function breaksOf(act: (disk: Disk) => unknown): readonly (readonly [number, boolean])[] {
  return callsOf(act).flatMap(({ half }, call) => (half ? [[call, false], [call, true]] as const : [[call, false]] as const));
}

/** What is broken, how it is prepared, and one in how many calls of a recovery is broken too: another one after each call of the run. */
const ACTS: readonly (readonly [string, () => void, (disk: Disk) => unknown, number])[] = [
  ['a run', () => build(OLD), apply, 1],
  ['an undo', () => (build(OLD), apply()), (disk) => undo(root, disk), 12],
  ['a run after another', () => (build(OLD), apply(), undo(root)), apply, 60],
];

describe.each(ACTS)('%s that is killed', (_what, prepare, act, stride) => {
  it('at any call is finished or discarded, even when that is killed at any call', () => {
    prepare();
    const from = which();
    const seen = new Set<string>();
    for (const [call, torn] of breaksOf(act)) {
      const kill = (): void => {
        prepare();
        caught(() => act(killedAt(call, torn).disk));
      };
      kill();
      const wasInterrupted = interrupted(root);
      const recovery = recover(root);
      const result = which();
      seen.add(`${recovery.kind} ${result === from ? 'before' : 'after'}`);
      if (recovery.kind !== 'nothing') expect(recovery).toEqual(recovery.kind === 'finished' ? { kind: 'finished', command: INFO.command, left: [] } : { kind: 'discarded' });
      expect(wasInterrupted).toBe(recovery.kind === 'finished');
      expectOrder();
      kill();
      // throwing away is the same everywhere, and long: neighbours share its calls
      const every = recovery.kind === 'finished' ? stride : 5 * stride;
      for (const [index, [at, half]] of breaksOf((disk) => recover(root, disk)).entries()) {
        if (index % every !== call % every) continue;
        kill();
        caught(() => recover(root, killedAt(at, half).disk));
        recover(root);
        if (which() !== result) throw new Error(`${call}, ${at}: ${which()}`);
        expectOrder();
      }
      if (result === 'new') expectUndoable();
      else if (from === 'new') {
        undo(root);
        expect(which()).toBe('new');
      }
    }
    expect([...seen].sort()).toEqual(['discarded before', 'finished after', 'nothing after', 'nothing before']);
  });
});

const isCommit = ({ path }: Call): boolean => path === join(state, 'journal');

const REASONS = { ENOSPC: 'the disk is full', EACCES: 'there is no permission to write there', EROFS: 'the file system is read-only' };

describe.each(ACTS)('%s that the system stops', (_what, prepare, act, stride) => {
  it.each(Object.entries(REASONS).slice(0, stride === 1 ? 3 : 1))('once, by %s at any call, is done or has changed nothing', (code, reason) => {
    prepare();
    const [from, before] = [which(), lastRun(root)];
    const seen = new Set<string>();
    for (const call of callsOf(act).keys()) {
      prepare();
      const error = caught(() => act(failingAt(call, code).disk));
      seen.add(which());
      expect(which() === from).toBe(error !== null);
      expect(interrupted(root)).toBe(false);
      if (error === null) continue;
      expect(error).toMatchObject({ name: 'UserError', code: EXIT.failure, message: `nothing was written to ${root}: ${reason}` });
      expectOrder();
      expect(lastRun(root)).toEqual(before);
      act(realDisk);
      expect(which()).not.toBe(from);
    }
    expect(seen.size).toBe(2);
  });

  it.each([2, 5, 1000])('%i times in a row, is done, has changed nothing, or is ended by the next one', (times) => {
    prepare();
    const from = which();
    const messages = new Set<string>();
    for (const call of callsOf(act).keys()) {
      prepare();
      const error = caught(() => act(failingAt(call, 'EACCES', times).disk));
      if (error === null) expect(which()).not.toBe(from);
      else if (refusal(() => { throw error; }).message.startsWith('nothing was written')) expect(which()).toBe(from);
      else {
        expect(interrupted(root)).toBe(true);
        messages.add((error as UserError).message);
      }
      recover(root);
      which();
      expectOrder();
    }
    expect([...messages]).toEqual([`${root} is changed in part (${REASONS.EACCES}): put that right, and the next run here finishes it first or takes it back`]);
  });
});

describe('what a killed run has left', () => {
  build(OLD);
  const calls = callsOf(apply);
  /** Kills a run when it has carried so many calls out since it was decided on; all that are in the project are fewer than 20. */
  const killAfter = (number: number): void => {
    caught(() => apply(killedAt(calls.findIndex(isCommit) + 1 + number, false).disk));
    expect(interrupted(root)).toBe(true);
  };

  it('is finished or taken back at any call that the system stops', () => {
    for (const done of [0, 2, 8, 20]) {
      killAfter(done);
      for (const call of callsOf((disk) => recover(root, disk)).keys()) {
        build(OLD);
        killAfter(done);
        const error = caught(() => recover(root, failingAt(call, 'ENOSPC').disk));
        if (error !== null) expect(refusal(() => { throw error; }).message).toMatch(/^(a run that was killed in .* could not be finished and was taken back|what a killed run has left in .* could not be put in order): the disk is full$/);
        recover(root);
        which();
        expectOrder();
      }
      build(OLD);
    }
  });

  it.each([0, 20])('is finished without what somebody has edited meanwhile (%i calls were done)', (done) => {
    killAfter(done);
    for (const path of ['compose.yaml', 'services/web/app.py']) writeFileSync(join(root, path), 'edited');
    mkdirSync(join(root, 'services/old/pkg'), { recursive: true });
    writeFileSync(join(root, 'services/old/pkg/mine'), 'mine');
    const mode = statSync(join(root, 'compose.yaml')).mode & 0o777;
    expect(recover(root)).toEqual({ kind: 'finished', command: INFO.command, left: ['compose.yaml', 'services/web/app.py'] });
    expect(tree()).toMatchObject({ ...NEW, 'compose.yaml': ['file', 'edited', mode], 'services/web/app.py': ['file', 'edited', 0o444], 'services/old/pkg/mine': ['file', 'mine', 0o644] });
    const kept = readdirSync(join(state, 'undo/old'));
    expect(kept.filter((name) => lstatSync(join(state, 'undo/old', name)).isFile()).map((name) => readFileSync(join(state, 'undo/old', name), 'utf8'))).toEqual(expect.arrayContaining(['old compose', 'old app']));
    const after = tree();
    expect(refusal(() => undo(root)).message).toBe(`compose.yaml and services/web/app.py have changed since the last run (${INFO.command}); nothing was written: undo needs them as that run left them`);
    expect(tree()).toEqual(after);
  });

  it('is finished by the next run, which then looks at what there is', () => {
    killAfter(2);
    expect(refusal(apply).code).toBe(EXIT.conflicts);
    expect(which()).toBe('new');
    expect(lastRun(root)?.command).toBe(INFO.command);
  });

  it('is no hindrance to the next run, where it was only prepared', () => {
    caught(() => apply(killedAt(calls.findIndex(isCommit), false).disk));
    expect(interrupted(root)).toBe(false);
    expect(existsSync(join(state, 'staging'))).toBe(true);
    apply();
    expect(which()).toBe('new');
    expectOrder();
  });

  it('is finished where its directories were removed meanwhile', () => {
    killAfter(20);
    rmSync(join(root, 'services/api'), { recursive: true });
    rmSync(join(root, 'services/web'), { recursive: true });
    expect(recover(root)).toMatchObject({ kind: 'finished', left: ['services/web/app.py', 'services/api/src/main.py'] });
    expect(tree()).toEqual(Object.fromEntries(Object.entries(NEW).filter(([path]) => !/^services\/./.test(path))));
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(calls.length * part)))('by a signal that nothing holds, at call %i, is put in order', (call) => {
    const { signal } = child(`
      let calls = 0;
      const disk = Object.fromEntries(Object.entries(realDisk).map(([name, real]) => [name, (...given) => {
        if (calls++ === ${call}) process.kill(process.pid, 'SIGKILL');
        real(...given);
      }]));
      applyChanges(${JSON.stringify(root)}, JSON.parse(${JSON.stringify(JSON.stringify(CHANGES))}).map((change) => ({ ...change, after: change.after && { ...change.after, bytes: Buffer.from(change.after.bytes) } })), ${JSON.stringify(INFO)}, disk);`);
    expect(signal).toBe('SIGKILL');
    recover(root);
    if (which() === 'old') apply();
    expectUndoable();
  });
});

describe('undo', () => {
  it('says what it will do, does it, and does it again', () => {
    expect(lastRun(root)).toBeNull();
    expect(refusal(() => undo(root)).message).toBe(`there is nothing to undo in ${root}: no run has changed it yet`);
    expect(existsSync(state)).toBe(false);
    apply();
    const will = lastRun(root);
    expect(will).toMatchObject({ command: INFO.command, redo: false });
    expect(Object.fromEntries(will?.changes.map(({ path, action }) => [path, action]) ?? [])).toEqual({
      '.pycompose/base.json': 'update', 'compose.yaml': 'update', 'link': 'update', 'mine/empty/now': 'delete', 'mixed/gone': 'create', 'moved/new': 'delete', 'moved/old': 'create', 'run': 'mode', 'secrets/key': 'delete',
      'services/api/src/main.py': 'delete', 'services/old/pkg/link': 'create', 'services/old/pkg/mod.py': 'create', 'services/web/app.py': 'update',
    });
    expect(undo(root)).toEqual(will);
    expect(tree()).toEqual(OLD);
    expect(lastRun(root)).toMatchObject({ command: INFO.command, redo: true });
    expect(undo(root)).toMatchObject({ redo: true });
    expect(tree()).toEqual(NEW);
    expect(lastRun(root)).toEqual(will);
    expectUndoable();
  });

  it('leaves directories that somebody has put something into, and modes that somebody gave a directory come back', () => {
    apply();
    writeFileSync(join(root, 'services/api/mine'), '');
    chmodSync(join(root, 'secrets'), 0o750);
    undo(root);
    expect(tree()).toMatchObject({ ...OLD, 'services/api/mine': ['file', '', 0o644] });
    expect(tree()).not.toHaveProperty(['services/api/src']);
    undo(root);
    expect(tree()).toMatchObject({ ...NEW, 'secrets': ['directory', 0o750], 'services/api/mine': ['file', '', 0o644] });
  });

  it.each<readonly [string, string, () => void]>([
    ['edited', 'compose.yaml', () => writeFileSync(join(root, 'compose.yaml'), 'edited')],
    ['given another mode', 'run', () => chmodSync(join(root, 'run'), 0o700)],
    ['removed', 'secrets/key', () => unlinkSync(join(root, 'secrets/key'))],
    ['made again', 'mixed/gone', () => writeFileSync(join(root, 'mixed/gone'), '')],
  ])('refuses when a file was %s, and names it', (_what, path, meddle) => {
    apply();
    meddle();
    const before = tree();
    expect(refusal(() => undo(root))).toMatchObject({ code: EXIT.conflicts, message: `${path} has changed since the last run (${INFO.command}); nothing was written: undo needs it as that run left it` });
    expect(tree()).toEqual(before);
  });

  it('names the first of many files that have changed', () => {
    apply();
    for (const { path } of CHANGES) rmSync(join(root, path), { force: true });
    expect(refusal(() => undo(root)).message).toMatch(/^(\S+, ){4}\S+ and 4 more have changed since/);
  });

  it('refuses when what it kept is damaged', () => {
    apply();
    for (const name of readdirSync(join(state, 'undo/old'))) if (!lstatSync(join(state, 'undo/old', name)).isSymbolicLink()) writeFileSync(join(state, 'undo/old', name), 'x');
    expect(refusal(() => undo(root)).message).toMatch(/^the old version of \S+ in \S+ is missing or damaged; nothing was written/);
    expect(which()).toBe('new');
  });
});

describe('a run that cannot go on and is killed while it goes back', () => {
  it('is taken back or finished by the next one, even when that is killed too', () => {
    const calls = callsOf(apply);
    const ends = new Set<string>();
    for (let call = calls.findIndex(isCommit); call < calls.length; call++) {
      for (let later = 1 + (call % 4); later < calls.length; later += 4) {
        build(OLD);
        const broken = failingThenKilledAt(call, 'ENOSPC', later);
        caught(() => apply(broken.disk));
        if (broken.calls.length <= call + later) break;
        const goesBack = existsSync(join(state, 'rollback'));
        caught(() => recover(root, killedAt((call * later) % 40, later % 3 === 0).disk));
        recover(root);
        ends.add(which());
        if (goesBack) expect(which()).toBe('old');
        expectOrder();
      }
    }
    expect([...ends].sort()).toEqual(['new', 'old']);
  });
});

/** Runs a module's text in a process of its own. */
function child(code: string): { readonly signal: string | null; readonly stdout: string; readonly stderr: string; readonly status: number | null } {
  return spawnSync(process.execPath, ['--input-type=module', '-e', IMPORTS + code], { encoding: 'utf8' });
}

const from = (name: string): string => JSON.stringify(new URL(`../generators/journal/${name}.ts`, import.meta.url).href);
const IMPORTS = `
  import { readFileSync } from 'node:fs';
  import { applyChanges } from ${from('apply')};
  import { realDisk } from ${from('disk')};
  import { look } from ${from('found')};
  import { withLock } from ${from('lock')};
  import { lastRun, undo } from ${from('undo')};
  const [root, name] = process.argv.slice(1);`;

function start(code: string, ...given: readonly string[]) {
  return spawn(process.execPath, ['--input-type=module', '-e', IMPORTS + code, root, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('runs at the same time', () => {
  const lockOf = (holder: Holder, age = 0): void => {
    const lock = join(state, 'lock');
    mkdirSync(lock, { recursive: true });
    const file = join(lock, 'theirs.json');
    writeFileSync(file, JSON.stringify(holder));
    utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
  };
  const enter = (patience: number): string => withLock(root, realDisk, () => readdirSync(join(state, 'lock')).join(), patience);

  it('never mix, and lose nothing', async () => {
    build({ 'a': ['file', '0', 0o644], 'b': ['file', '0', 0o644] });
    const [processes, rounds] = [4, 12];
    const code = `
      const read = (path) => ({ path, ...look(root, path) });
      for (let done = 0; done < ${rounds};) {
        const [a, b] = withLock(root, realDisk, () => [read('a'), read('b')]);
        const [x, y] = [a, b].map(({ bytes }) => Buffer.from(bytes).toString());
        if (x !== y) throw new Error('mixed: ' + x + ', ' + y);
        const after = { bytes: Buffer.from(String(Number(x) + 1)), mode: 0o644 };
        try {
          applyChanges(root, [a, b].map(({ path, found }) => ({ path, before: found, after })), { command: name, generator: '1' });
          done++;
        } catch (error) {
          if (error.code !== 3) throw error;
        }
      }`;
    const codes = await Promise.all([...Array(processes).keys()].map(async (name) => (await once(start(code, String(name)), 'close'))[0] as number));
    expect(codes).toEqual(Array(processes).fill(0));
    expect(tree()).toMatchObject({ 'a': ['file', String(processes * rounds), 0o644], 'b': ['file', String(processes * rounds), 0o644] });
    expect(readdirSync(state).sort()).toEqual(['.gitignore', 'undo']);
  });

  it('wait for one that is going on, and take over from one that was killed', async () => {
    const other = start(`withLock(root, realDisk, () => { process.stdout.write('in'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000); });`);
    await once(other.stdout, 'data');
    const before = Date.now();
    expect(refusal(() => enter(200))).toMatchObject({ code: EXIT.failure, message: `another run is at work here (process ${other.pid}); nothing was written: try again when it has ended` });
    expect(Date.now() - before).toBeGreaterThanOrEqual(200);
    expect(readdirSync(state).filter((name) => name.startsWith('lock'))).toEqual(['lock']);
    other.kill('SIGKILL');
    // before this process has seen that it has ended
    apply();
    expect(which()).toBe('new');
    await once(other, 'close');
  });

  it('begin when the one before ends', async () => {
    const other = start(`withLock(root, realDisk, () => { process.stdout.write('in'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400); });`);
    await once(other.stdout, 'data');
    apply();
    expect(which()).toBe('new');
    await once(other, 'close');
  });

  it('take over from many that were killed, one at a time', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    lockOf({ ...self(), pid });
    const code = `withLock(root, realDisk, () => { const start = Date.now(); while (Date.now() < start + 40); process.stdout.write(start + ' ' + Date.now()); });`;
    const spans = await Promise.all([...Array(4)].map(async () => {
      const other = start(code);
      const [data] = (await once(other.stdout, 'data')) as [Buffer];
      return data.toString().split(' ').map(Number);
    }));
    const order = spans.sort(([one = 0], [other = 0]) => one - other).flat();
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  (self().started === null ? it.skip : it).each([process.pid, process.ppid])('take over from a process whose number %i another has now', (pid) => {
    lockOf({ ...self(), pid, started: '1' });
    expect(enter(0)).not.toContain('theirs');
  });

  it('take over a lock of this very process that it does not hold, but not one that it holds', () => {
    lockOf(self());
    expect(enter(0)).not.toContain('theirs');
    expect(refusal(() => withLock(root, realDisk, () => enter(0))).message).toContain(`process ${process.pid}`);
  });

  it('take over a lock that a power failure has cut off', () => {
    lockOf(self());
    writeFileSync(join(state, 'lock/theirs.json'), '');
    expect(enter(0)).not.toContain('theirs');
  });

  it.each([{ host: 'elsewhere' }, { space: 'pid:[1]' }])('wait for a minute for %j, which cannot be asked', (place) => {
    const holder = { ...self(), ...place, pid: 7 };
    lockOf(holder, 50);
    expect(refusal(() => enter(0)).message).toBe(`another run is at work here (process 7 on ${holder.host}; if that one has been killed, it is waited for one minute); nothing was written: try again when it has ended`);
    lockOf(holder, 61);
    expect(enter(0)).not.toContain('theirs');
  });
});

it('says what it cannot replace', () => {
  const denied: Disk = {
    ...realDisk,
    rename(from, to) {
      if (to === join(root, 'services/web/app.py') && !from.includes('rollback')) throw Object.assign(new Error(), { code: 'EACCES', path: from, dest: to });
      realDisk.rename(from, to);
    },
  };
  expect(refusal(() => apply(denied)).message).toBe(`nothing was written to ${root}: there is no permission to write there (services/web/app.py)`);
  expect(which()).toBe('old');
});
