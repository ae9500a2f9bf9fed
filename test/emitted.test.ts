/** The tools that judge shell, Dockerfiles, YAML, Compose files and Python, over emitted projects of many options. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { execa, execaSync } from 'execa';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { resolveProject } from '../generators/project/resolve.ts';
import { renderProject } from '../generators/render/render.ts';
import { loadSources } from '../generators/render/sources.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { withDefaults, writeFiles } from './projects.ts';
import { catalogueDirectory, toolsDirectory } from './tools/python.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = loadSources(root, '0.1.0');
const services: Answers['services'] = [
  { name: 'web', framework: 'django' },
  { name: 'beta-x', framework: 'fastapi' },
  { name: 'cart', framework: 'flask' },
];
const bare = { database: 'none', cache: 'none', broker: 'none', mail: 'none', proxy: 'none', beat: false, example: false } as const;
const PROJECTS: Readonly<Record<string, Partial<Answers>>> = {
  defaults: {},
  fastapi: { services: [{ name: 'alpha', framework: 'fastapi' }] },
  trio: { services },
  other: { services, database: 'mariadb', cache: 'redis', broker: 'redis', proxy: 'caddy' },
  valkey: { services, cache: 'valkey', broker: 'valkey', mail: 'none', beat: false, python: '3.12' },
  mixed: { services, cache: 'valkey', mail: 'none', proxy: 'none' },
  uncached: { services, cache: 'none' },
  brokerless: { services, broker: 'none', beat: false },
  silent: { services, example: false, python: '3.13' },
  stateless: { services, database: 'none', example: false, beat: false },
  bare: { services, ...bare },
  rootless: { services: services.map((service) => ({ ...service, path: `/${service.name}` })) },
  moved: { services: services.map((service, index) => ({ ...service, port: 9000 + index, path: ['/store', '/', '/cart'][index] ?? '/' })), database: 'mariadb', proxy: 'caddy' },
  oldest: { services, python: '3.12' },
  'oldest-bare': { services, ...bare, python: '3.12' },
};
const MINUTE = 60_000;

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'pycompose-emitted-'));
  for (const [name, changes] of Object.entries(PROJECTS)) {
    writeFiles(join(work, name), renderProject(resolveProject(withDefaults({ name, ...changes })), sources));
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the tools have nothing to say', () => {
  let tools: string;
  beforeAll(async () => {
    tools = await toolsDirectory(sources.packages);
  }, 10 * MINUTE);
  const silent = async (tool: string, argv: readonly string[], cwd = work): Promise<void> => {
    const { exitCode, all } = await execa(join(tools, tool), argv, { cwd, all: true, reject: false });
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: '' });
  };
  const found = (pattern: string): string[] => {
    const paths = globSync(pattern, { cwd: work });
    expect(paths).not.toEqual([]);
    return paths;
  };

  it('hadolint', () => silent('hadolint', found('**/Dockerfile')));
  it('shellcheck', () => silent('shellcheck', [...found('**/*.sh'), ...found('*/run')]));
  it('yamllint', () => silent('yamllint', ['--strict', '--config-data', '{extends: default, rules: {line-length: disable, document-start: disable}}', '.']));
  it.each(['check', 'format --check'])('ruff %s', async (command) => {
    for (const pyproject of found('*/services/*/pyproject.toml')) {
      await silent('ruff', [...command.split(' '), '--no-cache', '--quiet', '.'], join(work, dirname(pyproject)));
    }
  });
});

describe("the frameworks' own checks pass", () => {
  let python: string;
  beforeAll(async () => {
    python = join(await catalogueDirectory(sources.packages), 'python');
  }, 10 * MINUTE);
  const ENVIRONMENT = {
    SECRET_KEY: 'secret'.repeat(10),
    ALLOWED_HOSTS: 'example.com',
    DATABASE_HOST: '127.0.0.1',
    // nothing listens there: what is checked here needs no database
    DATABASE_PORT: '9',
    DATABASE_NAME: 'web',
    DATABASE_USER: 'web',
    DATABASE_PASSWORD: 'x',
    CACHE_HOST: '127.0.0.1',
    CACHE_PORT: '9',
    BROKER_HOST: '127.0.0.1',
    BROKER_USER: 'web',
    BROKER_PASSWORD: 'x',
    EMAIL_HOST: '127.0.0.1',
    EMAIL_FROM: 'web@example.com',
  };
  const run = async (project: string, service: string, settings: string, argv: readonly string[]): Promise<string> => {
    const cwd = join(work, project, 'services', service);
    const env = { ...ENVIRONMENT, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: cwd, DJANGO_SETTINGS_MODULE: settings, APP_SETTINGS: settings };
    const { exitCode, all } = await execa(python, argv, { cwd, env, all: true, reject: false });
    expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
    return all;
  };

  describe.each(['oldest', 'oldest-bare'])('%s', (project) => {
    it.each(['develop.settings', 'deploy.settings'])('Django, %s', async (settings) => {
      const deploy = settings.startsWith('deploy') ? ['--deploy'] : [];
      expect(await run(project, 'web', settings, ['-W', 'error', 'manage.py', 'check', '--fail-level', 'WARNING', ...deploy])).toContain('no issues');
    });
    it.each(['develop.settings', 'deploy.settings'])('Flask, %s', async (settings) => {
      const script = 'from cart import create_app; print(*(rule.rule for rule in create_app().url_map.iter_rules()))';
      expect(await run(project, 'cart', settings, ['-W', 'error', '-c', script])).toContain('/livez');
    });
    it.each(['develop.settings', 'deploy.settings'])('FastAPI, %s', async (settings) => {
      const script = 'from beta_x.main import create_app; print(*create_app().openapi()["paths"])';
      expect(await run(project, 'beta-x', settings, ['-W', 'error', '-c', script])).toContain('/livez');
    });
  });

  it('Django has a migration for every model', async () => {
    expect(await run('oldest', 'web', 'develop.settings', ['manage.py', 'makemigrations', '--check', '--dry-run'])).toContain('No changes detected');
  });
});

describe('Compose files', () => {
  const schema = createRequire(import.meta.url).resolve('dclint/package.json').replace('package.json', 'schemas/compose.schema.json');
  const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

  it.each(Object.keys(PROJECTS))("of %s follow the Compose specification's schema", (name) => {
    for (const file of globSync('compose*.yaml', { cwd: join(work, name) })) {
      const document: unknown = parse(readFileSync(join(work, name, file), 'utf8'), { version: '1.1', logLevel: 'error' });
      validate(document);
      expect({ file, errors: validate.errors }).toEqual({ file, errors: null });
    }
  });

  // The command alone, without an engine. Where it is missing, the schema has to do; CI always has it.
  if (execaSync('docker', ['compose', 'version'], { reject: false }).exitCode === 0) {
    it.each(Object.keys(PROJECTS))('of %s are accepted by docker compose in every mode', async (name) => {
      const env = { ALLOWED_HOSTS: 'example.com', EMAIL_HOST: 'mail.example.com', EMAIL_FROM: 'me@example.com' };
      for (const mode of ['override', 'deploy', 'test']) {
        const { stderr } = await execa('docker', ['compose', '-f', 'compose.yaml', '-f', `compose.${mode}.yaml`, 'config', '--quiet'], { cwd: join(work, name), env });
        expect(stderr).toBe('');
      }
    });
  }
});
