/** What a company's package index, its facts and its images do to the emitted project; without them nothing may change, which the golden projects tell. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { resolveProject } from '../generators/project/resolve.ts';
import { secretNames } from '../generators/project/secrets.ts';
import type { Answers } from '../generators/questions/answers.ts';
import type { ComposeFile } from '../generators/render/compose/model.ts';
import type { FileMap } from '../generators/render/file-map.ts';
import { renderProject } from '../generators/render/render.ts';
import { loadSources } from '../generators/render/sources.ts';
import { broughtBy } from '../generators/starter/brought.ts';
import type { PackageIndex, Starter } from '../generators/starter/starter.ts';
import { withDefaults, writeFiles } from './projects.ts';
import { toolsDirectory } from './tools/python.ts';

const sources = loadSources(fileURLToPath(new URL('..', import.meta.url)), '0.1.0');
const NONE = { runtime: [], test: [], dev: [] };
const STARTER: Starter = {
  ref: { from: './acme', version: '1.0.0' },
  name: 'acme',
  pycompose: null,
  company: {},
  answers: {},
  questions: [],
  kinds: [{ name: 'audit', brings: 'an append-only log', extends: 'fastapi', requirements: NONE }],
  images: {},
  index: null,
  packages: {},
  requirements: NONE,
  templates: new Map(),
  overridden: new Map(),
  fragments: new Map(),
  seeds: [],
  hints: [],
  hooks: { create: [], update: [] },
  digest: '0'.repeat(64),
  directory: '/acme',
};
const services: Answers['services'] = [
  { name: 'web', framework: 'django' },
  { name: 'ledger', framework: 'audit' },
  { name: 'cart', framework: 'flask' },
];
const BARE: Partial<Answers> = { database: 'none', cache: 'none', broker: 'none', mail: 'none', proxy: 'none', beat: false, example: false, services: [{ name: 'api', framework: 'fastapi' }] };
const URL_ = 'https://pypi.acme.internal:8443/simple';
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const INDEXES: Readonly<Record<string, PackageIndex>> = {
  open: { url: URL_, login: false, ca: null },
  signed: { url: URL_, login: false, ca: CA },
  closed: { url: URL_, login: true, ca: null },
  both: { url: URL_, login: true, ca: CA },
};
const names = (index: PackageIndex): string[] => ['package_index', ...(index.ca === null ? [] : ['package_index_ca']), ...(index.login ? ['package_index_login'] : [])];

interface Made {
  readonly project: ReturnType<typeof resolveProject>;
  readonly files: FileMap;
  readonly text: (path: string) => string;
}

function made(starter: Partial<Starter> | null, answers: Partial<Answers> = {}): Made {
  const brought = broughtBy(starter === null ? [] : [{ ...STARTER, ...starter }]);
  const project = resolveProject(withDefaults({ services: starter === null ? [{ name: 'web', framework: 'django' }] : services, ...answers }), brought);
  const files = renderProject(project, { ...sources, brought });
  return { project, files, text: (path) => files.get(path)?.text ?? '' };
}

/** Each instruction of a Dockerfile as one line. */
function instructions(dockerfile: string): string[] {
  return dockerfile.replace(/^#.*\n/gm, '').replaceAll(/\\\n\s*/g, '').split('\n').filter((line) => line !== '');
}

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'pycompose-index-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(Object.entries(INDEXES))('with an index that is %s', (_, index) => {
  const { project, files, text } = made({ index });
  const bare = made({ index }, BARE);
  const compose = new Map([...files].filter(([path]) => path.startsWith('compose')).map(([path, file]) => [path, parse(file.text, { version: '1.1', merge: true, logLevel: 'error' }) as ComposeFile]));
  const base = compose.get('compose.yaml');

  it('pip is told of it in a committed file', () => {
    expect(text('package-index/pip.conf').split('\n').slice(1)).toEqual(['[global]', `index-url = ${URL_}`, ...(index.ca === null ? [] : ['cert = /run/secrets/package_index_ca']), '']);
    expect(files.get('package-index/ca.pem')?.text).toBe(index.ca ?? undefined);
    for (const [path, file] of files) if (path.startsWith('package-index/')) expect(file).toMatchObject({ mode: 0o644, ownership: 'managed' });
    expect(text('.gitignore')).not.toContain('package-index');
  });

  it('a login is a secret that its user writes', () => {
    const secrets = secretNames(project).filter(({ file }) => file.includes('index'));
    expect(secrets).toEqual(index.login ? [{ file: 'secrets/package_index_login', generated: false }] : []);
  });

  it.each(services.map((service) => service.name))('each pip of the Dockerfile of %s has it, and needs it', (service) => {
    const runs = instructions(text(`services/${service}/Dockerfile`)).filter((line) => line.startsWith('RUN '));
    const [installing, others] = [runs.filter((run) => / install --.*requirement /.test(run)), runs.filter((run) => !/ install --.*requirement /.test(run))];
    const targets = { package_index: '/etc/pip.conf', package_index_ca: '/run/secrets/package_index_ca', package_index_login: '/root/.netrc' };
    const mounts = Object.entries(targets).filter(([id]) => names(index).includes(id)).map(([id, target]) => `--mount=type=secret,id=${id},target=${target},required=true`);
    expect(installing).toHaveLength(3);
    for (const run of installing) {
      expect(run.match(/--mount=type=secret\S*/g)).toEqual(mounts);
      expect(run).toContain(index.ca === null ? 'target=requirements' : ' REQUESTS_CA_BUNDLE=/run/secrets/package_index_ca pip ');
      expect(run.includes('REQUESTS_CA_BUNDLE')).toBe(index.ca !== null);
    }
    for (const run of others) expect(run).not.toContain('type=secret');
  });

  it('Compose has it for each build', () => {
    expect(Object.entries(base?.services ?? {}).filter(([, { build }]) => build).map(([service, { build }]) => [service, build?.secrets])).toEqual(services.map((service) => [service.name, names(index)]));
    const paths = { package_index: 'package-index/pip.conf', package_index_ca: 'package-index/ca.pem', package_index_login: 'secrets/package_index_login' };
    const declared = Object.entries(base?.secrets ?? {}).filter(([secret]) => secret.startsWith('package_index'));
    expect(declared).toEqual(Object.entries(paths).filter(([secret]) => names(index).includes(secret)).map(([secret, file]) => [secret, { file }]));
    for (const { file } of Object.values(base?.secrets ?? {})) expect(file.startsWith('secrets/') ? secretNames(project).map((secret) => secret.file) : [...files.keys()]).toContain(file);
  });

  it('no container has it when it runs', () => {
    expect([...compose.keys()]).toEqual(['compose.deploy.yaml', 'compose.override.yaml', 'compose.test.yaml', 'compose.yaml']);
    for (const { services: processes } of compose.values()) {
      for (const { build, ...process } of Object.values(processes)) {
        expect(JSON.stringify(process)).not.toMatch(/package[-_]index/);
        // nor a directory that it lies in
        for (const volume of process.volumes ?? []) expect(volume).toMatch(/^(\.\/services\/[^:]+|[a-z-]+):/);
      }
    }
  });

  it('the README says how to log in, if one has to', () => {
    expect(text('README.md')).toContain('## Package index');
    expect(text('README.md').includes('machine pypi.acme.internal login NAME password TOKEN')).toBe(index.login);
    expect(text('README.md').includes('secrets/package_index_login')).toBe(index.login);
  });

  it('./run lock has it', () => {
    const lock = /^lock\(\) \{\n[^}]*?sh -euc/m.exec(text('run'))?.[0] ?? '';
    expect(lock).toContain(`--volume "$PWD/package-index/pip.conf:/etc/pip.conf:ro" --env UV_DEFAULT_INDEX=${URL_} `);
    expect(lock.includes('--volume "$PWD/package-index/ca.pem:/run/secrets/package_index_ca:ro" --env SSL_CERT_FILE=/run/secrets/package_index_ca ')).toBe(index.ca !== null);
    expect(lock.includes('--volume "$PWD/secrets/package_index_login:/run/secrets/package_index_login:ro" --env NETRC=/run/secrets/package_index_login ')).toBe(index.login);
  });

  it('a project that has no other secret has it, too', () => {
    expect(bare.text('run').includes('prepare_build')).toBe(index.login);
    expect(Object.keys((parse(bare.text('compose.yaml'), { version: '1.1', merge: true }) as ComposeFile).secrets ?? {})).toEqual(names(index));
  });
});

describe('the address of an index', () => {
  it.each([
    ['https://pypi.acme.internal/simple', 'pypi.acme.internal', null],
    ['https://PyPI.acme.internal:8443/root/simple/', 'pypi.acme.internal', null],
    ['http://index:3141/simple', 'index', 'index:3141'],
    ['http://index/simple', 'index', 'index'],
  ])('%s', (url, host, trusted) => {
    const { text } = made({ index: { url, login: true, ca: null } });
    expect(text('package-index/pip.conf')).toContain(`index-url = ${url}\n`);
    expect(/^trusted-host = (.*)$/m.exec(text('package-index/pip.conf'))?.[1] ?? null).toBe(trusted);
    expect(text('run')).toContain(`$1 == "machine" && $2 == "${host}" {`);
    expect(text('README.md')).toContain(`\nmachine ${host} login `);
  });
});

it('without an index nothing names one', () => {
  for (const { files } of [made(null), made({})]) for (const [path, { text }] of files) expect({ path, found: /package[-_]index/.test(path + text) }).toEqual({ path, found: false });
});

describe('./run', () => {
  const LINE = 'run: the package index wants a login: write the line "machine pypi.acme.internal login NAME password TOKEN" to secrets/package_index_login';
  const FAKE = '#!/bin/sh\nprintf "%s\\n" "$*" >>"$DOCKER_LOG"\ncase $* in\n"compose version --short") echo 2.40.3 ;;\ninfo*) echo "28.5.2 []" ;;\nesac\n';
  const ASKED = ['compose version --short', 'info --format {{.ServerVersion}} {{.SecurityOptions}}'];
  let directory: string;
  let log: string;
  const login = (): string => join(directory, 'secrets', 'package_index_login');
  const run = async (line: string): Promise<{ exitCode: number | undefined; stderr: string; docker: string[] }> => {
    writeFileSync(log, '');
    const env = { PATH: [join(work, 'bin'), process.env['PATH']].join(delimiter), DOCKER_LOG: log };
    const { exitCode, stderr } = await execa(join(directory, 'run'), line.split(' '), { env, reject: false });
    return { exitCode, stderr, docker: readFileSync(log, 'utf8').trim().split('\n') };
  };
  beforeAll(() => {
    mkdirSync(join(work, 'bin'));
    writeFileSync(join(work, 'bin', 'docker'), FAKE);
    chmodSync(join(work, 'bin', 'docker'), 0o755);
    log = join(work, 'docker.log');
  });
  beforeEach(() => {
    directory = mkdtempSync(join(work, 'run-'));
    writeFiles(directory, made({ index: INDEXES['both'] as PackageIndex }).files);
    mkdirSync(join(directory, 'secrets'));
  });

  it.each(['up', 'build', 'build web', 'test', 'lint', 'lock', 'lock --upgrade', 'deploy', 'deploy build', 'deploy up --build'])('%s asks for a login before it builds', async (line) => {
    expect(await run(line)).toEqual({ exitCode: 2, stderr: LINE, docker: ASKED });
    expect(readFileSync(login(), 'utf8')).toBe('');
    expect(statSync(join(directory, 'secrets')).mode & 0o777).toBe(0o700);
    writeFileSync(login(), 'machine pypi.acme.internal login me password token\n');
    const { exitCode, stderr, docker } = await run(line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(docker.length).toBeGreaterThan(ASKED.length);
    expect(readFileSync(login(), 'utf8')).toBe('machine pypi.acme.internal login me password token\n');
  });

  it.each(['down', 'ps', 'logs', 'sh', 'migrate', 'deploy logs', 'deploy down', 'deploy up --detach'])('%s builds nothing and asks for none', async (line) => {
    expect(await run(line)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['\n', false],
    ['me:token\n', false],
    ['machine pypi.acme.example login me password token\n', false],
    ['machine pypiXacme.internal login me password token\n', false],
    ['machine pypi.acme.internal.example login me password token\n', false],
    ['# machine pypi.acme.internal login me password token\n', false],
    ['machine pypi.acme.internal login me password token', true],
    ['machine github.example login a password b\n\n \tmachine\t pypi.acme.internal\n  login me\n  password token\n', true],
    ['machine pypi.acme.internal login me password token\r\n', true],
  ])('the login %j is one: %j', async (text, good) => {
    writeFileSync(login(), text);
    expect((await run('build')).exitCode).toBe(good ? 0 : 2);
  });

  it('secrets makes the file to write it to, without Docker', async () => {
    rmSync(join(directory, 'secrets'), { recursive: true });
    expect(await run('secrets')).toEqual({ exitCode: 0, stderr: '', docker: [''] });
    expect(existsSync(login())).toBe(true);
  });

  it('builds at once where the index wants no login', async () => {
    writeFiles(directory, made({ index: INDEXES['signed'] as PackageIndex }).files);
    for (const line of ['build', 'up', 'lock', 'deploy']) expect(await run(line)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(login())).toBe(false);
  });
});

describe('a company', () => {
  it.each([
    ['Platform Team', 'platform@acme.example', 'Owned by Platform Team, contact platform@acme.example'],
    ['Platform Team', '', 'Owned by Platform Team'],
    ['', 'platform@acme.example', 'Contact platform@acme.example'],
  ])('%j, %j is in the README', (owner, contact, line) => {
    expect(made({ company: { ...(owner ? { owner } : {}), ...(contact ? { contact } : {}) } }).text('README.md')).toMatch(new RegExp(`^# golden\n\n${line}\\.\n\n\`\`\`sh\n`));
  });

  it('of which nothing is known leaves no line', () => {
    expect(made({}).text('README.md')).toMatch(/^# golden\n\n```sh\n/);
    expect(made(null).text('README.md')).toMatch(/^# golden\n\n```sh\n/);
  });

  it('has kinds of services by their own names', () => {
    const { text } = made({});
    expect(text('README.md')).toContain('| `services/ledger/` | audit (FastAPI): Dockerfile,');
    expect(text('README.md')).toContain('| `services/web/` | Django: Dockerfile,');
    expect(text('services/ledger/README.md')).toContain('A FastAPI service of the kind audit. Its');
    expect(text('services/cart/README.md')).toContain('A Flask service. Its');
  });

  it('has images under any reference', () => {
    const python = `registry.acme.internal:5000/base/python@sha256:${'a'.repeat(64)}`;
    const images = new Map([...sources.images, ['python-3.14', python], ['uv', 'registry.acme.internal:5000/uv']]);
    const files = renderProject(resolveProject(withDefaults({})), { ...sources, images });
    expect(files.get('run')?.text).toContain(`install --quiet --disable-pip-version-check uv==${sources.uv}\n`);
    expect(sources.uv).toMatch(/^\d+\.\d+\.\d+$/);
    expect(files.get('run')?.text).toContain(` ${python} sh -euc '`);
    expect(files.get('services/web/Dockerfile')?.text).toContain(`FROM ${python} AS base\n`);
  });
});

describe('the tools have nothing to say', () => {
  let tools: string;
  beforeAll(async () => {
    for (const [name, index] of Object.entries(INDEXES)) {
      writeFiles(join(work, 'tools', name), made({ index }).files);
      writeFiles(join(work, 'tools', `bare-${name}`), made({ index }, BARE).files);
    }
    tools = await toolsDirectory(sources.packages);
  }, 600_000);
  const found = (pattern: string): string[] => globSync(`tools/*/${pattern}`, { cwd: work });

  it.each([
    ['hadolint', 'services/*/Dockerfile', [], 16],
    ['shellcheck', 'run', [], 8],
    ['yamllint', 'compose*.yaml', ['--strict', '--config-data', '{extends: default, rules: {line-length: disable, document-start: disable}}'], 32],
  ])('%s', async (tool, pattern, argv, count) => {
    const paths = found(pattern);
    expect(paths).toHaveLength(count);
    const { exitCode, all } = await execa(join(tools, tool), [...argv, ...paths], { cwd: work, all: true, reject: false });
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: '' });
  });

  it("the Compose specification's schema", () => {
    const schema = createRequire(import.meta.url).resolve('dclint/package.json').replace('package.json', 'schemas/compose.schema.json');
    const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    for (const path of found('compose.yaml')) {
      validate(parse(readFileSync(join(work, path), 'utf8'), { version: '1.1', logLevel: 'error' }));
      expect({ path, errors: validate.errors }).toEqual({ path, errors: null });
    }
  });
});
