/** Projects of older versions of the generator, as these have written them. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Base } from '../generators/base/base.ts';
import { readBase } from '../generators/base/base.ts';
import { migrate, pending } from '../generators/migrations/migrate.ts';
import { migrations } from '../generators/migrations/table.ts';
import { ownPackage } from '../generators/app/package.ts';
import { withDefaults } from './projects.ts';
import { LivingTestProject, sources } from './tools/living.ts';

const older = (file: string): string => readFileSync(new URL(`older/0.1.0/${file}`, import.meta.url), 'utf8');
const today = { ...sources, version: ownPackage().version };

let project: LivingTestProject;
afterEach(() => project?.remove());

/** The project that 0.1.0 wrote: its files are all in its base. */
function start(): LivingTestProject {
  project = new LivingTestProject(withDefaults({ name: 'shop', services: [{ name: 'web', framework: 'flask' }] }));
  for (const path of [...project.snapshot().keys()].filter((path) => !path.includes('/') && path !== 'secrets')) project.delete(path);
  for (const [path, { text, mode }] of readBase(older('base.json')).files) {
    project.write(path, text);
    project.chmod(path, mode);
  }
  project.write('.pycompose/base.json', older('base.json'));
  project.write('pycompose.yaml', older('pycompose.yaml'));
  return project;
}

describe('a project of 0.1.0', () => {
  it('comes to this version with its data under the names that the volumes have', async () => {
    start();
    expect(await project.run('update', { sources: today, migrations })).toMatchObject({ code: 0, err: '' });
    const { services, volumes } = parse(project.read('compose.yaml')) as { services: Record<string, { volumes?: string[] }>; volumes: Record<string, unknown> };
    expect(volumes).toEqual({ 'postgres-data': { name: '${COMPOSE_PROJECT_NAME}_database-data' }, 'rabbitmq-data': { name: '${COMPOSE_PROJECT_NAME}_broker-data' } });
    expect(services['database']?.volumes).toContain('postgres-data:/var/lib/postgresql');
    expect(services['broker']?.volumes).toContain('rabbitmq-data:/var/lib/rabbitmq');
    expect(JSON.parse(project.read('.pycompose/base.json'))).toMatchObject({ generator: today.version });
    expect((await project.run('update', { sources: today, migrations })).out).toContain('nothing to do');
    expect((await project.run('check', { sources: today, migrations })).out).toMatch(/edited +compose\.yaml\n/);
  });

  it('keeps edits on the way, and a name that the user gave to a volume', async () => {
    start();
    project.edit('compose.yaml', /^ {2}database-data: \{\}$/m, '  database-data: # the big disk\n    name: shop-data\n');
    project.edit('compose.yaml', '  web:\n', '  # the shop\n  web:\n');
    expect((await project.run('update', { sources: today, migrations })).code).toBe(0);
    expect(project.read('compose.yaml')).toContain('  # the shop\n  web:\n');
    expect(project.read('compose.yaml')).toContain('  postgres-data: # the big disk\n    name: shop-data\n');
  });

  it('takes a service more without being brought to this version', async () => {
    start();
    expect((await project.run('service find --framework fastapi', { sources: today, migrations })).code).toBe(0);
    expect(parse(project.read('compose.yaml'))).toMatchObject({ volumes: { 'database-data': {} }, services: { find: {}, database: { volumes: ['database-data:/var/lib/postgresql'] } } });
    expect(JSON.parse(project.read('.pycompose/base.json'))).toMatchObject({ generator: '0.1.0' });
    expect((await project.run('update', { sources: today, migrations })).code).toBe(0);
    expect(parse(project.read('compose.yaml'))).toMatchObject({ volumes: { 'postgres-data': { name: '${COMPOSE_PROJECT_NAME}_database-data' } } });
  });
});

describe('migrations', () => {
  it.each([
    ['0.1.0', '0.3.0', ['0.2.0', '0.3.0']],
    ['0.2.0', '0.3.0', ['0.3.0']],
    ['0.2.0', '0.10.0', ['0.3.0', '0.10.0']],
    ['0.10.0', '0.10.0', []],
  ])('from %s to %s are %j, in their order', (from, to, expected) => {
    expect(pending(from, to, [{ to: '0.10.0' }, { to: '0.2.0' }, { to: '0.3.0' }]).map((step) => step.to)).toEqual(expected);
  });

  it('follow a file through several names', () => {
    const base: Base = { generator: '0.1.0', files: new Map([['a', { text: '', mode: 0o644, ownership: 'managed' }]]), ejected: new Set(['a']) };
    const step = (to: string, from: string, name: string) => ({ to, moves: () => new Map([[from, name]]) });
    const migrated = migrate(base, () => ({ kind: 'free' }), withDefaults({}), [step('0.2.0', 'a', 'b'), step('0.3.0', 'b', 'c')]);
    expect([[...migrated.base.files.keys()], [...migrated.base.ejected], [...migrated.moves]]).toEqual([['c'], ['c'], [['c', 'a']]]);
  });
});
