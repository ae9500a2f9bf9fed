/** Which files are whose: the user's are the example, the tests and the read-me files; migrations are a history. */
import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { resolveProject } from '../generators/project/resolve.ts';
import type { Answers } from '../generators/questions/answers.ts';
import type { Ownership } from '../generators/render/file-map.ts';
import { readBase, writeBase } from '../generators/base/base.ts';
import { projectFiles, renderedFiles } from '../generators/render/project-files.ts';
import { renderProject } from '../generators/render/render.ts';
import { loadSources } from '../generators/render/sources.ts';
import { withDefaults } from './projects.ts';

const sources = loadSources(fileURLToPath(new URL('..', import.meta.url)), '0.1.0');

function owned(ownership: Ownership, changes: Partial<Answers>): string[] {
  const files = renderProject(resolveProject(withDefaults(changes)), sources);
  return [...files].filter(([, file]) => file.ownership === ownership).map(([path]) => path.replace('services/web/', '')).sort();
}

const service = (framework: 'django' | 'flask' | 'fastapi'): Partial<Answers> => ({ services: [{ name: 'web', framework }] });
const tests = ['__init__', 'conftest', 'test_health', 'test_items', 'test_migrations', 'test_tasks'].map((name) => `tests/${name}.py`);
const example = ['api', 'items', 'models', 'pages', 'stats', 'tasks'].map((name) => `web/${name}.py`);
const sqlalchemy = ['README.md', 'README.md', ...example, ...tests, 'web/mail.py', 'web/static/style.css', 'web/templates/index.html'];

describe('the user owns', () => {
  it.each<[string, Partial<Answers>, string[]]>([
    ['in Django', service('django'), ['README.md', 'README.md', ...example, ...tests, 'web/admin.py', 'web/static/web/style.css', 'web/templates/web/index.html']],
    ['in Flask', service('flask'), sqlalchemy],
    ['in FastAPI', service('fastapi'), sqlalchemy],
    ['in Flask without the example', { ...service('flask'), example: false }, ['README.md', 'README.md', ...tests.filter((path) => !path.includes('items')), 'web/models.py', 'web/tasks.py']],
  ])('%s', (_title, changes, expected) => {
    expect(owned('seed', changes)).toEqual([...expected].sort());
  });
});

describe('databases remember', () => {
  it.each([
    ['django', ['web/migrations/0001_initial.py']],
    ['flask', ['migrations/versions/0001_items.py']],
    ['fastapi', ['migrations/versions/0001_items.py']],
  ] as const)('of %s', (framework, expected) => {
    expect(owned('history', service(framework))).toEqual(expected);
    expect(owned('history', { ...service(framework), example: false })).toEqual([]);
  });
});

it('the base holds every file but itself', () => {
  const rendered = renderedFiles(withDefaults({}), sources);
  const files = projectFiles(withDefaults({}), sources);
  expect([...files.keys()].filter((path) => !rendered.has(path))).toEqual(['.pycompose/base.json']);
  expect([...rendered.keys()]).toEqual(expect.arrayContaining(['pycompose.yaml', '.pycompose/schema.json', 'compose.yaml']));
  const text = files.get('.pycompose/base.json')?.text ?? '';
  expect(text).toBe(writeBase({ generator: '0.1.0', files: rendered, ejected: new Set() }));
  expect(readBase(text)).toEqual({ generator: '0.1.0', files: rendered, ejected: new Set() });
});
