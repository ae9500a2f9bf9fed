/** Fragments of starters in Dockerfiles and Compose files, and licences at the heads of sources. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { UserError } from '../generators/errors/user-error.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { composeFiles } from '../generators/render/compose/index.ts';
import type { ComposeFile } from '../generators/render/compose/model.ts';
import { printCompose } from '../generators/render/compose/yaml.ts';
import type { Sources } from '../generators/render/file-map.ts';
import { withLicence } from '../generators/render/licence-header.ts';
import { projectFiles } from '../generators/render/project-files.ts';
import { broughtBy } from '../generators/starter/brought.ts';
import { placeInCompose, readComposeFragment, type Spots } from '../generators/starter/fragments/compose.ts';
import { placeInDockerfile } from '../generators/starter/fragments/dockerfile.ts';
import { readStarter } from '../generators/starter/read/starter.ts';
import { withDefaults, writeFiles } from './projects.ts';
import { sources } from './tools/living.ts';
import { toolsDirectory } from './tools/python.ts';

const MINUTE = 60_000;
const STAGES = ['base', 'builder', 'develop', 'runtime', 'test'];
const services: Answers['services'] = [
  { name: 'shop', framework: 'django' },
  { name: 'cart-x', framework: 'flask' },
  { name: 'alpha', framework: 'fastapi' },
];
const BARE = { database: 'none', cache: 'none', broker: 'none', mail: 'none', proxy: 'none', beat: false, example: false } as const;
const PROJECTS = {
  full: withDefaults({ name: 'full', services }),
  other: withDefaults({ name: 'other', services, database: 'mariadb', cache: 'redis', broker: 'valkey', proxy: 'caddy' }),
  bare: withDefaults({ name: 'bare', services, ...BARE }),
};

/** The sources with a starter of these files, and perhaps others above it. */
function withStarters(...layers: readonly Readonly<Record<string, string>>[]): Sources {
  const starters = layers.map((files) => readStarter(new Map(Object.entries({ 'starter.yaml': 'name: acme\nversion: 1.0.0\n', ...files })), { from: './acme' }, '/starters/acme', 'acme'));
  return { ...sources, brought: broughtBy(starters) };
}

function textOf(files: ReadonlyMap<string, { readonly text: string }>, path: string): string {
  const file = files.get(path);
  if (file === undefined) throw new Error(`there is no ${path}`);
  return file.text;
}

/** Where each RUN that prints a word is, and who runs it: by line, with no idea of what a Dockerfile can be otherwise. */
function runs(dockerfile: string): readonly { readonly word: string; readonly stage: string; readonly user: string }[] {
  const userOf = new Map<string, string>();
  const found: { word: string; stage: string; user: string }[] = [];
  let stage = '';
  for (const line of dockerfile.split('\n')) {
    const [keyword, first = '', , name = ''] = line.split(' ');
    if (keyword === 'FROM') {
      stage = name;
      userOf.set(stage, userOf.get(first) ?? '0:0');
    }
    if (keyword === 'USER') userOf.set(stage, first);
    const [, word] = /^RUN echo (\S+)$/.exec(line) ?? [];
    if (word !== undefined) found.push({ word, stage, user: userOf.get(stage) ?? '' });
  }
  return found;
}

describe('a fragment of a Dockerfile', () => {
  const COPY = 'COPY ca.pem /etc/ssl/';
  // what it does, before, and after: where that is null, the fragment is before the user
  it.each<readonly [string, string, string | null]>([
    ['goes to the end of the only stage', 'FROM x AS base\nRUN a\n', `FROM x AS base\nRUN a\n${COPY}\n`],
    ['goes behind FROM where there is no more', 'FROM x AS base\n', `FROM x AS base\n${COPY}\n`],
    ['goes behind a last line that does not end', 'FROM x AS base\nRUN a', `FROM x AS base\nRUN a\n${COPY}\n`],
    ['goes before the blank lines and comments of the next stage', 'FROM x AS base\nRUN a\n\n# Next.\n\n# And more.\nFROM base AS y\n', `FROM x AS base\nRUN a\n${COPY}\n\n# Next.\n\n# And more.\nFROM base AS y\n`],
    ['goes before the next stage that follows at once', 'FROM x AS base\nRUN a\nFROM base\n', `FROM x AS base\nRUN a\n${COPY}\nFROM base\n`],
    ['goes below the comments at the end of the file', 'FROM x AS base\nRUN a\n# CMD later\n\n', `FROM x AS base\nRUN a\n# CMD later\n${COPY}\n\n`],
    ['goes before a user other than root', 'FROM x AS base\nENV A=b\nUSER app\nCMD c\n', `FROM x AS base\nENV A=b\n${COPY}\nUSER app\nCMD c\n`],
    ['goes before the comments of that user', 'FROM x AS base\nRUN a\n\n# Not root.\n# hadolint ignore=DL3066\nUSER app\n', `FROM x AS base\nRUN a\n\n${COPY}\n# Not root.\n# hadolint ignore=DL3066\nUSER app\n`],
    ['goes below a comment that stands apart from that user', 'FROM x AS base\n# Alone.\n\nUSER app\n', `FROM x AS base\n# Alone.\n\n${COPY}\nUSER app\n`],
    ['goes before the last user, not before root', 'FROM x AS base\nUSER 0:0\nRUN a\nUSER app\nCMD c\n', `FROM x AS base\nUSER 0:0\nRUN a\n${COPY}\nUSER app\nCMD c\n`],
    ['goes before the first of several users, the only place where the build is root', 'FROM x AS base\nRUN a\nUSER one\nRUN b\nUSER two\n', `FROM x AS base\nRUN a\n${COPY}\nUSER one\nRUN b\nUSER two\n`],
    ['goes before a user that a variable names', 'FROM x AS base\nARG UID\nUSER ${UID}\n', `FROM x AS base\nARG UID\n${COPY}\nUSER \${UID}\n`],
    ...['0', '0:0', 'root', 'root:root', '"0:0"', '0:1000'].map((root) => [`goes to the end behind ${root}`, `FROM x AS base\nUSER app\nUSER ${root}\nCMD c\n`, `FROM x AS base\nUSER app\nUSER ${root}\nCMD c\n${COPY}\n`] as const),
    ['is not moved by a user for later builds', 'FROM x AS base\nONBUILD USER app\nCMD c\n', `FROM x AS base\nONBUILD USER app\nCMD c\n${COPY}\n`],
    ['is not moved by the user of another stage', 'FROM x AS a\nUSER app\nFROM x AS base\nCMD c\nFROM x AS z\nUSER app\n', `FROM x AS a\nUSER app\nFROM x AS base\nCMD c\n${COPY}\nFROM x AS z\nUSER app\n`],
    ['reads any case, platforms and tabs', 'from --platform=$BUILDPLATFORM x as Base\n\tuser\tapp\n', `from --platform=$BUILDPLATFORM x as Base\n${COPY}\n\tuser\tapp\n`],
    ['reads a FROM of several lines', 'FROM --platform=linux/amd64 \\\n  x \\\n  AS base\nRUN a\nFROM y\n', `FROM --platform=linux/amd64 \\\n  x \\\n  AS base\nRUN a\n${COPY}\nFROM y\n`],
    ['takes the last stage of two with its name, as Docker does', 'FROM x AS base\nFROM y AS base\n', `FROM x AS base\nFROM y AS base\n${COPY}\n`],
    ['does not split a continued instruction', 'FROM x AS base\nRUN a \\\n  # FROM y AS z\n\n  FROM \\\n  USER app\nFROM y\n', `FROM x AS base\nRUN a \\\n  # FROM y AS z\n\n  FROM \\\n  USER app\n${COPY}\nFROM y\n`],
    ['knows that two backslashes continue nothing', 'FROM x AS base\nRUN a \\\\\nUSER app\n', `FROM x AS base\nRUN a \\\\\n${COPY}\nUSER app\n`],
    ['knows another sign of continuation', '# escape=`\nFROM x AS base\nCOPY a C:\\\nRUN b `\nUSER c\nUSER app\n', `# escape=\`\nFROM x AS base\nCOPY a C:\\\nRUN b \`\nUSER c\n${COPY}\nUSER app\n`],
    ['takes no directive from below the first comment', '# A comment.\n# escape=`\nFROM x AS base\nRUN b \\\nUSER c\n', `# A comment.\n# escape=\`\nFROM x AS base\nRUN b \\\nUSER c\n${COPY}\n`],
    ['does not split a heredoc', 'FROM x AS base\nRUN <<EOF\nUSER app\nFROM y\nEOF\nFROM y\n', `FROM x AS base\nRUN <<EOF\nUSER app\nFROM y\nEOF\n${COPY}\nFROM y\n`],
    ['does not split several heredocs', "FROM x AS base\nCOPY <<-\"A\" <<'B' /to/\n\tFROM y\n\tA\nUSER app\nB\nCMD c\n", `FROM x AS base\nCOPY <<-"A" <<'B' /to/\n\tFROM y\n\tA\nUSER app\nB\nCMD c\n${COPY}\n`],
    ['does not split a heredoc of a continued instruction', 'FROM x AS base\nRUN cat <<EOF \\\n  > a\nUSER app\nEOF\nCMD c\n', `FROM x AS base\nRUN cat <<EOF \\\n  > a\nUSER app\nEOF\nCMD c\n${COPY}\n`],
    ['does not split a heredoc for later builds', 'FROM x AS base\nONBUILD RUN <<EOF\nUSER app\nEOF\n', `FROM x AS base\nONBUILD RUN <<EOF\nUSER app\nEOF\n${COPY}\n`],
    ['does not split a heredoc that ends like a comment', 'FROM x AS base\nRUN cat <<"#E"\n# a\n#E\nUSER app\n', null],
    ['sees no heredoc where there is none', 'FROM x AS base\nRUN cat <<< b; echo "<<EOF" \'<<EOF\' \\<<EOF a<<B\nENV C=<<D\nUSER app\n', null],
    ['knows a number before a heredoc', 'FROM x AS base\nRUN cat 3<<EOF\nUSER app\nEOF\n', `FROM x AS base\nRUN cat 3<<EOF\nUSER app\nEOF\n${COPY}\n`],
    ['goes before an instruction that does not end', 'FROM x AS base\nRUN a\n# It goes on.\nRUN b \\\n', `FROM x AS base\nRUN a\n${COPY}\n# It goes on.\nRUN b \\\n`],
  ])('%s', (_, before, after) => {
    const expected = after ?? before.replace('USER app', `${COPY}\nUSER app`);
    expect(placeInDockerfile(before, new Map([['base', `${COPY}\n`]]))).toEqual({ text: expected, missing: [] });
  });

  it.each([
    ['without an end', 'RUN a', 'RUN a'],
    ['with blank lines around it', '\n  \n# Why.\nRUN a\n\n\n', '# Why.\nRUN a'],
    ['with a blank line inside', 'RUN a\n\nRUN b\n', 'RUN a\n\nRUN b'],
    ['with the ends of lines of Windows', 'RUN a \\\r\n  b\r\n', 'RUN a \\\n  b'],
    ['that would swallow what follows', 'RUN a \\\n', 'RUN a'],
    ['that would swallow what follows over comments', 'RUN a \\\n  b \\\n# c\n\n\\\n', 'RUN a \\\n  b\n# c'],
    ['with a heredoc', 'RUN <<EOF\na \\\nEOF\n', 'RUN <<EOF\na \\\nEOF'],
  ])('is placed %s', (_, fragment, placed) => {
    expect(placeInDockerfile('FROM x AS base\nUSER app\n', new Map([['base', fragment]])).text).toBe(`FROM x AS base\n${placed}\nUSER app\n`);
  });

  it.each(['', '\n', '  \n\t\n', '\\\n'])('places nothing where it is %j', (fragment) => {
    expect(placeInDockerfile('FROM x AS base', new Map([['base', fragment]]))).toEqual({ text: 'FROM x AS base', missing: [] });
  });

  it('names the stages that are not there', () => {
    const fragments = new Map([['base', 'RUN a'], ['Base', 'RUN b'], ['release', 'RUN c'], ['0', 'RUN d'], ['x', 'RUN e']]);
    expect(placeInDockerfile('FROM x AS base\n', fragments)).toEqual({ text: 'FROM x AS base\nRUN a\nRUN b\n', missing: ['release', '0', 'x'] });
    expect(placeInDockerfile('', fragments)).toEqual({ text: '', missing: [...fragments.keys()] });
  });

  it('does not care for the order of stages, and a later one goes behind it', () => {
    const dockerfile = 'FROM x AS one\nUSER app\nFROM one AS two\n';
    const placed = placeInDockerfile(dockerfile, new Map([['two', 'RUN a'], ['one', 'RUN b\nRUN c']])).text;
    expect(placed).toBe('FROM x AS one\nRUN b\nRUN c\nUSER app\nFROM one AS two\nRUN a\n');
    expect(placeInDockerfile(placed, new Map([['one', 'RUN d']])).text).toBe('FROM x AS one\nRUN b\nRUN c\nRUN d\nUSER app\nFROM one AS two\nRUN a\n');
  });

  describe.each(Object.entries(PROJECTS))('in the Dockerfiles of the %s project', (_, answers) => {
    const layer = (word: string): Record<string, string> => Object.fromEntries(STAGES.map((stage) => [`fragments/Dockerfile.${stage}`, `RUN echo ${stage}-${word}-<%= service.name %>\n`]));
    const files = projectFiles(answers, withStarters(layer('low'), layer('high')));
    it.each(services.map(({ name }) => name))('%s: is in its stage, in order, as root', (name) => {
      const path = `services/${name}/Dockerfile`;
      const dockerfile = textOf(files, path);
      expect(runs(dockerfile)).toEqual(STAGES.flatMap((stage) => ['low', 'high'].map((word) => ({ word: `${stage}-${word}-${name}`, stage, user: '0:0' }))));
      // all else is as it was, and no blank line has come
      expect(dockerfile.split('\n').filter((line) => !line.startsWith('RUN echo '))).toEqual(textOf(projectFiles(answers, sources), path).split('\n'));
      expect(dockerfile).toMatch(/\nENV \w+=deploy\.settings\nRUN echo runtime-low-\S+\nRUN echo runtime-high-\S+\nUSER 10001:10001\nEXPOSE/);
      expect(dockerfile).toMatch(/\nRUN chmod -R u=rwX,go=rX \.\nRUN echo test-low-\S+\nRUN echo test-high-\S+\nUSER 10001:10001\nCMD/);
      expect(dockerfile).toMatch(/\nRUN echo builder-high-\S+\n\n# The source is mounted/);
    });
  });
});

const FILE = {
  name: 'x',
  services: {
    web: { image: 'web', environment: { A: '1' }, networks: ['web-public'], depends_on: { database: { condition: 'service_healthy' } }, command: ['sh', 'web.sh'] },
    'web-worker': { image: 'web', command: ['sh', 'worker.sh'], tmpfs: ['/tmp'] },
    books: { image: 'books', ports: ['1:1'], volumes: ['a:/a'] },
    'pay-web': { image: 'pay' },
    database: { image: 'postgres', deploy: { resources: { limits: { cpus: '1.0', memory: '1G', pids: 9 } } } },
  },
  networks: { 'web-public': {}, 'web-database': { internal: true } },
} as const satisfies ComposeFile;

const SPOTS: Spots = {
  processes: new Map([
    ['web', { role: 'web', kind: 'django', framework: 'django' }],
    ['web-worker', { role: 'worker', kind: 'django', framework: 'django' }],
    ['web-beat', { role: 'beat', kind: 'django', framework: 'django' }],
    ['books', { role: 'web', kind: 'audit', framework: 'fastapi' }],
    ['pay-web', { role: 'web', kind: 'fastapi', framework: 'fastapi' }],
  ]),
  components: new Set(['database', 'cache', 'mail']),
};

/** A fragment placed in the file above: what has changed in its services, and what is missing. */
function place(fragment: string, file: ComposeFile = FILE): { changed: Record<string, unknown>; missing: readonly string[]; file: ComposeFile } {
  const placed = placeInCompose(file, readComposeFragment(fragment, 'acme: fragments/compose.yaml', (text) => text), SPOTS);
  const before: Readonly<Record<string, unknown>> = file.services;
  const changed = Object.entries(placed.file.services).filter(([name, service]) => JSON.stringify(service) !== JSON.stringify(before[name]));
  return { ...placed, changed: Object.fromEntries(changed) };
}

describe('a fragment of a Compose file', () => {
  it.each([
    ['process', ['web', 'web-worker', 'books', 'pay-web']],
    ['web', ['web', 'books', 'pay-web']],
    ['worker', ['web-worker']],
    ['django', ['web', 'web-worker']],
    ['fastapi', ['books', 'pay-web']],
    ['audit', ['books']],
    ['database', ['database']],
  ])('%s is %j', (spot, names) => {
    const { changed, missing } = place(`services: { ${spot}: { user: x } }`);
    expect(Object.entries(changed).map(([name, service]) => [name, (service as { user: string }).user])).toEqual(names.map((name) => [name, 'x']));
    expect(missing).toEqual([]);
  });

  it.each([
    ['a process that this file does not have', 'beat: { image: x }'],
    ['a process that no service has', 'migrate: { image: x }'],
    ['a framework of no service', 'flask: { image: x }'],
    ['a component that this project does not have', 'cache: { image: x }'],
    ['a component of another file', 'mail: { image: x }'],
    ['another name without an image', 'metrics: { user: x }'],
    ['another name with an image that is not printed', 'metrics: { image: " " }'],
    ["the name of a user's process, new or not", 'web-worker: { image: x }'],
    ['the name of a process that is not in this file', 'web-beat: { image: x }'],
    ['a key of every object', 'constructor: { user: x }'],
    ['the prototype of every object', '__proto__: { user: x }'],
  ])('is not placed, and said to be missing: %s', (_, service) => {
    const { file, missing } = place(`services: { ${service} }`);
    expect(missing).toEqual([service.split(':')[0]]);
    expect(file).toEqual(FILE);
  });

  it('brings new services with an image, last, and a later one adds to them', () => {
    const first = place('services: { metrics: { image: m, environment: [A=1] } }');
    expect(Object.keys(first.file.services)).toEqual([...Object.keys(FILE.services), 'metrics']);
    expect(place('services: { metrics: { environment: { B: 2 } } }', first.file).changed).toEqual({ metrics: { image: 'm', environment: { A: '1', B: 2 } } });
  });

  it('goes from the general to the special, however it is written', () => {
    const texts = ['web', 'audit', 'fastapi', 'process'].map((spot) => `  ${spot}: { user: ${spot}, environment: { ${spot}: 1 } }\n`);
    for (const written of [texts, [...texts].reverse()]) {
      const { changed } = place(`services:\n${written.join('')}`);
      expect(Object.entries(changed).map(([name, service]) => [name, (service as { user: string }).user])).toEqual([['web', 'web'], ['web-worker', 'process'], ['books', 'web'], ['pay-web', 'web']]);
      expect(Object.keys((changed['books'] as { environment: object }).environment)).toEqual(['process', 'fastapi', 'audit', 'web']);
    }
  });

  it.each([
    ['mappings, by key and behind ours', 'database: { deploy: { resources: { reservations: { cpus: "0.5" }, limits: { memory: 2G } } } }', { database: { image: 'postgres', deploy: { resources: { limits: { cpus: '1.0', memory: '2G', pids: 9 }, reservations: { cpus: '0.5' } } } } }],
    ['lists, without doubles', 'audit: { ports: ["1:1", "2:2", "2:2"], volumes: ["b:/b"] }', { books: { image: 'books', ports: ['1:1', '2:2'], volumes: ['a:/a', 'b:/b'] } }],
    ['lists of mappings, without doubles', 'audit: { volumes: [{ type: bind, source: b }, { source: b, type: bind }] }', { books: { ports: ['1:1'], image: 'books', volumes: ['a:/a', { type: 'bind', source: 'b' }] } }],
    ['a list of pairs', 'web: {}\n  django: { environment: [A=2, B=c=d, C] }\n  worker: { tmpfs: /run }', { web: { ...FILE.services.web, environment: { A: '2', B: 'c=d', C: null } }, 'web-worker': { ...FILE.services['web-worker'], environment: ['A=2', 'B=c=d', 'C'], tmpfs: ['/tmp', '/run'] } }],
    ['pairs onto a list', 'process: { labels: [a=b, c] }\n  audit: { labels: { d: e } }\n  django: { labels: [a=b, f] }\n  fastapi: { extra_hosts: ["h:10.0.0.1", "i=::1"] }\n  web: { extra_hosts: { j: k } }', {
      web: { ...FILE.services.web, labels: ['a=b', 'c', 'f'], extra_hosts: { j: 'k' } },
      'web-worker': { ...FILE.services['web-worker'], labels: ['a=b', 'c', 'f'] },
      books: { ...FILE.services.books, labels: { a: 'b', c: '', d: 'e' }, extra_hosts: { h: '10.0.0.1', i: '::1', j: 'k' } },
      'pay-web': { image: 'pay', labels: ['a=b', 'c'], extra_hosts: { h: '10.0.0.1', i: '::1', j: 'k' } },
    }],
    ['networks with more to say', 'django: { networks: { web-public: { aliases: [a] }, b: } }', { web: { ...FILE.services.web, networks: { 'web-public': { aliases: ['a'] }, b: null } }, 'web-worker': { ...FILE.services['web-worker'], networks: { 'web-public': { aliases: ['a'] }, b: null } } }],
    ['networks that are only named again', 'django: { networks: { web-public: { aliases: [a] } } }\n  worker: { networks: [web-public, c] }\n  web: { networks: { web-public: } }', {
      web: { ...FILE.services.web, networks: { 'web-public': { aliases: ['a'] } } },
      'web-worker': { ...FILE.services['web-worker'], networks: { 'web-public': { aliases: ['a'] }, c: null } },
      books: { ...FILE.services.books, networks: { 'web-public': null } },
      'pay-web': { image: 'pay', networks: { 'web-public': null } },
    }],
    ['a list of what is waited for', 'django: { depends_on: [database, metrics] }', { web: { ...FILE.services.web, depends_on: { database: { condition: 'service_healthy' }, metrics: { condition: 'service_started' } } }, 'web-worker': { ...FILE.services['web-worker'], depends_on: ['database', 'metrics'] } }],
    ['another way of waiting', 'audit: { depends_on: { database: { condition: service_started } } }\n  web: { depends_on: [database] }\n  django: { depends_on: { database: { restart: true, condition: service_started } } }', {
      web: { ...FILE.services.web, depends_on: { database: { condition: 'service_started', restart: true } } },
      'web-worker': { ...FILE.services['web-worker'], depends_on: { database: { restart: true, condition: 'service_started' } } },
      books: { ...FILE.services.books, depends_on: { database: { condition: 'service_started' } } },
      'pay-web': { image: 'pay', depends_on: ['database'] },
    }],
    ['a command, as a whole', 'worker: { command: [sh, mine.sh, sh] }', { 'web-worker': { ...FILE.services['web-worker'], command: ['sh', 'mine.sh', 'sh'] } }],
    ['what is of another sort, by replacing it', 'audit: { ports: x, volumes: { y: z }, image: [i] }', { books: { image: ['i'], ports: 'x', volumes: { y: 'z' } } }],
    ['pairs that are none, by replacing', 'django: { environment: [{ a: b }] }', { web: { ...FILE.services.web, environment: [{ a: 'b' }] }, 'web-worker': { ...FILE.services['web-worker'], environment: [{ a: 'b' }] } }],
    ['nothing, by replacing', 'worker: { command: }', { 'web-worker': { ...FILE.services['web-worker'], command: null } }],
  ])('merges %s', (_, fragment, expected) => {
    const { changed, missing } = place(`services:\n  ${fragment}\n`);
    expect(changed).toEqual(expected);
    expect(missing).toEqual([]);
  });

  it('keeps the order of keys, ours first', () => {
    const { file } = place('x-acme: [1]\nnetworks: { b: , web-database: { driver: d } }\nservices: { audit: { user: x, image: y } }\nvolumes: { v: { external: true }, w: }\n');
    expect(JSON.stringify(file)).toBe(JSON.stringify({
      ...FILE,
      services: { ...FILE.services, books: { image: 'y', ports: ['1:1'], volumes: ['a:/a'], user: 'x' } },
      networks: { 'web-public': {}, 'web-database': { internal: true, driver: 'd' }, b: {} },
      'x-acme': [1],
      volumes: { v: { external: true }, w: {} },
    }));
  });

  it('changes neither the file nor its own data', () => {
    const [file, fragment] = [structuredClone(FILE), readComposeFragment('services: { process: { environment: { B: 2 }, networks: { n: }, tmpfs: [/x] } }\nnetworks: { n: }', '', String)];
    const before = JSON.stringify([file, fragment]);
    placeInCompose(file, fragment, SPOTS);
    expect(JSON.stringify([file, fragment])).toBe(before);
  });

  it('gives names that JavaScript knows no meaning', () => {
    const hostile = '{ __proto__: { polluted: a }, constructor: { prototype: { polluted: a } }, toString: b, hasOwnProperty: c }';
    const { file, missing } = place(`services: { audit: { environment: ${hostile} }, web: { environment: ${hostile} }, __proto__: { image: i } }\nnetworks: ${hostile.replace(', toString: b, hasOwnProperty: c', '')}`);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(missing).toEqual([]);
    const printed = printCompose([], file, { ownerOf: (name) => name });
    expect(printed).toMatch(/\n {2}__proto__:\n {4}image: i\n/);
    expect(printed).toMatch(/\n {6}A: "1"\n {6}__proto__:\n {8}polluted: a\n {6}constructor:\n {8}prototype:\n {10}polluted: a\n {6}toString: b\n {6}hasOwnProperty: c\n/);
  });
});

describe('the text of a fragment of a Compose file', () => {
  const read = (text: string, print = (one: string): string => `<${one}>`) => readComposeFragment(text, 'acme: compose.yaml', print);
  const problem = (text: string, print?: (one: string) => string): string => {
    try {
      read(text, print);
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'nothing';
  };

  it.each([
    ['nothing', '', {}],
    ['a comment', '# later\n', {}],
    ['sections without anything', 'services:\nnetworks:\n', {}],
    ['names of which nothing is said', 'networks: { a: }\nvolumes: { b: ~, c: {} }\n', { networks: { a: {} }, volumes: { b: {}, c: {} } }],
    ['what is its own', 'x-a: 1\nx-b: [<% b %>]\n', { 'x-a': 1, 'x-b': ['<<% b %>>'] }],
    ['texts with EJS in them, of each sort', 'services:\n  web:\n    a: <%= a %>\n    b: "<%= b %>"\n    c: [x<%= c %>, c]\n    d: |\n      <% d %>\n', { services: { web: { a: '<<%= a %>>', b: '<<%= b %>>', c: ['<x<%= c %>>', 'c'], d: '<<% d %>\n>' } } }],
    ['modes as Compose takes them', 'secrets: { a: { mode: 0440, size: 10, x: "0440", 08: 08 } }', { secrets: { a: { mode: 0o440, size: 10, x: '0440', 8: 8 } } }],
  ])('is read: %s', (_, text, data) => {
    expect(read(text)).toEqual(data);
  });

  it('prints each text once, after it is known to be a fragment', () => {
    const printed: string[] = [];
    const print = (text: string): string => {
      printed.push(text);
      return '<% again %>: [x]';
    };
    expect(read('services: { web: { a: <% 1 %>, b: [<% 2 %>, "%>"] } }', print)).toEqual({ services: { web: { a: '<% again %>: [x]', b: ['<% again %>: [x]', '%>'] } } });
    expect(printed).toEqual(['<% 1 %>', '<% 2 %>']);
    expect(problem('services: { web: { a: <% 3 %>, a: b } }', print)).toMatch(/"a" is there twice/);
    expect(printed).toHaveLength(2);
  });

  it.each([
    ['another section', 'services: {}\nnetwork: {}\n', 'acme: compose.yaml:2:1: unknown key "network"; did you mean "networks"?; known are services, networks, volumes, secrets, configs, and x-NAME'],
    ['a name of its own', 'name: a\n', /^acme: compose\.yaml:1:1: unknown key "name"/],
    ['a list', '- a\n', /^acme: compose\.yaml:1:1: a Compose fragment is a mapping/],
    ['services that are a list', 'services:\n  - web\n', /^acme: compose\.yaml:2:3: services is no mapping/],
    ['a service that is text', 'services:\n  web: image\n', 'acme: compose.yaml:2:3: services: "web" is string image and no mapping: write `key: value` lines below it'],
    ['a service that is nothing', 'services:\n  web:\n', /^acme: compose\.yaml:2:3: services: "web" is nothing and no mapping/],
    ['a network that is a list', 'networks:\n  a: [b]\n', /^acme: compose\.yaml:2:3: networks: "a" is a list and no mapping/],
    ['logging that is no mapping', 'x-logging: none\n', /^acme: compose\.yaml:1:12: x-logging is no mapping/],
    ['a key twice', 'services:\n  web:\n    a: 1\n    a: 2\n', 'acme: compose.yaml:4:5: the key "a" is there twice: keep one'],
    ['a key twice in a list', 'x-a:\n  - { b: 1, "b": 2 }\n', /^acme: compose\.yaml:2:13: the key "b" is there twice/],
    ['a key that is to be printed', 'services:\n  web:\n    environment: { <%= a %>: b }\n', /^acme: compose\.yaml:3:20: the key "<%= a %>" has EJS in it, which is printed in values alone/],
    ['an alias', 'services: &a {}\n', /^acme: compose\.yaml:1:\d+: anchors are not taken/],
    ['a tag', 'services: { web: { ports: !reset [] } }\n', /^acme: compose\.yaml:1:\d+: tags are not taken/],
    ['too much', `# ${'a'.repeat(300_000)}`, 'acme: compose.yaml: larger than 256 KB, so it is no Compose fragment'],
    ['no YAML', 'services: {\n', /^acme: compose\.yaml:\d+:\d+: /],
    ['lines of EJS', 'services:\n  <% if (a) { %>\n  web: {}\n', /^acme: compose\.yaml:\d+:\d+: /],
  ])('is refused with %s, in one line that says where', (_, text, expected) => {
    const message = problem(text);
    expect(message).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    expect(message).not.toContain('\n');
  });

  it('says where a text stands that cannot be printed', () => {
    const failing = (message: string) => (): never => {
      throw new UserError(message, 1);
    };
    const text = 'services:\n  web:\n    labels: [x, <%= a %>]\n';
    expect(problem(text, failing('acme: compose.yaml:1: a is not defined; mend it'))).toBe('acme: compose.yaml:3:17: a is not defined; mend it');
    expect(problem(text, failing('it does not end'))).toBe('acme: compose.yaml:3:17: it does not end');
    expect(() => read(text, () => { throw new TypeError('ours'); })).toThrow(TypeError);
  });
});

describe('a licence', () => {
  const LICENCE = '\n  Copyright Acme.  \n\nAll rights\treserved.\n\n';
  const HASH = '# Copyright Acme.\n#\n# All rights\treserved.\n';

  it.each<readonly [string, string, string | null]>([
    ['a.py', '"""A."""\n', `${HASH}\n"""A."""\n`],
    ['a/__init__.py', '', HASH],
    ['a.py', '\n\nimport a\n', `${HASH}\nimport a\n`],
    ['a.py', 'class A:\n    pass\n', `${HASH}\n\nclass A:\n    pass\n`],
    ['a.py', '@a\ndef b() -> None:\n    pass\n', `${HASH}\n\n@a\ndef b() -> None:\n    pass\n`],
    ['a.py', '# A.\ndef b() -> None:\n    pass\n', `${HASH}\n# A.\ndef b() -> None:\n    pass\n`],
    ['manage.py', '#!/usr/bin/env python\n"""A."""\n', `#!/usr/bin/env python\n${HASH}\n"""A."""\n`],
    ['a.py', '#!/usr/bin/python\n# -*- coding: utf-8 -*-\nimport a\n', `#!/usr/bin/python\n# -*- coding: utf-8 -*-\n${HASH}\nimport a\n`],
    ['a.py', '\uFEFFimport a\n', `\uFEFF${HASH}\nimport a\n`],
    ['a.sh', '#!/bin/sh\nset -eu\n', `#!/bin/sh\n${HASH}\nset -eu\n`],
    ['a.sh', '#!/bin/sh', `#!/bin/sh\n${HASH}`],
    ['run', '#!/bin/sh\n# The commands.\nset -eu\n', `#!/bin/sh\n${HASH}\n# The commands.\nset -eu\n`],
    ['run', '#!/usr/bin/env node\n', null],
    ['services/a/Dockerfile', 'FROM x\n', `${HASH}\nFROM x\n`],
    ['Dockerfile', '# syntax=docker/dockerfile:1\n# escape=`\n\n# A.\nFROM x\n', `# syntax=docker/dockerfile:1\n# escape=\`\n${HASH}\n# A.\nFROM x\n`],
    ['Dockerfile', '#Check = skip=all\nFROM x\n', `#Check = skip=all\n${HASH}\nFROM x\n`],
    ['compose.yaml', '# The whole system.\n\nname: a\n', `${HASH}\n# The whole system.\n\nname: a\n`],
    ['.github/workflows/a.yml', 'on: push\n', `${HASH}\non: push\n`],
    ['services/proxy/Caddyfile', '{\n}\n', `${HASH}\n{\n}\n`],
    ['services/proxy/default.conf', 'server {}\n', `${HASH}\nserver {}\n`],
    ['pyproject.toml', '[a]\n', `${HASH}\n[a]\n`],
    ['alembic.ini', '[a]\n', `${HASH}\n[a]\n`],
    ['a/style.css', ':root {}\n', '/*\n * Copyright Acme.\n *\n * All rights\treserved.\n */\n\n:root {}\n'],
    ['style.css', '@charset "utf-8";\n:root {}\n', '@charset "utf-8";\n/*\n * Copyright Acme.\n *\n * All rights\treserved.\n */\n\n:root {}\n'],
    ...['README.md', 'requirements.in', 'requirements-dev.txt', 'a.json', '.env.example', '.gitignore', '.editorconfig', '.dockerignore', 'index.html', 'script.py.mako', 'pycompose.yaml', 'pnpm-lock.yaml', 'a.lock', 'package-index/ca.pem', 'LICENSE', 'a.js', 'runner', 'python', 'Dockerfile.md'].map((path) => [path, 'text\n', null] as const),
  ])('is at the head of %s: %j', (path, text, expected) => {
    const licensed = withLicence(path, text, LICENCE);
    expect(licensed).toBe(expected ?? text);
    expect(withLicence(path, licensed, LICENCE)).toBe(licensed);
    expect(withLicence(path, text, ' \n ')).toBe(text);
  });

  it.each([
    ['a comment of CSS', 'style.css', 'a */ b { c: d } /*', '/* a * / b { c: d } /* */\n'],
    ['comments of CSS', 'style.css', 'a **/\n/b', '/*\n * a ** /\n * /b\n */\n'],
    ['a line of Python', 'a.py', 'a\rimport b\fc\u2028d', '# a\n# import b\n# c\n# d\n'],
    ['a line of YAML', 'a.yaml', 'a\u0085b: c\u2029d\0e', '# a\n# b: c\n# d e\n'],
    ['a line of Windows', 'a.sh', 'a\r\nb', '# a\n# b\n'],
    ['the encoding of Python', 'a.py', 'coding: b\nencoding=c\ncoding: d', '# coding : b\n# encoding =c\n# coding: d\n'],
    ['a directive of Docker', 'Dockerfile', 'syntax=evil/frontend', '#\n# syntax=evil/frontend\n'],
  ])('does not become %s', (_, path, licence, expected) => {
    expect(withLicence(path, '', licence)).toBe(expected);
  });
});

describe('projects of a starter with a licence and fragments', () => {
  const LICENCE = 'Copyright Acme Corporation.\n\nAll rights reserved.';
  const PROCESS = '{ environment: [ACME_TIER=gold], labels: { com.acme.service: "<%= project.name %>" }, tmpfs: /run/acme, secrets: [{ source: acme, target: acme, mode: 0440 }] }';
  const layer = {
    'starter.yaml': `name: acme\nversion: 1.0.0\ncompany: { licence: ${JSON.stringify(LICENCE)} }\n`,
    ...Object.fromEntries(STAGES.map((stage) => [`fragments/Dockerfile.${stage}`, `# The company's own.\nRUN --mount=type=bind,source=deploy,target=/deploy \\\n    echo "${stage}" \\\n    && echo "<%= service.name %>"\n`])),
    'fragments/compose.yaml': `services:\n  process: ${PROCESS}\n  web: { depends_on: [collector] }\n  database: { environment: [TZ=UTC] }\n  collector: { image: "acme/collector:1.0.0", networks: [telemetry] }\nnetworks:\n  telemetry:\nsecrets: { acme: { file: ./acme.txt } }\n`,
    'fragments/compose.deploy.yaml': 'services:\n  process: { deploy: { resources: { limits: { memory: 1G } } } }\n  worker: { deploy: { resources: { limits: { memory: 2G } } } }\n',
    'fragments/compose.override.yaml': 'services:\n  fastapi: { environment: { DEBUG: true } }\n  mail: { environment: [MP_VERBOSE=1] }\n',
    'fragments/compose.test.yaml': 'services:\n  web: { extra_hosts: ["registry.acme.example=10.0.0.1"] }\n  database: { shm_size: 1gb }\n',
  };
  let work: string;
  let tools: string;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'pycompose-fragments-'));
    tools = await toolsDirectory(sources.packages);
    for (const [name, answers] of Object.entries(PROJECTS)) writeFiles(join(work, name), projectFiles(answers, withStarters(layer)));
  }, 10 * MINUTE);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const found = (pattern: string): string[] => {
    const paths = globSync(pattern, { cwd: work });
    expect(paths).not.toEqual([]);
    return paths;
  };
  const silent = async (tool: string, argv: readonly string[], cwd = work): Promise<void> => {
    const { exitCode, all } = await execa(join(tools, tool), argv, { cwd, all: true, reject: false });
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: '' });
  };

  it('satisfy hadolint', () => silent('hadolint', found('**/Dockerfile')));
  it('satisfy shellcheck', () => silent('shellcheck', [...found('**/*.sh'), ...found('*/run')]));
  it('satisfy yamllint', () => silent('yamllint', ['--strict', '--config-data', '{extends: default, rules: {line-length: disable, document-start: disable}}', '.']));
  it.each(['check', 'format --check'])('satisfy ruff %s', async (command) => {
    for (const pyproject of found('*/services/*/pyproject.toml')) await silent('ruff', [...command.split(' '), '--no-cache', '--quiet', '.'], join(work, dirname(pyproject)));
  });

  it('keep the form that ruff gives to Python, whatever a file begins with', async () => {
    const beginnings = ['', '"""A."""\n', 'import os\n\nprint(os)\n', 'A = 1\n', '# A.\nA = 1\n', '# A.\n\n\ndef a() -> None:\n    pass\n', '# A.\nclass A:\n    pass\n', 'class A:\n    pass\n', 'async def a() -> None:\n    pass\n', '@a\ndef b() -> None:\n    pass\n', 'if True:\n    pass\n'];
    const directory = mkdtempSync(join(work, 'python-'));
    for (const [index, text] of beginnings.entries()) {
      writeFileSync(join(directory, `plain_${index}.py`), withLicence('a.py', text, LICENCE));
      writeFileSync(join(directory, `program_${index}.py`), withLicence('a.py', `#!/usr/bin/env python\n${text}`, LICENCE));
    }
    await silent('ruff', ['format', '--check', '--no-cache', '--quiet', '.'], directory);
  });

  it("follow the Compose specification's schema", () => {
    const schema = createRequire(import.meta.url).resolve('dclint/package.json').replace('package.json', 'schemas/compose.schema.json');
    const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    for (const path of found('*/compose*.yaml')) {
      validate(parse(readFileSync(join(work, path), 'utf8'), { version: '1.1', logLevel: 'error' }));
      expect({ path, errors: validate.errors }).toEqual({ path, errors: null });
    }
  });

  it('have the fragments in the Compose files that they are for', () => {
    type File = { services: Record<string, Record<string, unknown>>; networks: object; secrets: object };
    const files = composeFiles(resolveProject(PROJECTS.full), withStarters(layer));
    const before = composeFiles(resolveProject(PROJECTS.full), sources);
    const data = (path: string, from = files): File => parse(textOf(new Map([...from].map(([name, text]) => [name, { text }])), path), { version: '1.1', logLevel: 'error' }) as File;
    const base = data('compose.yaml');
    const processes = services.flatMap(({ name }) => [name, `${name}-migrate`, `${name}-worker`, `${name}-beat`]);
    for (const name of processes) {
      expect(base.services[name]).toMatchObject({ environment: { ...data('compose.yaml', before).services[name]?.['environment'] as object, ACME_TIER: 'gold' }, tmpfs: '/run/acme' });
      expect(base.services[name]?.['secrets']).toContainEqual({ source: 'acme', target: 'acme', mode: 0o440 });
      expect(Object.keys((base.services[name]?.['depends_on'] ?? {}) as object).includes('collector')).toBe(!name.includes('-') || name === 'cart-x');
      const limits = { deploy: { resources: { limits: { memory: name.endsWith('-worker') ? '2G' : '1G', pids: 128 } } } };
      expect(data('compose.deploy.yaml').services[name]).toMatchObject(limits);
      expect('DEBUG' in (data('compose.override.yaml').services[name]?.['environment'] as object)).toBe(name.startsWith('alpha'));
    }
    expect(Object.keys(base.services)).toEqual([...Object.keys(data('compose.yaml', before).services), 'collector']);
    expect(base.networks).toMatchObject({ telemetry: {} });
    expect(data('compose.override.yaml').services['mail']).toMatchObject({ environment: { MP_MAX_MESSAGES: '500', MP_VERBOSE: '1' } });
    expect(data('compose.test.yaml').services['database']).toMatchObject({ networks: ['tests'], shm_size: '1gb' });
  });

  it('have the licence in each source, once, and in nothing else', () => {
    for (const [path, { text }] of projectFiles(PROJECTS.full, withStarters(layer))) {
      const times = text.split('Copyright Acme Corporation.').length - 1;
      const source = /\.(py|sh|yaml|conf|toml|ini|css)$|(^|\/)(Dockerfile|run)$/.test(path) && path !== 'pycompose.yaml';
      // what was generated is remembered whole
      if (path !== '.pycompose/base.json') expect({ path, times }).toEqual({ path, times: source ? 1 : 0 });
    }
  });
});
