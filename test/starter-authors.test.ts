/** The commands for authors of starters: init, check and override. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { readCommandArguments } from '../generators/cli/command-arguments.ts';
import { failureOf } from '../generators/cli/failure.ts';
import { findStarterCommand } from '../generators/cli/starter-commands.ts';
import type { Sources } from '../generators/render/file-map.ts';
import { optionSets } from '../generators/starter/checks/option-sets.ts';
import { exampleOf } from '../generators/starter/checks/example-text.ts';
import { runStarterCommand } from '../generators/starter/commands/run.ts';
import { questionsWith } from '../generators/starter/rules.ts';
import { laterSources, sources, type Outcome } from './tools/living.ts';
import { ACME, StarterDirectory } from './tools/starters.ts';

jest.setTimeout(60_000);

const open: { remove(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.remove();
});

function starter(files: Readonly<Record<string, string>>): StarterDirectory {
  const made = new StarterDirectory(files);
  open.push(made);
  return made;
}

async function run(cwd: string, line: string, from: Sources = sources): Promise<Outcome> {
  const found = findStarterCommand(line.split(' '));
  if (found === null) throw new Error(`${line} is no command`);
  let [out, err] = ['', ''];
  const world = { cwd, interactive: false, read: () => Buffer.from(''), print: (text: string) => (out += text), directories: { config: cwd, cache: cwd }, warn: (text: string) => (err += `${text}\n`) };
  try {
    const code = await runStarterCommand(readCommandArguments(found.command, found.rest), world, from);
    return { code, out: stripVTControlCharacters(out), err };
  } catch (error) {
    const { code, message } = failureOf(error);
    if (message.startsWith('this is a mistake of ours')) throw error;
    return { code, out, err: message };
  }
}

/** A starter that leaves nearly nothing open, so that checking all of it takes no time. */
const SMALL = `name: acme
version: 1.0.0
company: { owner: Platform, contact: p@acme.example }
answers:
  services: { default: { web: fastapi }, allowed: [fastapi, audit] }
  database: { locked: postgres }
  cache: { locked: none }
  mail: { locked: none }
  broker: { locked: none }
  proxy: { locked: nginx }
  python: { locked: "3.14" }
  example: { locked: false }
kinds:
  audit: { extends: fastapi, brings: Audit }
`;
const TEMPLATE = 'service/common/_dockerignore.ejs';
const OURS = sources.templates.get(TEMPLATE) ?? '';

describe('starter init', () => {
  let work: string;
  const directory = (): string => {
    work = mkdtempSync(join(tmpdir(), 'pycompose-init-'));
    open.push({ remove: () => rmSync(work, { recursive: true, force: true }) });
    return work;
  };

  it('writes a package that is well, and whose program is three lines', async () => {
    const cwd = directory();
    const { code, out } = await run(cwd, 'starter init acme-service --name @acme/create-service --organisation Acme');
    expect(code).toBe(0);
    expect(out).toContain('cd acme-service\n  npm install\n  npm test');
    const read = (path: string): string => readFileSync(join(cwd, 'acme-service', path), 'utf8');
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: '@acme/create-service', version: '1.0.0', type: 'module', bin: 'bin.js', dependencies: { 'create-pycompose': sources.version } });
    expect(read('bin.js')).toBe("#!/usr/bin/env node\nimport { create } from 'create-pycompose';\nawait create({ starter: import.meta.url });\n");
    expect(read('README.md')).toContain('npm init @acme/service shop');
    expect(read('starter.yaml')).toContain('organisation: "Acme"');
    expect(JSON.parse(read('.pycompose/starter-schema.json'))).toMatchObject({ title: 'starter.yaml' });
    for (const path of readdirSync(join(cwd, 'acme-service'), { recursive: true, encoding: 'utf8' })) expect(path).not.toMatch(/\.ejs\.ejs$|^_/);
    const checked = await run(join(cwd, 'acme-service'), 'starter check --quick');
    expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/^✔ acme 1\.0\.0 is well: \d+ sets of options/) });
  });

  it('names the package after its directory, and never writes over a file', async () => {
    const cwd = directory();
    mkdirSync(join(cwd, 'Acme Tools'));
    writeFileSync(join(cwd, 'Acme Tools/notes.txt'), 'mine');
    expect(await run(join(cwd, 'Acme Tools'), 'starter init .')).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(cwd, 'Acme Tools/package.json'), 'utf8'))).toMatchObject({ name: 'create-acme-tools' });
    expect(await run(join(cwd, 'Acme Tools'), 'starter init .')).toMatchObject({ code: 3, err: expect.stringContaining('nothing was written') });
  });

  it.each([
    ['starter init x --name Acme!', '--name: "Acme!" is no name of a package'],
    ['starter init x --name @acme/service', '--name: "@acme/service" cannot be called by npm init: begin it with create-, like @acme/create-service'],
    ['starter init x --organisation a"b', '--organisation: "a"b" has a quotation mark'],
    ['starter init a b', 'starter init takes one word, but there is "b"'],
    ['starter', 'starter needs a command; there is init, check, override'],
    ['starter chekc', 'starter knows no "chekc"; did you mean "check"?; there is init, check, override'],
  ])('refuses %s', async (line, message) => {
    const cwd = directory();
    const refused = await run(cwd, line).catch((error: Error) => ({ code: 2, err: error.message, out: '' }));
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('the sets of options', () => {
  it('are all that a starter allows, each once', () => {
    const { sets, whole } = optionSets(questionsWith([starter({ 'starter.yaml': SMALL }).read()]), false);
    expect(whole).toBe(true);
    expect(sets).toHaveLength(2);
    expect(sets.map(({ services }) => services.map(({ framework }) => framework))).toEqual([['fastapi'], ['fastapi', 'audit']]);
    const acme = optionSets(questionsWith([starter({ 'starter.yaml': ACME }).read()]), false);
    // services, cache, mail, broker with beat, proxy, python, example, region, card data
    expect(acme.sets).toHaveLength(2 * 2 * 2 * 7 * 3 * 3 * 2 * 2 * 2);
    expect(acme.sets.every(({ broker, beat }) => broker !== 'none' || !beat)).toBe(true);
  });

  it('are few with --quick, and still have each pair of values', () => {
    const table = questionsWith([]);
    const { sets, whole } = optionSets(table, true);
    expect(whole).toBe(false);
    expect(sets.length).toBeLessThan(40);
    for (const cache of ['memcached', 'redis', 'valkey', 'none']) for (const proxy of ['nginx', 'caddy', 'none']) expect(sets.some((answers) => answers.cache === cache && answers.proxy === proxy)).toBe(true);
  });

  it.each(['[0-9]{4}', '[a-z][a-z-]{1,30}', 'ACME-\\d{2,3}', '[A-Z]+_x?', '.{3}', '\\p{Lu}{2}', 'a*b'])('answer %s with a text that matches', (pattern) => {
    expect(exampleOf(pattern)).toMatch(new RegExp(`^(?:${pattern})$`, 'u'));
  });
});

describe('starter check', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, number, RegExp]>([
    ['nothing', {}, 0, /✔ acme 1\.0\.0 is well: 2 sets of options/],
    ['a template that fails in one set', { 'templates/service/audit/x.py.ejs': '<%= nowhere %>' }, 1, /wrong +starter\.yaml: starter acme 1\.0\.0: templates\/service\/audit\/x\.py\.ejs:1: 'nowhere' is not defined.*\(with .*a-audit=audit\)/],
    ['Python that is none', { 'templates/service/common/x.py': 'def f(:\n' }, 1, /wrong +services\/[\w-]+\/x\.py: python3 says: line 1: invalid syntax/],
    ['a script that is none', { 'templates/project/x.sh': '#!/bin/sh\nif then\n' }, 1, /wrong +x\.sh: sh says: line 2: .*[Ss]yntax error/],
    ['YAML that is none', { 'templates/project/x.yaml': 'a: [\n' }, 1, /wrong +x\.yaml: /],
    ['JSON that is none', { 'templates/project/x.json': '{' }, 1, /wrong +x\.json: /],
    ['TOML that is none', { 'templates/project/x.toml': 'a = \n' }, 1, /wrong +x\.toml: /],
    ['an unknown instruction', { 'fragments/Dockerfile.runtime': 'RNU true\n' }, 1, /wrong +services\/[\w-]+\/Dockerfile: has the unknown instruction RNU/],
    ['a stage that is not there', { 'fragments/Dockerfile.runtime': 'COPY --from=nowhere /a /b\n' }, 1, /wrong +services\/[\w-]+\/Dockerfile: copies from the stage nowhere, which is not there/],
    ['a network that nobody defines', { 'fragments/compose.yaml': 'services: { web: { networks: [nowhere] } }\n' }, 1, /wrong +compose\.yaml: services\.[\w-]+ refers to the network nowhere, which is not there/],
    ['a secret that nobody defines', { 'fragments/compose.yaml': 'services: { web: { secrets: [nowhere] } }\n' }, 1, /refers to the secret nowhere/],
    ['conflict markers', { 'templates/project/x': '<<<<<<< a\n' }, 1, /wrong +x: has conflict markers/],
    ['an override by hand', { [`templates/${TEMPLATE}`]: OURS }, 4, /unrecorded +templates\/service\/common\/_dockerignore\.ejs: nobody can tell.*starter override service\/common\/_dockerignore\.ejs/],
    ['a memory of nothing of ours', { 'overridden/service/common/Dockerfle.ejs': 'x' }, 4, /unknown +overridden\/service\/common\/Dockerfle\.ejs: pycompose has no such template any more; did you mean "service\/common\/Dockerfile\.ejs"\?/],
    ['a memory without an override', { [`overridden/${TEMPLATE}`]: OURS }, 4, /unknown +overridden\/service\/common\/_dockerignore\.ejs: the starter does not override it/],
    ['an override that no project has', { 'templates/project/services/database/setup-mariadb.sh.ejs': '#!/bin/sh\n', 'overridden/project/services/database/setup-mariadb.sh.ejs': sources.templates.get('project/services/database/setup-mariadb.sh.ejs') ?? '' }, 4, /dead +templates\/project\/services\/database\/setup-mariadb\.sh\.ejs: no project has it/],
    ['a template that never prints', { 'templates/project/x.ejs': '<%_ if (project.cache) { _%>x<%_ } _%>' }, 4, /dead +templates\/project\/x\.ejs/],
    ['a fragment of no stage', { 'fragments/Dockerfile.production': 'RUN true\n' }, 4, /dead +fragments\/Dockerfile\.production: no Dockerfile has a stage production/],
    ['a fragment of a component that is never there', { 'fragments/compose.yaml': 'services: { broker: { cpus: 1 } }\n' }, 4, /dead +fragments\/compose\.yaml services\.broker: no project has such a service/],
    ['a spot that is misspelled', { 'fragments/compose.yaml': 'services: { proces: { cpus: 1 } }\n' }, 4, /dead +fragments\/compose\.yaml services\.proces/],
    ['a name that is nearly one of ours', { 'templates/service/common/Dockerfle': 'x\n' }, 0, /note +templates\/service\/common\/Dockerfle: it adds a file; did you mean "service\/common\/Dockerfile"\?/],
  ])('with %s', async (_, files, code, expected) => {
    const checked = await run(starter({ 'starter.yaml': SMALL, ...files }).directory, 'starter check');
    expect(checked.out).toMatch(expected);
    expect(checked.code).toBe(code);
  });

  it.each([
    ['images: { docker.io: a.example, docker.io/acme: b.example }', /dead +images\.docker\.io\/acme: no image comes from there/],
    [`packages: { acme-x: { version: 1.0.0, hashes: [${'ab'.repeat(32)}] } }`, /dead +packages\.acme-x: nothing asks for it/],
    ['  flask-x: { extends: flask, brings: x }', /dead +kinds\.flask-x: answers\.services does not allow it/],
  ])('with %s', async (more, expected) => {
    const checked = await run(starter({ 'starter.yaml': `${SMALL}${more}\n` }).directory, 'starter check');
    expect(checked).toMatchObject({ code: 4, out: expect.stringMatching(expected) });
  });

  it('shows what ours has changed beneath an override, and says it in JSON, too', async () => {
    const { directory } = starter({ 'starter.yaml': SMALL, [`templates/${TEMPLATE}`]: `${OURS}acme\n`, [`overridden/${TEMPLATE}`]: OURS });
    expect(await run(directory, 'starter check')).toMatchObject({ code: 0 });
    const later = laterSources({ [TEMPLATE]: (text) => `${text}new\n` });
    const { code, out } = await run(directory, 'starter check', later);
    expect(code).toBe(4);
    expect(out).toMatch(/^stale +templates\/service\/common\/_dockerignore\.ejs: ours has changed beneath it/);
    expect(out).toContain('    +new\n');
    const { findings, ok, sets, tools } = JSON.parse((await run(directory, 'starter check --json', later)).out) as { findings: object[]; ok: boolean; sets: number; tools: { run: string[] } };
    expect({ findings, ok, sets }).toEqual({ findings: [{ kind: 'stale', path: `templates/${TEMPLATE}`, message: expect.any(String), diff: expect.stringContaining('+new') }], ok: false, sets: 2 });
    expect(tools.run).toContain('python3');
  });

  it('needs a starter, wherever it is below one', async () => {
    const made = starter({ 'starter.yaml': SMALL, 'templates/project/x': 'x\n' });
    expect(await run(made.path('templates/project'), 'starter check')).toMatchObject({ code: 0 });
    expect(await run(tmpdir(), `starter check ${made.directory}`)).toMatchObject({ code: 0 });
    expect(await run(tmpdir(), 'starter check')).toMatchObject({ code: 2, err: expect.stringContaining('there is no starter here or above') });
    made.write('starter.yaml', 'name: acme\n');
    expect(await run(made.directory, 'starter check')).toMatchObject({ code: 2, err: expect.stringContaining('there is no exact version') });
  });
});

describe('starter override', () => {
  it.each(['service/common/_dockerignore', `templates/${TEMPLATE}`, 'services/web/.dockerignore'])('takes a template over by %s', async (word) => {
    const made = starter({ 'starter.yaml': SMALL });
    expect(await run(made.directory, `starter override ${word}`)).toEqual({ code: 0, err: '', out: `templates/${TEMPLATE} copied from pycompose: edit it\n` });
    expect(readFileSync(made.path(`templates/${TEMPLATE}`), 'utf8')).toBe(OURS);
    expect(readFileSync(made.path(`overridden/${TEMPLATE}`), 'utf8')).toBe(OURS);
    expect((await run(made.directory, `starter override ${word}`)).out).toBe(`templates/${TEMPLATE} ours is as it was: nothing to do\n`);
  });

  it('merges what ours has changed into it, and leaves markers where both did', async () => {
    const made = starter({ 'starter.yaml': SMALL, [`templates/${TEMPLATE}`]: OURS.replace('*\n', '*\n!acme\n'), [`overridden/${TEMPLATE}`]: OURS });
    const later = laterSources({ [TEMPLATE]: (text) => text.replace('**/*.pyc', '**/*.py[co]') });
    expect(await run(made.directory, `starter override ${TEMPLATE}`, later)).toMatchObject({ code: 0, out: expect.stringContaining('has what ours has changed') });
    const merged = readFileSync(made.path(`templates/${TEMPLATE}`), 'utf8');
    expect(merged).toContain('!acme\n');
    expect(merged).toContain('**/*.py[co]');
    expect(await run(made.directory, 'starter check', later)).toMatchObject({ code: 0 });
    made.write(`templates/${TEMPLATE}`, merged.replace('**/*.py[co]', '**/*.ours'));
    const latest = laterSources({ [TEMPLATE]: (text) => text.replace('**/*.pyc', '**/*.theirs') }, '1.2.0');
    expect(await run(made.directory, `starter override ${TEMPLATE}`, latest)).toMatchObject({ code: 3, out: expect.stringContaining('has conflict markers') });
    expect(readFileSync(made.path(`templates/${TEMPLATE}`), 'utf8')).toContain('<<<<<<<');
    expect(await run(made.directory, 'starter check', latest)).toMatchObject({ code: 1, out: expect.stringContaining('has conflict markers') });
  });

  it('remembers ours beneath a copy by hand', async () => {
    const made = starter({ 'starter.yaml': SMALL, [`templates/${TEMPLATE}`]: 'mine\n' });
    expect((await run(made.directory, `starter override ${TEMPLATE}`)).out).toContain('from now on changes of ours beneath it are seen');
    expect(readFileSync(made.path(`templates/${TEMPLATE}`), 'utf8')).toBe('mine\n');
    expect(await run(made.directory, 'starter check')).toMatchObject({ code: 0 });
  });

  it.each([
    ['service/common/Dockerfle', 'pycompose has no template "service/common/Dockerfle"; did you mean "service/common/Dockerfile.ejs"?'],
    ['services/web/develop/run.sh', '"services/web/develop/run.sh" is service/django/develop/run.sh.ejs, or service/fastapi/develop/run.sh.ejs, or service/flask/develop/run.sh.ejs: name one of these'],
    [`${TEMPLATE} nowhere`, 'pycompose has no template "nowhere"'],
  ])('refuses %s, and writes nothing', async (words, message) => {
    const made = starter({ 'starter.yaml': SMALL });
    expect(await run(made.directory, `starter override ${words}`)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(existsSync(made.path('templates'))).toBe(false);
  });
});
