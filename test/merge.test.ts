/** The three-way merge: what the generator wrote, what the user made of it, what the generator would write now. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { PackageGraph } from '../generators/catalog/graph.ts';
import { formatOf } from '../generators/merge/formats.ts';
import { sourceOf, type Block } from '../generators/merge/keyed.ts';
import { mergeLock } from '../generators/merge/lock.ts';
import { mergeFile } from '../generators/merge/merge.ts';
import { conflictsOf, settle, type Conflict, type Merged } from '../generators/merge/merged.ts';
import { relock } from '../generators/merge/relock.ts';
import { mergeStructured } from '../generators/merge/structured.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { renderProject } from '../generators/render/render.ts';
import { loadSources } from '../generators/render/sources.ts';
import { lock } from '../generators/render/requirements.ts';
import { withDefaults } from './projects.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = (path: string): string => readFileSync(`${root}test/golden/${path}`, 'utf8');
const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

interface Case {
  readonly name: string;
  readonly path?: string;
  readonly base: string | null;
  readonly yours: string;
  readonly generated: string;
  /** The whole result: a text, or with its conflicts. */
  readonly merged: string | Merged;
}

function table(title: string, path: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)('$name', ({ path: own, base, yours, generated, merged }) => {
      expect(mergeFile(own ?? path, base, yours, generated)).toEqual(typeof merged === 'string' ? [merged] : merged);
    });
  });
}

const conflict = (yours: string, base: string, generated: string): Conflict => ({ yours, base, generated });

table('a file without keys', 'run', [
  { name: 'is generated anew where the user changed nothing', base: 'a\n', yours: 'a\n', generated: 'b\n', merged: 'b\n' },
  { name: 'stays where the generator changed nothing', base: 'a\n', yours: 'b\n', generated: 'a\n', merged: 'b\n' },
  { name: 'stays where both say the same', base: 'a\n', yours: 'b\n', generated: 'b\n', merged: 'b\n' },
  { name: 'takes changes of other lines', base: lines('a', 'b', 'c'), yours: lines('A', 'b', 'c'), generated: lines('a', 'b', 'C'), merged: lines('A', 'b', 'C') },
  { name: 'has no conflict in a change that both made', base: lines('a', 'b', 'c'), yours: lines('A', 'b', 'c', 'd'), generated: lines('A', 'b', 'c'), merged: lines('A', 'b', 'c', 'd') },
  {
    name: 'has a conflict where both changed a line',
    base: lines('a', 'b', 'c'),
    yours: lines('a', 'x', 'c'),
    generated: lines('a', 'y', 'c'),
    merged: ['a\n', conflict('x\n', 'b\n', 'y\n'), 'c\n'],
  },
  {
    name: 'has conflicts without the lines that both sides have',
    base: lines('a', 'b', 'c'),
    yours: lines('a', 'same', 'x', 'end', 'c'),
    generated: lines('a', 'same', 'y', 'end', 'c'),
    merged: ['a\nsame\n', conflict('x\n', 'b\n', 'y\n'), 'end\nc\n'],
  },
  {
    name: 'that both added has in common what is alike',
    base: null,
    yours: lines('a', 'x', 'c'),
    generated: lines('a', 'y', 'c'),
    merged: ['a\n', conflict('x\n', '', 'y\n'), 'c\n'],
  },
  { name: 'that both added alike is none of either', base: null, yours: 'a\n', generated: 'a\n', merged: 'a\n' },
  { name: 'has lines that are names of Object', base: lines('constructor', '__proto__', 'z'), yours: lines('constructor', '__proto__', 'y'), generated: lines('x', '__proto__', 'z'), merged: lines('x', '__proto__', 'y') },
]);

table('the ends of lines', 'run', [
  { name: 'keeps CRLF', base: lines('a', 'b', 'c'), yours: 'A\r\nb\r\nc\r\n', generated: lines('a', 'b', 'C'), merged: 'A\r\nb\r\nC\r\n' },
  { name: 'takes CRLF alone for no edit', base: lines('a', 'b'), yours: 'a\r\nb\r\n', generated: lines('x', 'b'), merged: 'x\r\nb\r\n' },
  { name: 'leaves a CRLF file alone if nothing was generated', base: lines('a'), yours: 'a\r\n', generated: lines('a'), merged: 'a\r\n' },
  { name: 'has CRLF in conflicts', base: lines('a', 'b'), yours: 'a\r\nx\r\n', generated: lines('a', 'y'), merged: ['a\r\n', conflict('x\r\n', 'b\r\n', 'y\r\n')] },
  { name: 'keeps a byte-order mark', base: lines('a', 'b', 'c'), yours: '\uFEFFa\nb\nC\n', generated: lines('x', 'b', 'c'), merged: '\uFEFFx\nb\nC\n' },
  { name: 'keeps a byte-order mark on both sides of a conflict', base: 'a\n', yours: '\uFEFFx\n', generated: 'y\n', merged: [conflict('\uFEFFx\n', 'a\n', '\uFEFFy\n')] },
  { name: 'keeps a missing last newline', base: lines('a', 'b', 'c'), yours: 'a\nb\nC', generated: lines('x', 'b', 'c'), merged: 'x\nb\nC' },
  { name: 'gives a last newline where the generator did', base: 'a\nb\nc', yours: 'A\nb\nc', generated: 'a\nb\nc\n', merged: 'A\nb\nc\n' },
  { name: 'keeps a missing last newline of the user in a conflict', base: 'a\n', yours: 'x', generated: 'y\n', merged: [conflict('x', 'a\n', 'y\n')] },
  { name: 'keeps CRLF in YAML', path: 'compose.yaml', base: lines('a: 1', 'b: 1'), yours: 'a: 2 # me\r\nb: 1\r\n', generated: lines('a: 1', 'b: 2'), merged: 'a: 2 # me\r\nb: 2\r\n' },
  { name: 'keeps a missing last newline in YAML', path: 'compose.yaml', base: lines('a: 1', 'b: 1'), yours: 'a: 1\nb: 2', generated: lines('a: 3', 'b: 1'), merged: 'a: 3\nb: 2' },
]);

const SERVICE = lines('services:', '  web:', '    image: a:1', '    init: true', '    networks:', '      - front', '      - back', '', '  db:', '    image: b:1');

table('YAML entries', 'compose.yaml', [
  {
    name: 'a new value goes into a line whose comment and spacing the user chose',
    base: SERVICE,
    yours: SERVICE.replace('image: a:1', 'image:   a:1   # ours'),
    generated: SERVICE.replace('a:1', 'a:2'),
    merged: SERVICE.replace('image: a:1', 'image:   a:2   # ours'),
  },
  {
    name: 'quotes alone are no edit',
    base: SERVICE,
    yours: SERVICE.replace('a:1', '"a:1"').replace('b:1', "'b:1'"),
    generated: SERVICE.replace('a:1', 'a:2'),
    merged: SERVICE.replace('a:1', 'a:2').replace('b:1', "'b:1'"),
  },
  {
    name: 'quotes are an edit where they make text of a number',
    base: lines('port: 5432', 'a: 1'),
    yours: lines('port: "5432"', 'a: 1'),
    generated: lines('port: 5433', 'a: 1'),
    merged: [conflict('port: "5432"\n', 'port: 5432\n', 'port: 5433\n'), 'a: 1\n'],
  },
  {
    name: 'no and "no" differ, as in YAML 1.1',
    base: lines('restart: "no"', 'a: 1'),
    yours: lines('restart: no', 'a: 1'),
    generated: lines('restart: always', 'a: 1'),
    merged: [conflict('restart: no\n', 'restart: "no"\n', 'restart: always\n'), 'a: 1\n'],
  },
  {
    name: '3.10 and 3.1 differ',
    path: 'pycompose.yaml',
    base: lines('python: 3.1', 'a: 1'),
    yours: lines('python: 3.1 # x', 'a: 1'),
    generated: lines('python: 3.10', 'a: 1'),
    merged: lines('python: 3.10 # x', 'a: 1'),
  },
  {
    name: 'a value that both changed is a conflict of its line, its comment above it settled',
    base: SERVICE,
    yours: SERVICE.replace('    image: a:1', '    # pinned\n    image: a:9'),
    generated: SERVICE.replace('a:1', 'a:2'),
    merged: [
      lines('services:', '  web:', '    # pinned'),
      conflict('    image: a:9\n', '    image: a:1\n', '    image: a:2\n'),
      SERVICE.slice(SERVICE.indexOf('    init')),
    ],
  },
  { name: 'the same change on both sides is none', base: SERVICE, yours: SERVICE.replace('a:1', 'a:2 # same'), generated: SERVICE.replace('a:1', 'a:2').replace('b:1', 'b:2'), merged: SERVICE.replace('a:1', 'a:2 # same').replace('b:1', 'b:2') },
  {
    name: 'a key that the generator adds comes behind its predecessor, with its comment',
    base: SERVICE,
    yours: SERVICE.replace('image: a:1', 'image: a:9'),
    generated: SERVICE.replace('    init: true\n', '    # why\n    user: 1:1\n    init: true\n'),
    merged: SERVICE.replace('image: a:1', 'image: a:9').replace('    init: true\n', '    # why\n    user: 1:1\n    init: true\n'),
  },
  {
    name: 'a service that the generator adds comes behind its predecessor, wherever the user moved that',
    base: SERVICE,
    yours: lines('services:', '  db:', '    image: b:1', '', '  web:', '    image: a:1', '    init: true', '    networks:', '      - front', '      - back', '', '  mine:', '    image: m'),
    generated: SERVICE.replace('\n  db:', '\n  job:\n    image: j\n\n  db:'),
    merged: lines('services:', '  db:', '    image: b:1', '', '  web:', '    image: a:1', '    init: true', '    networks:', '      - front', '      - back', '', '  job:', '    image: j', '', '  mine:', '    image: m'),
  },
  {
    name: 'another order of the generator is no change',
    base: lines('a: 1', 'b: 2', 'c: 3'),
    yours: lines('a: 1 # mine', 'b: 2', 'c: 3'),
    generated: lines('c: 3', 'b: 2', 'a: 1'),
    merged: lines('a: 1 # mine', 'b: 2', 'c: 3'),
  },
  {
    name: 'what the generator removes goes, the comment above that the user wrote stays',
    base: SERVICE,
    yours: SERVICE.replace('    init: true', '    # why init\n    init: true').replace('b:1', 'b:9'),
    generated: SERVICE.replace('    init: true\n', ''),
    merged: SERVICE.replace('    init: true', '    # why init').replace('b:1', 'b:9'),
  },
  {
    name: 'what the generator removes and the user changed inside is a conflict',
    base: SERVICE,
    yours: SERVICE.replace('b:1', 'b:9'),
    generated: SERVICE.slice(0, SERVICE.indexOf('\n  db')),
    merged: [SERVICE.slice(0, SERVICE.indexOf('\n  db')), conflict('\n  db:\n    image: b:9\n', '\n  db:\n    image: b:1\n', '')],
  },
  {
    name: 'what the generator removes and the user commented inside is a conflict',
    base: SERVICE,
    yours: SERVICE.replace('image: b:1', 'image: b:1 # pinned'),
    generated: SERVICE.slice(0, SERVICE.indexOf('\n  db')),
    merged: [SERVICE.slice(0, SERVICE.indexOf('\n  db')), conflict('\n  db:\n    image: b:1 # pinned\n', '\n  db:\n    image: b:1\n', '')],
  },
  {
    name: 'what the user removed stays removed',
    base: SERVICE,
    yours: SERVICE.replace('    init: true\n', ''),
    generated: SERVICE.replace('a:1', 'a:2'),
    merged: SERVICE.replace('    init: true\n', '').replace('a:1', 'a:2'),
  },
  {
    name: 'what the user removed and the generator changed is a conflict in its place',
    base: SERVICE,
    yours: SERVICE.replace('    init: true\n', ''),
    generated: SERVICE.replace('init: true', 'init: false'),
    merged: [lines('services:', '  web:', '    image: a:1'), conflict('', '    init: true\n', '    init: false\n'), SERVICE.slice(SERVICE.indexOf('    networks'))],
  },
  {
    name: 'what both added alike is there once, in the words of the user',
    base: SERVICE,
    yours: SERVICE.replace('    init: true\n', '    init: true\n    user: "1" # mine\n'),
    generated: SERVICE.replace('    init: true\n', "    user: '1'\n    init: true\n").replace('b:1', 'b:2'),
    merged: SERVICE.replace('    init: true\n', '    init: true\n    user: "1" # mine\n').replace('b:1', 'b:2'),
  },
  {
    name: 'mappings that both added are merged key by key',
    base: SERVICE,
    yours: `${SERVICE}    labels:\n      a: 1\n      mine: 2\n`,
    generated: `${SERVICE}    labels:\n      a: 1\n      theirs: 3\n`,
    merged: `${SERVICE}    labels:\n      a: 1\n      theirs: 3\n      mine: 2\n`,
  },
  {
    name: 'what is added has the indentation of the user',
    base: SERVICE,
    yours: lines('services:', '    web:', '        image: a:1', '        init: true', '        networks:', '        - front', '        - back', '', '    db:', '        image: b:1'),
    generated: SERVICE.replace('      - back\n', '      - back\n      - new\n').replace('    init: true\n', '    init: true\n    labels:\n      a: |\n        text\n'),
    merged: lines('services:', '    web:', '        image: a:1', '        init: true', '        labels:', '          a: |', '            text', '        networks:', '        - front', '        - back', '        - new', '', '    db:', '        image: b:1'),
  },
  {
    name: 'an empty mapping becomes a block when it gains members, its comment staying',
    base: lines('networks:', '  public: {}', '  b: {}'),
    yours: lines('networks:', '  public: {} # ours', '  b: {}'),
    generated: lines('networks:', '  public:', '    internal: true', '  b: {}'),
    merged: lines('networks:', '  public: # ours', '    internal: true', '  b: {}'),
  },
  {
    name: 'a block becomes a scalar, and a scalar a block',
    base: lines('a:', '  b: 1', 'c: 1', 'd: 1'),
    yours: lines('a: # x', '  b: 1', 'c: 1 # y', 'd: 2'),
    generated: lines('a: 5', 'c:', '  - 1', 'd: 1'),
    merged: lines('a: 5 # x', 'c: # y', '  - 1', 'd: 2'),
  },
  {
    name: 'block scalars are whole',
    base: lines('a: |', '  one', '  two', '', 'b: 1'),
    yours: lines('a: |', '  one', '  two', '', 'b: 2'),
    generated: lines('a: |', '  one', '  three', '', 'b: 1'),
    merged: lines('a: |', '  one', '  three', '', 'b: 2'),
  },
  {
    name: 'a block scalar that both changed is a conflict of all of it',
    base: lines('a: >-', '  one', '  two', 'b: 1'),
    yours: lines('a: >-', '  one!', '  two', 'b: 1'),
    generated: lines('a: >-', '  one', '  two!', 'b: 1'),
    merged: [conflict(lines('a: >-', '  one!', '  two'), lines('a: >-', '  one', '  two'), lines('a: >-', '  one', '  two!')), 'b: 1\n'],
  },
  {
    name: 'a plain scalar over two lines is whole',
    base: lines('a: one', '  two', 'b: 1'),
    yours: lines('a: one two # folded', 'b: 1', 'c: 1'),
    generated: lines('a: three', 'b: 1'),
    merged: lines('a: three # folded', 'b: 1', 'c: 1'),
  },
  {
    name: 'a commented-out key at the end of a service stays in it',
    base: SERVICE,
    yours: SERVICE.replace('      - back\n', '      - back\n    # restart: always\n'),
    generated: SERVICE.replace('      - back\n', '      - back\n      - new\n    user: x\n'),
    merged: SERVICE.replace('      - back\n', '      - back\n      - new\n    user: x\n    # restart: always\n'),
  },
  {
    name: 'a commented-out key stays in its service when another service comes behind',
    base: SERVICE,
    yours: SERVICE.replace('      - back\n', '      - back\n    # restart: always\n'),
    generated: SERVICE.replace('\n  db', '\n  job:\n    image: j\n\n  db'),
    merged: SERVICE.replace('      - back\n', '      - back\n    # restart: always\n').replace('\n  db', '\n  job:\n    image: j\n\n  db'),
  },
  {
    name: 'a service that comes first in what is generated keeps the blank line that it needs in the file of the user',
    base: lines('services:', '  db:', '    image: b', '', '  web:', '    image: a'),
    yours: lines('services:', '  db:', '    image: mine', '', '  web:', '    image: a'),
    generated: lines('services:', '  web:', '    image: a'),
    merged: ['services:\n', conflict(lines('  db:', '    image: mine'), lines('  db:', '    image: b'), ''), lines('', '  web:', '    image: a')],
  },
  {
    name: 'a new first service is followed by a blank line, and has one above if the user has another first',
    base: lines('services:', '  db:', '    image: b', '', '  web:', '    image: a'),
    yours: lines('services:', '  web:', '    image: a', '', '  db:', '    image: b'),
    generated: lines('services:', '  new:', '    image: n', '', '  db:', '    image: b', '', '  web:', '    image: a'),
    merged: lines('services:', '  web:', '    image: a', '', '  new:', '    image: n', '', '  db:', '    image: b'),
  },
  {
    name: 'comments that the user wrote into a value are not lost with it',
    base: lines('a: [x, y]', 'b: 1'),
    yours: lines('a: [', '  x, # why', '  y,', ']', 'b: 1'),
    generated: lines('a: [x, z]', 'b: 1'),
    merged: [conflict(lines('a: [', '  x, # why', '  y,', ']'), lines('a: [x, y]'), lines('a: [x, z]')), 'b: 1\n'],
  },
  {
    name: 'a section loses what the generator had in it, not what the user put there',
    base: lines('a: 1', 'volumes:', '  data: {}'),
    yours: lines('a: 1', 'volumes:', '  data: {}', '  mine: {}'),
    generated: lines('a: 1'),
    merged: lines('a: 1', 'volumes:', '  mine: {}'),
  },
  {
    name: 'answers in braces change as a whole',
    path: 'pycompose.yaml',
    base: lines('services:', '  web: { framework: django }', 'cache: none'),
    yours: lines('services:', '  web: {framework: django} # main', '  api: {framework: fastapi}', 'cache: none'),
    generated: lines('services:', '  web: { framework: flask }', 'cache: redis'),
    merged: lines('services:', '  web: { framework: flask } # main', '  api: {framework: fastapi}', 'cache: redis'),
  },
  {
    name: 'keys that are numbers or words of YAML 1.1',
    base: lines('8080: a', 'on: b', '"on": c'),
    yours: lines('8080: a', 'on: b # x', '"on": c'),
    generated: lines('8080: z', 'on: y', '"on": c'),
    merged: lines('8080: z', 'on: y # x', '"on": c'),
  },
  {
    name: 'keys in quotes are the same keys',
    base: SERVICE,
    yours: SERVICE.replace('  web:', '  "web": # q').replace('init:', "'init':"),
    generated: SERVICE.replace('init: true', 'init: false').replace('a:1', 'a:2'),
    merged: SERVICE.replace('  web:', '  "web": # q').replace('init: true', "'init': false").replace('a:1', 'a:2'),
  },
  {
    name: 'comments that are not indented are no end of a service',
    base: SERVICE,
    yours: SERVICE.replace('    init', '# here\n    init').replace('\n  db', '\n# there\n\n  db'),
    generated: SERVICE.replace('    init: true\n', '    init: true\n    user: x\n').replace('      - back\n', '      - back\n    z: 1\n'),
    merged: SERVICE.replace('    init: true\n', '# here\n    init: true\n    user: x\n').replace('      - back\n', '      - back\n    z: 1\n').replace('\n  db', '\n# there\n\n  db'),
  },
  {
    name: 'a document may begin with its marker',
    base: lines('# c', '---', 'a: 1', 'b: 1'),
    yours: lines('# c', '# mine', '---', 'a: 1', 'b: 2'),
    generated: lines('# c', '---', 'z: 1', 'a: 2', 'b: 1'),
    merged: lines('# c', '# mine', '---', 'z: 1', 'a: 2', 'b: 2'),
  },
  { name: 'comments alone are merged by line', base: lines('# c'), yours: lines('# c', '# mine'), generated: lines('# c', 'a: 1'), merged: ['# c\n', conflict('# mine\n', '', 'a: 1\n')] },
  { name: 'an empty file is filled', base: '', yours: lines('mine: 1'), generated: lines('# c', 'a: 1'), merged: lines('mine: 1', '# c', 'a: 1') },
]);

const LIST = lines('web:', '  volumes:', '    - a', '    - b', '    - c', '  cap_add: [X, Y, Z]', '  command: [run, --one=1, --two=2, --three=3]', '  end: 1');

table('YAML lists', 'compose.yaml', [
  {
    name: 'unites additions and applies removals of both sides',
    base: LIST,
    yours: LIST.replace('    - a\n', '    - mine # my own\n'),
    generated: LIST.replace('    - c\n', '    - new\n'),
    merged: LIST.replace('    - a\n', '    - mine # my own\n').replace('    - c\n', '    - new\n'),
  },
  {
    name: 'unites additions in one place',
    base: LIST,
    yours: LIST.replace('    - c\n', '    - c\n    - mine\n'),
    generated: LIST.replace('    - c\n', '    - c\n    - new\n'),
    merged: LIST.replace('    - c\n', '    - c\n    - new\n    - mine\n'),
  },
  {
    name: 'has a conflict where both replaced an item',
    base: LIST,
    yours: LIST.replace('- b', '- mine'),
    generated: LIST.replace('- b', '- new'),
    merged: [lines('web:', '  volumes:', '    - a'), conflict('    - mine\n', '    - b\n', '    - new\n'), LIST.slice(LIST.indexOf('    - c'))],
  },
  {
    name: 'keeps the order and the comments of the user',
    base: LIST,
    yours: LIST.replace('    - a\n    - b\n    - c\n', '    # last first\n    - c\n    - b # b\n    - a\n'),
    generated: LIST.replace('    - b\n', '    - b\n    - new\n'),
    merged: LIST.replace('    - a\n    - b\n    - c\n', '    # last first\n    - c\n    - b # b\n    - new\n    - a\n'),
  },
  {
    name: 'merges small mappings as items',
    base: lines('secrets:', '  - source: a', '    target: x', '  - source: b', '    target: y', 'end: 1'),
    yours: lines('secrets:', '  - source: a # first', '    target: x', '  - source: b', '    target: y', '  - source: mine', '    target: z', 'end: 1'),
    generated: lines('secrets:', '  - source: new', '    target: n', '  - source: a', '    target: x', 'end: 1'),
    merged: lines('secrets:', '  - source: new', '    target: n', '  - source: a # first', '    target: x', '  - source: mine', '    target: z', 'end: 1'),
  },
  {
    name: 'prints a list on one line with the sources of the user, its comment staying',
    base: LIST,
    yours: LIST.replace('[X, Y, Z]', '["X",  Z, mine] # caps'),
    generated: LIST.replace('[X, Y, Z]', '[X, Y, Z, NEW]'),
    merged: LIST.replace('[X, Y, Z]', '["X", Z, NEW, mine] # caps'),
  },
  {
    name: 'merges a list of lines into one line, quoting what needs it there',
    base: LIST,
    yours: LIST.replace('  volumes:\n    - a\n    - b\n    - c\n', '  volumes: [a, b, c, mine]\n'),
    generated: LIST.replace('    - c\n', '    - c\n    - ${D}:/d\n'),
    merged: LIST.replace('  volumes:\n    - a\n    - b\n    - c\n', '  volumes: [a, b, c, "${D}:/d", mine]\n'),
  },
  {
    name: 'merges a line into a list of lines',
    base: LIST,
    yours: LIST.replace('[X, Y, Z]', '\n    - X # x\n    - Y\n    - mine').replace('cap_add: ', 'cap_add:'),
    generated: LIST.replace('[X, Y, Z]', '[X, Y, Z, NEW]'),
    merged: LIST.replace('[X, Y, Z]', '\n    - X # x\n    - Y\n    - NEW\n    - mine').replace('cap_add: ', 'cap_add:'),
  },
  {
    name: 'merges arguments that are apart',
    base: LIST,
    yours: LIST.replace('--one=1', '--one=9'),
    generated: LIST.replace('--three=3', '--three=4'),
    merged: LIST.replace('--one=1', '--one=9').replace('--three=3', '--three=4'),
  },
  {
    name: 'does not unite arguments',
    base: lines('command: [run]', 'end: 1'),
    yours: lines('command: [run, --port, 1]', 'end: 1'),
    generated: lines('command: [run, --port, 2]', 'end: 1'),
    merged: [conflict('command: [run, --port, 1]\n', 'command: [run]\n', 'command: [run, --port, 2]\n'), 'end: 1\n'],
  },
  { name: 'keeps what the user added to a list that the generator drops', base: LIST, yours: LIST.replace('    - c\n', '    - c\n    - mine\n'), generated: LIST.replace(/  volumes:\n(    .*\n)+/, ''), merged: LIST.replace(/  volumes:\n(    .*\n)+/, '  volumes:\n    - mine\n') },
  { name: 'drops a list of which nothing is left', base: LIST, yours: LIST.replace('    - a\n    - b\n', ''), generated: LIST.replace('    - c\n', ''), merged: LIST.replace(/  volumes:\n(    .*\n)+/, '') },
]);

const ANCHORED = lines('services:', '  web:', '    environment: &env', '      A: 1', '  job:', '    environment: *env', '  end: {}');

table('YAML anchors, aliases and tags', 'compose.yaml', [
  {
    name: 'a variable joins an anchored mapping that the user extended',
    base: ANCHORED,
    yours: ANCHORED.replace('      A: 1\n', '      A: 1\n      MINE: 1\n'),
    generated: ANCHORED.replace('      A: 1\n', '      A: 1\n      B: 2\n'),
    merged: ANCHORED.replace('      A: 1\n', '      A: 1\n      B: 2\n      MINE: 1\n'),
  },
  {
    name: 'an anchor that only the generator needed goes with its aliases',
    base: ANCHORED,
    yours: ANCHORED.replace('A: 1', 'A: 1 # a'),
    generated: ANCHORED.replace(' &env', '').replace('  job:\n    environment: *env\n', ''),
    merged: ANCHORED.replace(' &env', '').replace('A: 1', 'A: 1 # a').replace('  job:\n    environment: *env\n', ''),
  },
  {
    name: 'an anchor stays that the user needs, and merge keys are theirs',
    base: ANCHORED,
    yours: `${ANCHORED}  mine:\n    environment:\n      <<: *env\n      B: 1\n`,
    generated: ANCHORED.replace(' &env', '').replace('  job:\n    environment: *env\n', '').replace('A: 1', 'A: 2'),
    merged: `${ANCHORED.replace('  job:\n    environment: *env\n', '').replace('A: 1', 'A: 2')}  mine:\n    environment:\n      <<: *env\n      B: 1\n`,
  },
  {
    name: 'an anchor comes back that the generator needs',
    base: ANCHORED,
    yours: ANCHORED.replace(' &env', ' # no anchor').replace('*env', '{ A: 1 }'),
    generated: ANCHORED.replace('  end', '  new:\n    environment: *env\n  end'),
    merged: ANCHORED.replace(' &env', ' &env # no anchor').replace('*env', '{ A: 1 }').replace('  end', '  new:\n    environment: *env\n  end'),
  },
  {
    name: 'a service with an anchor that the user needs does not go unasked',
    base: ANCHORED,
    yours: `${ANCHORED}  mine:\n    environment: *env\n`,
    generated: lines('services:', '  end: {}'),
    merged: ['services:\n', conflict(lines('  web:', '    environment: &env', '      A: 1'), lines('  web:', '    environment: &env', '      A: 1'), ''), '  end: {}\n  mine:\n    environment: *env\n'],
  },
  {
    name: 'an alias that the user wrote out is their value',
    base: ANCHORED,
    yours: ANCHORED.replace('*env', '*env # shared'),
    generated: ANCHORED.replace('    environment: *env\n', '    environment:\n      C: 3\n'),
    merged: ANCHORED.replace('    environment: *env\n', '    environment: # shared\n      C: 3\n'),
  },
  {
    name: 'an anchor and an alias change their name together',
    base: ANCHORED,
    yours: ANCHORED.replace('A: 1', 'A: 1 # a').replace('*env', '*env # b'),
    generated: ANCHORED.replace('&env', '&web-env').replace('*env', '*web-env'),
    merged: ANCHORED.replace('&env', '&web-env').replace('*env', '*web-env').replace('A: 1', 'A: 1 # a').replace('*web-env', '*web-env # b'),
  },
  {
    name: 'a tag belongs to the value',
    base: lines('a:', '  networks: [x]', '  b: 1'),
    yours: lines('a:', '  networks: [x] # ours', '  b: 1'),
    generated: lines('a:', '  networks: !override [x]', '  b: 1'),
    merged: lines('a:', '  networks: !override [x] # ours', '  b: 1'),
  },
  {
    name: 'a list under a tag is merged by item',
    base: lines('a:', '  networks: !override [x]', '  b: 1'),
    yours: lines('a:', '  networks: !override [x, mine]', '  b: 1'),
    generated: lines('a:', '  networks: !override [x, new]', '  b: 1'),
    merged: lines('a:', '  networks: !override [x, new, mine]', '  b: 1'),
  },
  {
    name: 'a reset of the user is a change',
    base: lines('a:', '  ports: [x]', '  b: 1'),
    yours: lines('a:', '  ports: !reset []', '  b: 1'),
    generated: lines('a:', '  ports: [y]', '  b: 1'),
    merged: ['a:\n', conflict('  ports: !reset []\n', '  ports: [x]\n', '  ports: [y]\n'), '  b: 1\n'],
  },
]);

describe('formats', () => {
  it.each(['compose.yaml', 'a/compose.deploy.yml', 'docker-compose.yml', 'docker-compose.prod.yaml', 'pycompose.yaml', 'services/web/pyproject.toml', '.env.example', 'x/requirements-dev.in'])('know %s', (path) => {
    expect(formatOf(path)).not.toBeNull();
  });
  it.each(['run', 'other.yaml', '.env', 'requirements.txt', 'compose.yaml.md', 'compose.yaml/run'])('leave %s to the lines', (path) => {
    expect(formatOf(path)).toBeNull();
  });
});

table('YAML that the keyed merge does not trust', 'compose.yaml', [
  {
    name: 'with an anchor twice is asked about',
    base: lines('a: &x 1', 'b: *x', 'c: 1'),
    yours: lines('a: &x 1', 'b: *x', 'c: 1', 'd: &y 1', 'e: *y'),
    generated: lines('z: &y 5', 'y: *y', 'a: &x 1', 'b: *x', 'c: 1'),
    merged: [conflict(lines('a: &x 1', 'b: *x', 'c: 1', 'd: &y 1', 'e: *y'), lines('a: &x 1', 'b: *x', 'c: 1'), lines('z: &y 5', 'y: *y', 'a: &x 1', 'b: *x', 'c: 1'))],
  },
  { name: 'with a key twice is a conflict of the whole file if it stays so', base: lines('a: 1', 'b: 1', 'c: 1'), yours: lines('a: 1', 'b: 1', 'c: 1', 'c: 2'), generated: lines('a: 2', 'b: 1', 'c: 1'), merged: [conflict(lines('a: 1', 'b: 1', 'c: 1', 'c: 2'), lines('a: 1', 'b: 1', 'c: 1'), lines('a: 2', 'b: 1', 'c: 1'))] },
  { name: 'malformed is a conflict of the whole file', base: lines('a: 1', 'b: 1', 'c: 1'), yours: lines('a: 1', 'b: 1', 'c: [1'), generated: lines('a: 2', 'b: 1', 'c: 1'), merged: [conflict(lines('a: 1', 'b: 1', 'c: [1'), lines('a: 1', 'b: 1', 'c: 1'), lines('a: 2', 'b: 1', 'c: 1'))] },
  { name: 'with several documents is merged by line', base: lines('a: 1', 'b: 1', 'c: 1'), yours: lines('a: 1', 'b: 1', 'c: 1', '---', 'd: 1'), generated: lines('a: 2', 'b: 1', 'c: 1'), merged: lines('a: 2', 'b: 1', 'c: 1', '---', 'd: 1') },
  { name: 'with braces around everything is merged by line', base: lines('{', '"a": 1,', '"b": 1', '}'), yours: lines('{', '"a": 1,', '"b": 2', '}'), generated: lines('{', '"c": 1,', '"a": 1,', '"b": 1', '}'), merged: lines('{', '"c": 1,', '"a": 1,', '"b": 2', '}') },
  { name: 'with an alias of nothing is a conflict of the whole file', base: lines('a: 1', 'b: 1', 'c: 1'), yours: lines('a: 1', 'b: 1', 'c: *x'), generated: lines('a: 2', 'b: 1', 'c: 1'), merged: [conflict(lines('a: 1', 'b: 1', 'c: *x'), lines('a: 1', 'b: 1', 'c: 1'), lines('a: 2', 'b: 1', 'c: 1'))] },
]);

const PYPROJECT = lines('# Settings.', '', '[tool.ruff]', 'line-length = 100', 'select = ["A", "B"]', '', '[[tool.mypy.overrides]]', 'module = ["a.*"]', 'strict = true', '', '# Why.', '[[tool.mypy.overrides]]', 'module = ["b.*"]', '', '[tool.pytest]', 'x.y = 1');

table('TOML', 'services/web/pyproject.toml', [
  { name: 'a new value goes into a line with the comment of the user', base: PYPROJECT, yours: PYPROJECT.replace('= 100', '= 100  # wide'), generated: PYPROJECT.replace('100', '120'), merged: PYPROJECT.replace('= 100', '= 120  # wide') },
  { name: 'quotes and spacing are no edit', base: PYPROJECT, yours: PYPROJECT.replace('["A", "B"]', "[ 'A', 'B' ]").replace('100', '90'), generated: PYPROJECT.replace('["A", "B"]', '["A", "C"]'), merged: PYPROJECT.replace('["A", "B"]', "['A', \"C\"]").replace('100', '90') },
  { name: 'arrays on one line are united', base: PYPROJECT, yours: PYPROJECT.replace('"B"]', '"B", "MINE"] # m'), generated: PYPROJECT.replace('"A", ', '"A", "N", '), merged: PYPROJECT.replace('"A", "B"]', '"A", "N", "B", "MINE"] # m') },
  { name: 'a value that both changed is a conflict', base: PYPROJECT, yours: PYPROJECT.replace('100', '90'), generated: PYPROJECT.replace('100', '120'), merged: [PYPROJECT.slice(0, PYPROJECT.indexOf('line-length')), conflict('line-length = 90\n', 'line-length = 100\n', 'line-length = 120\n'), PYPROJECT.slice(PYPROJECT.indexOf('select'))] },
  { name: 'tables of the user stay, new ones come behind their predecessor', base: PYPROJECT, yours: `${PYPROJECT}\n[tool.mine]\na = 1\n`, generated: PYPROJECT.replace('\n[[tool.mypy', '\n# New.\n[tool.new]\nb = 1\n\n[[tool.mypy'), merged: `${PYPROJECT.replace('\n[[tool.mypy', '\n# New.\n[tool.new]\nb = 1\n\n[[tool.mypy')}\n[tool.mine]\na = 1\n` },
  { name: 'an element of an array of tables is known by its name', base: PYPROJECT, yours: PYPROJECT.replace('module = ["b.*"]\n', 'module = ["b.*"]\nmine = 1\n'), generated: PYPROJECT.replace(/\[\[tool.mypy.overrides\]\]\nmodule = \["a[^#]*# Why/, '# Why'), merged: PYPROJECT.replace(/\[\[tool.mypy.overrides\]\]\nmodule = \["a[^#]*# Why/, '# Why').replace('module = ["b.*"]\n', 'module = ["b.*"]\nmine = 1\n') },
  { name: 'a table that the generator removes and the user changed is a conflict', base: PYPROJECT, yours: PYPROJECT.replace('x.y = 1', 'x.y = 2'), generated: PYPROJECT.slice(0, PYPROJECT.indexOf('\n[tool.pytest]')), merged: [PYPROJECT.slice(0, PYPROJECT.indexOf('\n[tool.pytest]')), conflict('\n[tool.pytest]\nx.y = 2\n', '\n[tool.pytest]\nx.y = 1\n', '')] },
  { name: 'arrays over several lines are whole', base: lines('[a]', 'b = [', '  1,', ']', 'c = 1'), yours: lines('[a]', 'b = [', '  1,', '  2,', ']', 'c = 1'), generated: lines('[a]', 'b = [', '  0,', '  1,', ']', 'c = 1'), merged: ['[a]\n', conflict(lines('b = [', '  1,', '  2,', ']'), lines('b = [', '  1,', ']'), lines('b = [', '  0,', '  1,', ']')), 'c = 1\n'] },
  { name: 'a commented-out key stays in its table', base: PYPROJECT, yours: PYPROJECT.replace('"B"]\n', '"B"]\n# fix = true\n'), generated: PYPROJECT.replace('"B"]\n', '"B"]\nnew = 1\n'), merged: PYPROJECT.replace('"B"]\n', '"B"]\nnew = 1\n# fix = true\n') },
  { name: 'a key that moved into a table that there is too is a conflict', base: lines('[a]', 'b = 1', 'c = 1'), yours: lines('a.b = 1', 'a.c = 2'), generated: lines('[a]', 'b = 1', 'c = 3'), merged: [conflict(lines('a.b = 1', 'a.c = 2'), lines('[a]', 'b = 1', 'c = 1'), lines('[a]', 'b = 1', 'c = 3'))] },
  { name: 'malformed is a conflict of the whole file', base: lines('a = 1', 'b = 1', 'c = 1'), yours: lines('a = 1', 'b = 1', 'c = ['), generated: lines('a = 2', 'b = 1', 'c = 1'), merged: [conflict(lines('a = 1', 'b = 1', 'c = ['), lines('a = 1', 'b = 1', 'c = 1'), lines('a = 2', 'b = 1', 'c = 1'))] },
]);

const ENV = lines('# Copy to .env.', '', '# Where it listens.', 'BIND=127.0.0.1', 'PORT=8000', '', '# Who owns files.', '#APP_UID=1000', '', 'LOG=INFO');

table('env files', '.env.example', [
  { name: 'a new value goes into a line with the comment of the user', base: ENV, yours: ENV.replace('PORT=8000', 'PORT=8000   # public'), generated: ENV.replace('8000', '9000'), merged: ENV.replace('PORT=8000', 'PORT=9000   # public') },
  { name: 'quotes are no edit', base: ENV, yours: ENV.replace('8000', '"8000"'), generated: ENV.replace('8000', '9000'), merged: ENV.replace('8000', '9000') },
  { name: 'a variable that both changed is a conflict', base: ENV, yours: ENV.replace('8000', '1'), generated: ENV.replace('8000', '2'), merged: [ENV.slice(0, ENV.indexOf('PORT')), conflict('PORT=1\n', 'PORT=8000\n', 'PORT=2\n'), ENV.slice(ENV.indexOf('\n# Who'))] },
  { name: 'what the user commented in stays so', base: ENV, yours: ENV.replace('#APP_UID=1000', 'APP_UID=1000'), generated: ENV.replace('INFO', 'WARNING'), merged: ENV.replace('#APP_UID=1000', 'APP_UID=1000').replace('INFO', 'WARNING') },
  { name: 'what the generator comments in comes in', base: ENV, yours: ENV.replace('#APP_UID=1000', '#APP_UID=1000 # me'), generated: ENV.replace('#APP_UID', 'APP_UID'), merged: ENV.replace('#APP_UID=1000', 'APP_UID=1000 # me') },
  { name: 'an example above a live line is a comment', base: ENV, yours: ENV.replace('#APP_UID=1000', '#APP_UID=1000\nAPP_UID=5'), generated: ENV.replace('INFO', 'WARNING'), merged: ENV.replace('#APP_UID=1000', '#APP_UID=1000\nAPP_UID=5').replace('INFO', 'WARNING') },
  { name: 'a new paragraph does not come between lines of the user', base: ENV, yours: ENV.replace('PORT=8000\n', 'PORT=8000\nMINE=1\n'), generated: ENV.replace('PORT=8000\n', 'PORT=8000\n\n# Mail.\nMAIL_PORT=8025\n'), merged: ENV.replace('PORT=8000\n', 'PORT=8000\nMINE=1\n\n# Mail.\nMAIL_PORT=8025\n') },
  { name: 'a removed variable goes with its comment', base: ENV, yours: `${ENV}MINE=1\n`, generated: ENV.replace('\n# Who owns files.\n#APP_UID=1000\n', ''), merged: `${ENV.replace('\n# Who owns files.\n#APP_UID=1000\n', '')}MINE=1\n` },
  { name: 'a changed comment joins one that the user extended', base: ENV, yours: ENV.replace('# Where it listens.\n', '# Where it listens.\n# Ours: internal.\n'), generated: ENV.replace('# Copy to .env.', '# Copy to .env and change.'), merged: ENV.replace('# Copy to .env.', '# Copy to .env and change.').replace('# Where it listens.\n', '# Where it listens.\n# Ours: internal.\n') },
  { name: 'with a variable twice is merged by line', base: ENV, yours: `${ENV}LOG=DEBUG\n`, generated: ENV.replace('8000', '9000'), merged: `${ENV.replace('8000', '9000')}LOG=DEBUG\n` },
]);

const INPUTS = lines('-c requirements.txt', 'django==6.1.3', 'psycopg[binary]==3.3.9', 'whitenoise==6.12.0');

table('requirements', 'services/web/requirements-dev.in', [
  { name: 'a new version goes into a line with the comment of the user', base: INPUTS, yours: INPUTS.replace('django==6.1.3', 'Django == 6.1.3  # LTS'), generated: INPUTS.replace('6.1.3', '6.1.4'), merged: INPUTS.replace('django==6.1.3', 'django==6.1.4  # LTS') },
  { name: 'packages of both sides are united', base: INPUTS, yours: INPUTS.replace('psycopg', 'my_package>=2\npsycopg'), generated: INPUTS.replace('whitenoise', 'redis==1\nwhitenoise'), merged: INPUTS.replace('psycopg', 'my_package>=2\npsycopg').replace('whitenoise', 'redis==1\nwhitenoise') },
  { name: 'a version that both changed is a conflict', base: INPUTS, yours: INPUTS.replace('6.1.3', '5.2'), generated: INPUTS.replace('6.1.3', '6.1.4'), merged: ['-c requirements.txt\n', conflict('django==5.2\n', 'django==6.1.3\n', 'django==6.1.4\n'), INPUTS.slice(INPUTS.indexOf('psycopg'))] },
  { name: 'names are compared as PEP 503 has it, extras and markers in any order', base: lines('My.Pkg[b,a]==1 ; python_version < "3"', 'z==1'), yours: lines("my-pkg[a, b]==1; python_version<'3'", 'z==1', 'y'), generated: lines('My.Pkg[b,a]==2', 'z==1'), merged: lines('My.Pkg[b,a]==2', 'z==1', 'y') },
  { name: 'continuation lines and hashes are one entry', base: lines('a==1 \\', '    --hash=sha256:1', 'b==1'), yours: lines('a==1 --hash=sha256:1 # x', 'b==2'), generated: lines('a==2 \\', '    --hash=sha256:2', 'b==1'), merged: lines('a==2 \\', '    --hash=sha256:2 # x', 'b==2') },
  { name: 'options and addresses are whole', base: INPUTS, yours: lines('-c requirements.txt', '--index-url https://x.example/#a', 'git+https://x.example/p#egg=p', './local', 'q @ https://x.example/q.whl#sha256=1', 'django==6.1.3', 'psycopg[binary]==3.3.9', 'whitenoise==6.12.0'), generated: INPUTS.replace('6.1.3', '6.1.4'), merged: lines('-c requirements.txt', '--index-url https://x.example/#a', 'git+https://x.example/p#egg=p', './local', 'q @ https://x.example/q.whl#sha256=1', 'django==6.1.4', 'psycopg[binary]==3.3.9', 'whitenoise==6.12.0') },
  { name: 'the new file has all of what both added', base: null, yours: lines('a==1', 'mine==1'), generated: lines('a==1', 'b==2'), merged: lines('a==1', 'b==2', 'mine==1') },
]);

describe('whole files', () => {
  const base = golden('django/compose.yaml');
  const edited = edits(base, [
    ['  web-worker:\n', '  # Ours: scaled by hand.\n  web-worker:\n'],
    ['    stop_grace_period: 60s\n    logging: *logging\n\n  web-beat', '    stop_grace_period: 90s # long tasks\n    deploy: { replicas: 3 }\n    logging: *logging\n\n  web-beat'],
    ['  database:\n    image: postgres:18.6-trixie\n', '  reports:\n    image: ours/reports:1\n    environment: *web-environment\n    networks: [web-database, ours]\n\n  database:\n    image: "postgres:18.6-trixie"\n'],
    ['      - web-broker\n    depends_on:\n      web-migrate', '      - web-broker\n      - ours\n    depends_on:\n      web-migrate'],
    ['      LOG_LEVEL: ${LOG_LEVEL:-INFO}\n', '\n      # For support.\n      SUPPORT: "yes"\n\n      LOG_LEVEL: ${LOG_LEVEL:-INFO}\n'],
    ['--memory-limit=64,', '--memory-limit=256,'],
    ['networks:\n  public: {}\n', 'networks:\n  ours:\n    external: true\n  public: {}\n'],
    ['\nvolumes:\n', '\nvolumes:\n  ours: {}\n'],
  ]);

  it('keep every edit of the user where the generator adds two services', () => {
    const generated = rendered({
      services: [{ name: 'web', framework: 'django' }, { name: 'shop', framework: 'flask' }],
    });
    const merged = clean(mergeFile('compose.yaml', base, edited, generated));
    expectLines(merged, addedTo(base, edited));
    expectLines(merged, addedTo(base, generated));
    const [now, then, theirs] = [compose(merged), compose(edited), compose(generated)];
    expect(Object.keys(now.services).sort()).toEqual([...new Set([...Object.keys(then.services), ...Object.keys(theirs.services)])].sort());
    expect(now.services['shop']).toEqual(theirs.services['shop']);
    expect(now.services['reports']).toEqual(then.services['reports']);
    expect(now.services['proxy']).toEqual(theirs.services['proxy']);
    expect(now.services['web']?.['environment']).toEqual(then.services['web']?.['environment']);
    expect(mergeFile('compose.yaml', generated, merged, generated)).toEqual([merged]);
  });

  it('ask only about what both changed where another broker and database are chosen', () => {
    const generated = golden('trio/compose.yaml');
    const merged = mergeFile('compose.yaml', base, edited, generated);
    expect(conflictsOf(merged).map(({ yours, generated: theirs }) => [yours, theirs])).toEqual([
      ['    command: [memcached, --memory-limit=256, --max-item-size=2m, --conn-limit=1024]\n', ''],
    ]);
    const taken = compose(settle(merged, () => 'take'));
    expect(taken.services['database']).toEqual(compose(generated).services['database']);
    expect(taken.services['web-beat']?.['environment']).toEqual({ ...(compose(generated).services['web-beat']?.['environment'] as object), SUPPORT: 'yes' });
    // The quotes of an image that is another one now are gone with it.
    expectLines(settle(merged, () => 'keep'), addedTo(base, edited).filter((line) => !line.includes('"postgres:')));
  });

  it('take whole what is generated where the user only reordered services', () => {
    const [head, services, tail] = sections(base);
    const reordered = head + ['proxy', 'web', 'web-migrate', 'web-worker', 'web-beat', 'broker', 'cache', 'database-setup', 'database'].map((name) => services.get(name)).join('\n') + tail;
    expect(compose(reordered)).toEqual(compose(base));
    const generated = golden('trio/compose.yaml');
    const merged = clean(mergeFile('compose.yaml', base, reordered, generated));
    expect(compose(merged)).toEqual(compose(generated));
    expect(Object.keys(compose(merged).services).slice(0, 2)).toEqual(['proxy', 'web']);
  });

  it.each([
    ['compose.override.yaml', '\n  mail:\n', '\n  mine:\n    image: x\n\n  mail:\n'],
    ['compose.test.yaml', '    networks: !override [tests]\n\n  web-migrate', '    networks: !override [tests, mine] # both\n\n  web-migrate'],
    ['.env.example', 'PORT=8000\n', 'PORT=8000\nMINE=1\n'],
    ['services/web/pyproject.toml', 'strict = true\n', 'strict = true\nwarn_unreachable = true\n'],
    ['services/web/pyproject.toml', 'line-length = 100', 'line-length = 120 # wide'],
    ['services/web/requirements.in', 'gunicorn==', '# ours\nmy-own==1\ngunicorn=='],
  ])('of the golden projects have what is generated and the edit: %s, %j', (path, from, to) => {
    const before = golden(`django/${path}`);
    const generated = golden(`trio/${path}`);
    expect(mergeFile(path, before, edits(before, [[from, to]]), generated)).toEqual([edits(generated, [[from, to]])]);
  });
});

describe('properties', () => {
  const FILES = ['compose.yaml', 'compose.override.yaml', 'compose.test.yaml', '.env.example', 'services/web/pyproject.toml', 'services/web/requirements.in'];
  const projects = fc.constantFrom('django', 'trio', 'bare');
  const file = fc.constantFrom(...FILES);
  const spots = fc.array(fc.tuple(fc.nat(), fc.constantFrom('', '# note', '    # indented', '  # less', '\t# tab')), { maxLength: 12 });
  const generatedPair = fc.tuple(file, projects, projects).filter(([path, one, other]) => [one, other].every((project) => formatOf(path) !== null && exists(`${project}/${path}`)));

  it('items one after the other are the source, comments and blank lines anywhere', () => {
    fc.assert(
      fc.property(fc.tuple(file, projects).filter(([path, project]) => exists(`${project}/${path}`)), spots, ([path, project], comments) => {
        const text = sprinkled(golden(`${project}/${path}`), comments);
        const block = parsed(path, text);
        if (block === null) return;
        expect(sourceOf(block)).toBe(text);
        nested(block);
      }),
      { numRuns: 300 },
    );
  });

  it('without a change of the one side the result is the other side', () => {
    fc.assert(
      fc.property(generatedPair, spots, ([path, one, other], comments) => {
        const base = golden(`${one}/${path}`);
        const generated = golden(`${other}/${path}`);
        const yours = sprinkled(base, comments);
        expect(mergeFile(path, base, base, generated)).toEqual([generated]);
        expect(mergeFile(path, base, yours, base)).toEqual([yours]);
        // and not for the short cuts alone
        const format = formatOf(path);
        if (format) expect(mergeStructured(format, base, yours, base) ?? [yours]).toEqual([yours]);
        if (format) expect(settle(mergeStructured(format, base, `${base}# end\n`, generated) ?? [], () => 'keep')).not.toBe('');
      }),
      { numRuns: 100 },
    );
  });

  it('a file with comments and blank lines of the user means what is generated', () => {
    fc.assert(
      fc.property(generatedPair, spots, ([path, one, other], comments) => {
        const base = golden(`${one}/${path}`);
        const generated = golden(`${other}/${path}`);
        const yours = sprinkled(base, comments);
        const wanted = parsed(path, generated);
        if (parsed(path, yours) === null || wanted === null) return;
        const result = mergeFile(path, base, yours, generated);
        // A comment in what the generator removes is for the user to give up.
        if (conflictsOf(result).some((conflict) => conflict.generated === '')) return;
        const merged = clean(result);
        expect(meaning(parsed(path, merged))).toEqual(meaning(wanted));
      }),
      { numRuns: 100 },
    );
  });

  const EDITS: readonly (readonly [string, string])[] = [
    ['    init: true\n    environment: &web-environment\n', '    init: true\n    mem_limit: 1g # ours\n    environment: &web-environment # mine\n'],
    ['      LOG_LEVEL: ${LOG_LEVEL:-INFO}\n', '      LOG_LEVEL: DEBUG # loud\n'],
    ['      LOG_LEVEL:', '      OURS: "1"\n      LOG_LEVEL:'],
    ['  proxy:\n', '  extra:\n    image: extra\n    environment: *web-environment\n\n  proxy:\n'],
    ['      - web-proxy\n    depends_on', '      - web-proxy\n      - extra-net\n    depends_on'],
    ['networks:\n  public: {}\n', 'networks:\n  extra-net: {}\n  public: {}\n'],
    ['    restart: "no"\n', '    restart: \'no\' # never again\n'],
    ['    stop_grace_period: 40s\n', '    stop_grace_period: 41s\n'],
    ['\nvolumes:\n', '\nvolumes:\n  extra-data: {}\n'],
    ['  web-beat:\n', '  # beats once\n  web-beat:\n'],
    ['      interval: 10s\n', '      interval: 11s\n'],
    ['x-logging: &logging\n', 'x-ours: &ours\n  a: 1\n\nx-logging: &logging\n  <<: *ours\n'],
  ];

  it('edits of the user are all there once conflicts are kept, and the file is one', () => {
    const base = golden('django/compose.yaml');
    fc.assert(
      fc.property(fc.subarray([...EDITS]), fc.subarray([...EDITS]), fc.constantFrom('django', 'trio', 'bare'), (mine, theirs, project) => {
        const yours = edits(base, mine);
        const generated = edits(golden(`${project}/compose.yaml`), theirs.filter(([from]) => golden(`${project}/compose.yaml`).includes(from)));
        const merged = mergeFile('compose.yaml', base, yours, generated);
        const kept = settle(merged, () => 'keep');
        // Of what the generator removed, quotes inside go with it.
        if (project !== 'bare') expectLines(kept, addedTo(base, yours));
        expect(() => compose(kept)).not.toThrow();
        if (conflictsOf(merged).length === 0) expect(mergeFile('compose.yaml', generated, kept, generated)).toEqual([kept]);
      }),
      { numRuns: 100 },
    );
  });
});

type Tree = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe('decisions', () => {
  const inner = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', 'x', 'no'), { noNullPrototype: true }).map((keys) => ({ image: 'i', ...keys }));
  const tree = fc.dictionary(fc.constantFrom('web', 'job', 'db', 'proxy'), inner, { noNullPrototype: true }).map((services): Tree => ({ web: { image: 'w' }, ...services }));
  const plain = (services: Tree): string =>
    lines('services:', ...Object.entries(services).flatMap(([name, keys], index) => [...(index === 0 ? [] : ['']), `  ${name}:`, ...Object.entries(keys).map(([key, value]) => `    ${key}: "${value}"`)]));
  /** Backwards, in other quotes, and wider. */
  const styled = (services: Tree): string =>
    lines('# mine', '', 'services: # all', ...Object.entries(services).reverse().flatMap(([name, keys]) => [`    '${name}':`, ...Object.entries(keys).reverse().flatMap(([key, value]) => [`        ${key}:  '${value}'`]), '']));

  it('are those of a three-way merge of the data, whatever the text of the user looks like', () => {
    fc.assert(
      fc.property(tree, tree, tree, fc.boolean(), (base, yours, generated, restyled) => {
        const merged = mergeFile('compose.yaml', plain(base), restyled ? styled(yours) : plain(yours), plain(generated));
        const kept = settle(merged, () => 'keep');
        const [wanted, conflicts] = decided(base, yours, generated);
        expect(compose(kept).services).toEqual(wanted);
        expect(conflictsOf(merged)).toHaveLength(conflicts);
      }),
      { numRuns: 500 },
    );
  });
});

/** The data that a merge gives when conflicts are settled for the user, and how many there are. */
function decided(base: Tree, yours: Tree, generated: Tree): [Tree, number] {
  let conflicts = 0;
  function merge<T>(b: Readonly<Record<string, T>>, y: Readonly<Record<string, T>>, g: Readonly<Record<string, T>>, both: (b: T | undefined, y: T, g: T) => T): Record<string, T> {
    const same = (one: T | undefined, other: T | undefined): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
    const result: Record<string, T> = {};
    for (const key of new Set([...Object.keys(y), ...Object.keys(g)])) {
      const [was, mine, theirs] = [b[key], y[key], g[key]];
      if (same(mine, theirs) || same(was, theirs)) {
        if (mine !== undefined) result[key] = mine;
      } else if (same(was, mine)) {
        if (theirs !== undefined) result[key] = theirs;
      } else if (mine !== undefined && theirs !== undefined) result[key] = both(was, mine, theirs);
      else {
        conflicts++;
        if (mine !== undefined) result[key] = mine;
      }
    }
    return result;
  }
  const asked = <T>(mine: T): T => {
    conflicts++;
    return mine;
  };
  // services that both added are different ones
  const kept = merge(base, yours, generated, (b, y, g) => (b === undefined ? asked(y) : merge(b, y, g, (_was, mine) => asked(mine))));
  return [kept, conflicts];
}

function ordered(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).sort() : value;
}

const entry = (name: string, version: string): string => lines(`${name}==${version} \\`, `    --hash=sha256:${'0'.repeat(63)}1 \\`, `    --hash=sha256:${'0'.repeat(63)}2`);
const HEADER = lines('# This file was autogenerated by uv via the following command:', '#    ./run lock');

describe('locks', () => {
  const base = HEADER + entry('a', '1') + entry('b', '1') + entry('c', '1');
  it.each([
    ['takes what the generator alone changed, under the header of the user', base, `# mine\n${entry('a', '1')}${entry('b', '2')}${entry('c', '1')}`, HEADER + entry('a', '3') + entry('b', '1') + entry('c', '1'), `# mine\n${entry('a', '3')}${entry('b', '2')}${entry('c', '1')}`],
    ['takes the generated one where both changed', base, base.replace('b==1', 'b==2'), base.replace('b==1', 'b==3').replace('c==1', 'c==2'), base.replace('b==1', 'b==3').replace('c==1', 'c==2')],
    ['keeps packages of the user and all that they may need', base, HEADER + entry('a', '1') + entry('b', '1') + entry('bb', '1') + entry('c', '1'), HEADER + entry('a', '2') + entry('b', '1'), HEADER + entry('a', '2') + entry('b', '1') + entry('bb', '1') + entry('c', '1')],
    ['drops what the generator dropped', base, base.replace('a==1', 'a==2'), HEADER + entry('a', '1') + entry('b', '1'), HEADER + entry('a', '2') + entry('b', '1')],
    ['leaves out what the user removed', base, HEADER + entry('a', '1') + entry('b', '1'), HEADER + entry('a', '2') + entry('b', '1') + entry('c', '1'), HEADER + entry('a', '2') + entry('b', '1')],
    ['sorts in what is new', base, base.replace('a==1', 'a==2'), HEADER + entry('a', '1') + entry('aa', '1') + entry('b', '1') + entry('c', '1'), HEADER + entry('a', '2') + entry('aa', '1') + entry('b', '1') + entry('c', '1')],
    ['keeps CRLF', base, base.replace('a==1', 'a==2').replaceAll('\n', '\r\n'), base.replace('b==1', 'b==2'), base.replace('a==1', 'a==2').replace('b==1', 'b==2').replaceAll('\n', '\r\n')],
    ['of another tool is not merged', base, '[[package]]\nname = "a"\n', base.replace('a==1', 'a==2'), null],
    ['that is no lock is not merged', base, 'a>=1\n', base.replace('a==1', 'a==2'), null],
    ['keeps a comment above an entry that changes or goes', base, base.replace('b==1', '# mine\nb==1').replace('c==1', '# too\nc==1'), base.replace('b==1', 'b==2').replace(entry('c', '1'), entry('d', '1')), HEADER + entry('a', '1') + '# mine\n' + entry('b', '2') + '# too\n' + entry('d', '1')],
    ['keeps comments between its entries', base, base.replace('b==1', '# pinned by hand\nb==1'), base.replace('a==1', 'a==2'), base.replace('a==1', 'a==2').replace('b==1', '# pinned by hand\nb==1')],
  ])('%s', (_name, before, yours, generated, merged) => {
    expect(mergeLock(before, yours, generated)).toBe(merged);
  });

  it('that both added has the packages of both, in the versions of the generator', () => {
    expect(mergeLock(null, HEADER + entry('a', '1') + entry('z', '1'), HEADER + entry('a', '2') + entry('b', '1'))).toBe(HEADER + entry('a', '2') + entry('b', '1') + entry('z', '1'));
  });

  it('of the generator are read', () => {
    const { packages } = loadSources(root, '0.1.0');
    const before = lock(packages, [{ name: 'django' }]);
    const after = lock(packages, [{ name: 'django' }, { name: 'celery', extras: ['redis'] }]);
    expect(mergeLock(before, `# mine\n${before}`, after)).toBe(`# mine\n${after}`);
  });
});

describe('locking anew', () => {
  const { packages } = loadSources(root, '0.1.0');
  const version = (name: string): string => (packages as PackageGraph).packages[name]?.version ?? '';

  it('is what the generator writes, for every list of a project', () => {
    for (const answers of [withDefaults({}), withDefaults({ broker: 'redis', cache: 'redis', database: 'mariadb' })]) {
      const files = renderProject(resolveProject(answers), loadSources(root, '0.1.0'));
      const text = (name: string): string => files.get(`services/web/${name}`)?.text ?? '';
      const [runtime, test, dev] = [text('requirements.in'), text('requirements-test.in'), text('requirements-dev.in')];
      expect(relock([runtime], packages)).toBe(text('requirements.txt'));
      expect(relock([runtime, test], packages)).toBe(text('requirements-test.txt'));
      expect(relock([runtime, test, dev], packages)).toBe(text('requirements-dev.txt'));
    }
  });

  it('takes any spelling of a name, and comments', () => {
    expect(relock([`# ours\nDjango==${version('django')}  # LTS\n`], packages)).toBe(lock(packages, [{ name: 'django' }]));
  });

  it.each(['unknown==1', 'django==0', 'django', 'django>=1', `django==${version('django')} ; python_version < "4"`, '-e .', '-r other.txt', `django[nothing]==${version('django')}`, 'constructor==1', `django==${version('django')} --hash=sha256:1`])(
    'is left to uv for %s',
    (line) => {
      expect(relock([`${line}\n`], packages)).toBeNull();
    },
  );
});

interface ComposeText {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What Compose reads, aliases resolved. */
function compose(text: string): ComposeText {
  return parse(text, { version: '1.1', logLevel: 'error' }) as ComposeText;
}

function rendered(changes: Parameters<typeof withDefaults>[0]): string {
  return renderProject(resolveProject(withDefaults(changes)), loadSources(root, '0.1.0')).get('compose.yaml')?.text ?? '';
}

/** A text with replacements, each of which must find its place. */
function edits(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((edited, [from, to]) => {
    if (!edited.includes(from)) throw new Error(`there is no ${from}`);
    return edited.replace(from, () => to);
  }, text);
}

/** The lines of a text that another does not have as often. */
function addedTo(base: string, text: string): string[] {
  const known = base.split('\n');
  return text.split('\n').filter((line) => {
    const at = known.indexOf(line);
    if (at >= 0) known.splice(at, 1);
    return at < 0 && line.trim() !== '';
  });
}

function expectLines(text: string, wanted: readonly string[]): void {
  const found = text.split('\n');
  expect(wanted.filter((line) => !found.includes(line))).toEqual([]);
}

function clean(merged: Merged): string {
  expect(conflictsOf(merged)).toEqual([]);
  return merged.join('');
}

/** What is above the services, the services by name, and what is below. */
function sections(text: string): [head: string, services: Map<string, string>, tail: string] {
  const start = text.indexOf('services:\n') + 'services:\n'.length;
  const end = text.indexOf('\nnetworks:\n');
  const services = text.slice(start, end).split(/\n(?=  \S)/).map((service) => `${service.trimEnd()}\n`);
  return [text.slice(0, start), new Map(services.map((service) => [/\S+(?=:)/.exec(service)?.[0] ?? '', service])), text.slice(end)];
}

function exists(path: string): boolean {
  try {
    return golden(path) !== '';
  } catch {
    return false;
  }
}

/** A text with lines put in; not inside of a value over several lines, which the files do not have. */
function sprinkled(text: string, comments: readonly (readonly [number, string])[]): string {
  const all = text.replace(/\n$/, '').split('\n');
  for (const [at, comment] of comments) all.splice(at % (all.length + 1), 0, comment);
  return lines(...all);
}

/** null if the text is none that the keyed merge trusts. */
function parsed(path: string, text: string): Block | null {
  try {
    return formatOf(path)?.parse(text) ?? null;
  } catch {
    return null;
  }
}

function nested(block: Block): void {
  for (const { body, block: inner } of block.items) {
    if (!inner || inner.flow) continue;
    expect(body.endsWith(sourceOf(inner))).toBe(true);
    nested(inner);
  }
}

function meaning(block: Block | null): unknown {
  return new Map(block?.items.map(({ key, value }) => [key, value]));
}
