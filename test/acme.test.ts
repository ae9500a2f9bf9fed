/** The example company's starter, rendered: what it says comes out, and its Python is as good as ours. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Answers } from '../generators/questions/answers.ts';
import { renderedFiles } from '../generators/render/project-files.ts';
import type { FileMap } from '../generators/render/file-map.ts';
import { readStarterDirectory } from '../generators/starter/fetch/read-directory.ts';
import { overridesOf } from '../generators/starter/stale.ts';
import { readStarter } from '../generators/starter/read/starter.ts';
import { withStarters } from '../generators/starter/with-starters.ts';
import { ACME_LOGGING } from './engine/closed-network/wheel.ts';
import { withDefaults, writeFiles } from './projects.ts';
import { sources as ours } from './tools/living.ts';
import { toolsDirectory } from './tools/python.ts';

jest.setTimeout(600_000);

const directory = fileURLToPath(new URL('starters/acme', import.meta.url));
const starter = readStarter(readStarterDirectory(directory, 'acme'), { from: '@acme/create-service' }, directory, 'acme');
const sources = withStarters({ ...ours, version: '0.3.0' }, [starter]);
const CASES: Readonly<Record<string, Partial<Answers>>> = {
  all: { cache: 'redis' },
  bare: { cache: 'valkey', broker: 'none', beat: false, mail: 'none', example: false },
};

function files(changes: Partial<Answers>, pci = false): FileMap {
  const services = [
    { name: 'web', framework: 'django' },
    { name: 'log', framework: 'audit' },
    { name: 'shop', framework: 'fastapi' },
  ];
  return renderedFiles({ ...withDefaults({ services, ...changes }), own: { cost_centre: '4711', region: 'us', pci }, starters: [starter.ref] }, sources);
}

describe.each(Object.keys(CASES))('a project of Acme (%s)', (name) => {
  const project = files(CASES[name] ?? {});
  const text = (path: string): string => project.get(path)?.text ?? '';

  it('has images from the registry and packages from the index, locked', () => {
    const { services } = parse(text('compose.yaml')) as { services: Record<string, { image: string; build?: { secrets: string[] } }> };
    const pulled = Object.values(services).map(({ image }) => image).filter((image) => !image.startsWith('golden-'));
    expect(pulled.length).toBeGreaterThan(2);
    for (const image of pulled) expect(image).toMatch(/^registry\.acme\.internal\/hub\//);
    for (const service of ['web', 'log', 'shop']) {
      expect(text(`services/${service}/Dockerfile`)).toMatch(/^FROM registry\.acme\.internal\/base\/python:3\.14\.7-acme2 AS base$/m);
      expect(text(`services/${service}/requirements.txt`)).toContain(`acme-logging==2.1.0 \\\n    --hash=sha256:${ACME_LOGGING.sha256}\n`);
      expect(services[service]?.build?.secrets).toEqual(['package_index', 'package_index_ca', 'package_index_login']);
    }
    expect(text('package-index/ca.pem')).toBe(readFileSync(join(directory, 'certs/acme-ca.pem'), 'utf8'));
  });

  it('has the override, the fragment and the licence', () => {
    for (const service of ['web', 'log', 'shop']) {
      const dockerfile = text(`services/${service}/Dockerfile`);
      expect(dockerfile).toContain('chown -R 0:10001 .');
      expect(dockerfile).toMatch(/^LABEL org\.opencontainers\.image\.vendor="Acme Payments" \\\n {6}com\.acme\.cost-centre="4711"\nUSER 10001:10001\n/m);
      expect(text(`services/${service}/deploy/logs.py`)).toMatch(/^# Copyright Acme Payments\. All rights reserved\.\n# For use within the company alone\.\n\n"""/);
    }
    const deploy = parse(text('compose.deploy.yaml')) as { services: Record<string, { labels?: object }> };
    for (const service of ['web', 'log', 'shop', 'web-migrate']) expect(deploy.services[service]?.labels).toEqual({ 'com.acme.owner': 'Platform Team', 'com.acme.cost-centre': '4711', 'com.acme.region': 'us' });
    expect(deploy.services['database']?.labels).toBeUndefined();
  });

  it('has the audit service, with nothing of our example in it', () => {
    const log = [...project.keys()].filter((path) => path.startsWith('services/log/')).map((path) => path.slice('services/log/'.length));
    expect(log).toEqual(expect.arrayContaining(['log/api.py', 'log/events.py', 'log/main.py', 'log/models.py', 'migrations/versions/0001_events.py', 'tests/test_events.py']));
    expect(log.filter((path) => /items|pages|stats|index\.html|style\.css/.test(path))).toEqual([]);
    expect(project.get('services/log/migrations/versions/0001_events.py')?.ownership).toBe('history');
  });
});

it('asks security for changes where card data is', () => {
  expect(files({ cache: 'redis' }, true).get('.github/CODEOWNERS')?.text).toBe('* platform@acme.example\n/services/ security@acme.example\n');
  expect(files({ cache: 'redis' }, false).get('.github/CODEOWNERS')?.text).toBe('* platform@acme.example\n');
});

it('overrides our templates as they are', () => {
  expect(overridesOf(starter, ours.templates).map(({ path, state }) => [path, state])).toEqual([
    ['service/common/Dockerfile.ejs', 'fresh'],
    ['service/common/deploy/logs.py.ejs', 'fresh'],
  ]);
});

describe('the tools have nothing to say', () => {
  let work: string;
  let bin: string;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'pycompose-acme-'));
    bin = await toolsDirectory(ours.packages);
    for (const [name, changes] of Object.entries(CASES)) writeFiles(join(work, name), files(changes));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it.each(['check', 'format --check'])('ruff %s', async (command) => {
    for (const name of Object.keys(CASES)) {
      for (const service of ['web', 'log', 'shop']) {
        const { all, exitCode } = await execa(join(bin, 'ruff'), [...command.split(' '), '--no-cache', '--quiet', '.'], { cwd: join(work, name, 'services', service), all: true, reject: false });
        expect({ all, exitCode }).toEqual({ all: '', exitCode: 0 });
      }
    }
  });

  it.each([['hadolint', 'services/log/Dockerfile'], ['hadolint', 'services/web/Dockerfile'], ['shellcheck', 'run']])('%s %s', async (tool, path) => {
    const { all, exitCode } = await execa(join(bin, tool), [path], { cwd: join(work, 'all'), all: true, reject: false });
    expect({ all, exitCode }).toEqual({ all: '', exitCode: 0 });
  });
});
