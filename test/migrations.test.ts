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

  it.each(['service find --framework fastapi', 'set database=mariadb', 'remove web', 'adopt compose.yaml', 'eject run'])('has to be updated before: %s', async (line) => {
    start();
    const before = project.snapshot();
    const { code, err } = await project.run(line, { sources: today, migrations });
    expect([code, err]).toEqual([2, line === 'remove web' ? expect.stringContaining('the only service') : `this project was written by pycompose 0.1.0: run pycompose update first, which brings it to ${today.version}`]);
    expect(project.snapshot()).toEqual(before);
  });

  it.each([
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with options in one line', (text: string) => text.replace('database-data: {}', 'database-data: { driver: local }')],
    ['with nothing behind its key', (text: string) => text.replace('database-data: {}', 'database-data:')],
    ['with null behind its key', (text: string) => text.replace('database-data: {}', 'database-data: null # ours')],
    ['with options of its own', (text: string) => text.replace('database-data: {}', 'database-data:\n    driver: local')],
    ['with a quoted key', (text: string) => text.replace('  database-data: {}', '  "database-data": {}')],
    ['mounted in the long form', (text: string) => text.replace('- database-data:/var/lib/postgresql', '- type: volume\n        source: database-data\n        target: /var/lib/postgresql')],
  ])('finds its volume %s', async (_, edit) => {
    start();
    const text = project.read('compose.yaml');
    expect(edit(text)).not.toBe(text);
    project.write('compose.yaml', edit(text));
    expect(await project.run('update', { sources: today, migrations })).toMatchObject({ code: 0, err: '' });
    const { services, volumes } = parse(project.read('compose.yaml')) as { services: Record<string, { volumes: unknown[] }>; volumes: Record<string, { name: string }> };
    expect(volumes['postgres-data']?.name).toBe('${COMPOSE_PROJECT_NAME}_database-data');
    expect(JSON.stringify(services['database']?.volumes)).toContain('postgres-data');
    expect(project.read('compose.yaml')).not.toMatch(/(?<!_)database-data/);
  });

  it('gets another server in the same step, which starts on a volume of its own', async () => {
    start();
    project.edit('pycompose.yaml', 'database: postgres', 'database: mariadb');
    expect(await project.run('update', { sources: today, migrations })).toMatchObject({ code: 0, err: '' });
    expect((parse(project.read('compose.yaml')) as { volumes: object }).volumes).toMatchObject({ 'mariadb-data': {}, 'rabbitmq-data': { name: '${COMPOSE_PROJECT_NAME}_broker-data' } });
    expect(project.read('compose.yaml')).not.toContain('database-data');
  });

  it('is not touched while its compose.yaml cannot be read', async () => {
    start();
    project.edit('compose.yaml', 'services:', 'services: [');
    const before = project.snapshot();
    expect(await project.run('update', { sources: today, migrations })).toMatchObject({ code: 2, err: expect.stringMatching(/^compose\.yaml cannot be read, line \d+: /) });
    expect(project.snapshot()).toEqual(before);
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
    const base: Base = { generator: '0.1.0', files: new Map([['a', { text: '', mode: 0o644, ownership: 'managed' }]]), ejected: new Set() };
    const step = (to: string, from: string, name: string) => ({ to, moves: () => new Map([[from, name]]) });
    const migrated = migrate(base, () => ({ kind: 'free' }), { last: withDefaults({}), next: withDefaults({}) }, [step('0.2.0', 'a', 'b'), step('0.3.0', 'b', 'c')]);
    expect([[...migrated.base.files.keys()], [...migrated.moves]]).toEqual([['c'], [['c', 'a']]]);
  });
});
