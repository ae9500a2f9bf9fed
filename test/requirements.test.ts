/** The locks: just what the options need, exact and with hashes. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closure } from '../generators/catalog/graph.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { requirementFiles } from '../generators/render/requirements.ts';
import { loadSources } from '../generators/render/sources.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { withDefaults } from './projects.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = loadSources(root, '0.1.0');
const { packages } = sources;

function files(changes: Partial<Answers>): ReadonlyMap<string, string> {
  const project = resolveProject(withDefaults(changes));
  const [service] = project.services;
  if (!service) throw new Error('a project has a service');
  return requirementFiles(project, service, sources);
}

const names = (text = ''): string[] => Array.from(text.matchAll(/^([a-z0-9-]+)(\[[a-z]+\])?==/gm), ([, name]) => name ?? '');

describe('requirements.in', () => {
  const bare = { database: 'none', cache: 'none', broker: 'none', mail: 'none', beat: false, example: false } as const;
  it.each<[string, Partial<Answers>, string[]]>([
    ['Django', {}, ['celery', 'django', 'gunicorn', 'psycopg', 'pymemcache', 'whitenoise']],
    ['Django with nothing', bare, ['django', 'gunicorn']],
    ['Django with mariadb and valkey', { database: 'mariadb', cache: 'valkey', broker: 'redis' }, ['celery', 'django', 'gunicorn', 'mysqlclient', 'redis', 'whitenoise']],
    ['Flask', { services: [{ name: 'web', framework: 'flask' }] }, ['alembic', 'celery', 'flask', 'gunicorn', 'psycopg', 'pymemcache', 'sqlalchemy']],
    ['Flask with nothing', { ...bare, services: [{ name: 'web', framework: 'flask' }] }, ['flask', 'gunicorn']],
    ['FastAPI with nothing', { ...bare, services: [{ name: 'web', framework: 'fastapi' }] }, ['fastapi', 'gunicorn', 'uvicorn', 'uvicorn-worker']],
  ])('%s', (_title, changes, expected) => {
    expect(names(files(changes).get('requirements.in'))).toEqual(expected);
  });
});

describe('requirements.txt', () => {
  it('holds what is needed indirectly, and nothing of an option that was not chosen', () => {
    const django = names(files({}).get('requirements.txt'));
    expect(django).toEqual(expect.arrayContaining(['asgiref', 'kombu', 'psycopg-binary', 'sqlparse']));
    expect(django).not.toEqual(expect.arrayContaining(['redis']));
    expect(names(files({}).get('requirements-dev.txt'))).toEqual(expect.arrayContaining([...django, 'pytest', 'ruff']));
  });

  it('has hashes for every package, and no address', () => {
    for (const [name, text] of files({})) {
      expect(text).not.toMatch(/https?:|--index|--find-links/);
      if (!name.endsWith('.txt')) continue;
      for (const entry of text.split(/\n(?=[a-z])/).slice(1)) expect(entry).toMatch(/^[a-z0-9-]+==\S+( ; .+)? \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$/);
    }
  });
});

describe('the catalogue', () => {
  it('is resolved from the pins that update bots read', () => {
    const pins = readFileSync(`${root}/templates/catalog/requirements.in`, 'utf8').split('\n').filter((line) => /^[a-z]/.test(line));
    for (const pin of pins) {
      const [name = '', version] = pin.replace(/\[.*\]/, '').split('==');
      expect([name, packages.packages[name]?.version]).toEqual([name, version]);
    }
    expect(readFileSync(`${root}/templates/catalog/packages.json`, 'utf8')).not.toMatch(/https?:/);
  });

  it('keeps a marker only where every way to a package has one', () => {
    const leaf = { version: '1', hashes: [], dependencies: [] };
    const graph = {
      packages: {
        a: { ...leaf, dependencies: [{ name: 'c', marker: "python_version < '3.13'" }] },
        b: { ...leaf, dependencies: [{ name: 'c' }] },
        c: leaf,
      },
    };
    expect(closure(graph, [{ name: 'a' }]).at(-1)).toMatchObject({ name: 'c', marker: "python_version < '3.13'" });
    expect(closure(graph, [{ name: 'a' }, { name: 'b' }]).at(-1)).toMatchObject({ name: 'c', marker: null });
    expect(() => closure(graph, [{ name: 'd' }])).toThrow('npm run catalog');
  });
});
