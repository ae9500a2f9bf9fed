/** Projects that keep living: what each command does to files that their user has edited, deleted, moved or added. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { parse } from 'yaml';
import type { Answers } from '../generators/questions/answers.ts';
import { withDefaults } from './projects.ts';
import { differences, laterSources, LivingTestProject, sources } from './tools/living.ts';

const small: Partial<Answers> = { name: 'shop', services: [{ name: 'web', framework: 'flask' }], database: 'none', cache: 'none', mail: 'none', broker: 'none', beat: false, proxy: 'none', example: false };
const FULL: Partial<Answers> = { name: 'shop' };

let project: LivingTestProject;
afterEach(() => project.remove());

function start(changes: Partial<Answers> = small): LivingTestProject {
  project = new LivingTestProject(withDefaults(changes));
  return project;
}

/** The next version prints one line more in a file of each service, and one in a file of the root. */
const later = laterSources({
  'service/common/deploy/gunicorn.conf.py.ejs': (text) => text.replace(/^(import|bind)/m, '# Of the next version.\n$1'),
  'project/_editorconfig.ejs': (text) => `${text}\n[*.new]\nindent_size = 8\n`,
});
const CONF = 'services/web/deploy/gunicorn.conf.py';

describe('update', () => {
  it('has nothing to do after a change of the database, where a migration was edited', async () => {
    start({ services: [{ name: 'web', framework: 'flask' }] });
    project.edit('services/web/migrations/versions/0001_items.py', 'revision = ', '# ours\nrevision = ');
    expect(await project.run('set database=mariadb')).toMatchObject({ code: 0 });
    const after = project.snapshot();
    expect((await project.run('update')).out).toContain('nothing to do');
    expect(differences(after, project.snapshot())).toEqual([]);
  });

  it('has nothing to do in a new project, and says so', async () => {
    start(FULL);
    const before = project.snapshot();
    expect(await project.run('update')).toEqual({ code: 0, out: '✔ . is up to date: nothing to do\n', err: '' });
    expect(project.snapshot()).toEqual(before);
  });

  it('brings untouched files to the next version, and is then a no-op', async () => {
    start();
    expect(await project.run('update', { sources: later })).toMatchObject({ code: 0, err: '' });
    expect(project.read(CONF)).toContain('# Of the next version.');
    expect(project.read('.editorconfig')).toContain('[*.new]');
    const after = project.snapshot();
    expect((await project.run('update', { sources: later })).out).toContain('nothing to do');
    expect(project.snapshot()).toEqual(after);
  });

  it('merges into edited files, and keeps each edit', async () => {
    start();
    project.write(CONF, `${project.read(CONF)}# mine\n`);
    const { code, out } = await project.run('update', { sources: later });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`merge    ${CONF}`) });
    expect(project.read(CONF)).toMatch(/# Of the next version\.[^]*# mine\n$/);
  });

  it('leaves files alone that the user has added', async () => {
    start();
    project.write('services/web/web/mine.py', 'print()\n');
    project.write('notes/todo.txt', 'buy milk\n');
    await project.run('update', { sources: later });
    expect([project.read('services/web/web/mine.py'), project.read('notes/todo.txt')]).toEqual(['print()\n', 'buy milk\n']);
  });

  it('does not bring deleted files back, whatever the next version has for them', async () => {
    start();
    project.delete(CONF);
    const { code, out } = await project.run('update', { sources: later });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`keep     ${CONF} (deleted by you`) });
    expect(project.snapshot().has(CONF)).toBe(false);
    expect((await project.run('update', { sources: later })).out).toContain('nothing to do');
  });

  it('does not bring a deleted directory back', async () => {
    start();
    project.delete('services/web/deploy');
    await project.run('update', { sources: later });
    expect([...project.snapshot().keys()].filter((path) => path.startsWith('services/web/deploy'))).toEqual([]);
  });

  it.each([
    ['a file that is as the next version writes it', later.templates.get('project/_editorconfig.ejs') ?? '', 0],
    ['a file with an edit at the place that the next version changes', 'mine\n', 3],
  ])('takes %s for what it is', async (_, text, code) => {
    start();
    project.write('.editorconfig', text);
    expect((await project.run('update', { sources: laterSources({ 'project/_editorconfig.ejs': (old) => (code === 0 ? `${old}\n[*.new]\nindent_size = 8\n` : old.replaceAll(/^.+$/gm, 'theirs')) }) })).code).toBe(code);
    expect(project.read('.editorconfig')).toBe(text);
  });

  it('replaces an example that nobody has touched, and never merges into one that somebody has', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'flask' }, { name: 'search', framework: 'flask' }] });
    const next = laterSources({ 'service/sqlalchemy/tests/test_items.py.ejs': (text) => `${text}# next\n` });
    project.write('services/search/tests/test_items.py', `# mine\n${project.read('services/search/tests/test_items.py')}`);
    expect(await project.run('update', { sources: next })).toMatchObject({ code: 0, out: expect.stringContaining('keep     services/search/tests/test_items.py (edited by you, and so yours; `pycompose adopt ') });
    expect(project.read('services/web/tests/test_items.py')).toMatch(/# next\n$/);
    expect(project.read('services/search/tests/test_items.py')).toMatch(/^# mine\n(?![^]*# next)/);
  });

  it('adopt merges what is generated today into an example that somebody works on', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'flask' }] });
    const next = laterSources({ 'service/sqlalchemy/tests/test_items.py.ejs': (text) => `${text}# next\n` });
    project.write('services/web/tests/test_items.py', `# mine\n${project.read('services/web/tests/test_items.py')}`);
    await project.run('update', { sources: next });
    expect((await project.run('update', { sources: next })).out).toBe('✔ . is up to date: nothing to do\n');
    expect((await project.run('adopt services/web/tests/test_items.py', { sources: next })).code).toBe(0);
    expect(project.read('services/web/tests/test_items.py')).toMatch(/^# mine\n[^]*# next\n$/);
  });

  it('never changes a migration that is there', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'fastapi' }] });
    const before = project.snapshot();
    await project.run('update', { sources: laterSources({ 'service/sqlalchemy/migrations/versions/0001_items.py.ejs': (text) => `${text}# next\n` }) });
    expect(differences(before, project.snapshot())).toEqual(['.pycompose/base.json']);
  });

  it('brings in what was changed in pycompose.yaml by hand, and keeps its comments', async () => {
    start(FULL);
    project.edit('pycompose.yaml', /^cache: memcached$/m, 'cache: redis # faster for us');
    project.edit('pycompose.yaml', /^proxy:/m, '# we have our own\nproxy:');
    expect((await project.run('update')).code).toBe(0);
    expect(project.read('pycompose.yaml')).toMatch(/^cache: redis # faster for us$/m);
    expect(project.read('pycompose.yaml')).toMatch(/^# we have our own\nproxy:/m);
    expect(project.read('compose.yaml')).toContain('image: redis:');
    expect((await project.run('update')).out).toContain('nothing to do');
  });

  it.each([
    ['mode of a file that the user has made executable', 0o744],
    ['mode of a file that the user has made private', 0o600],
    ['mode of a file that the user has made read-only', 0o444],
  ])('keeps the %s', async (_, mode) => {
    start();
    project.chmod(CONF, mode);
    await project.run('update', { sources: later });
    expect(project.snapshot().get(CONF)).toMatch(new RegExp(`^file ${mode.toString(8)} [^]*# Of the next version`));
  });

  it('keeps the ends of lines that Windows has made', async () => {
    start();
    project.write(CONF, project.read(CONF).replaceAll('\n', '\r\n'));
    expect((await project.run('check')).code).toBe(0);
    await project.run('update', { sources: later });
    expect(project.read(CONF)).toMatch(/# Of the next version\.\r\n/);
    expect(project.read(CONF)).not.toMatch(/[^\r]\n/);
  });

  it('refuses a project of a newer version', async () => {
    start();
    await project.run('update', { sources: later });
    expect(await project.run('update')).toEqual({ code: 1, out: '', err: 'this project was written by pycompose 1.1.0, and this is 1.0.0: use the newer one, like npm init pycompose@1.1.0 update' });
  });

  it('works from any folder below the project, and says which project it is', async () => {
    start();
    expect((await project.run('update', { sources: later, cwd: 'services/web' })).out).toContain('✔ ../..:');
  });
});

describe('what is in the way', () => {
  it.each([
    ['a symbolic link', () => { project.delete(CONF); symlinkSync('/etc/hostname', project.path(CONF)); }, 'is a symbolic link'],
    ['a directory', () => { project.delete(CONF); mkdirSync(project.path(CONF)); }, 'is a directory'],
    ['a file that is no text', () => { project.write(CONF, Buffer.from([0xff, 0xfe, 0x00])); }, 'is no text'],
    ['a link above it', () => { project.delete('services/web/deploy'); symlinkSync('/etc', project.path('services/web/deploy')); }, 'is below the symbolic link services/web/deploy'],
  ])('%s is a conflict, and stays with keep', async (_, put, reason) => {
    start();
    put();
    const before = project.snapshot();
    expect(await project.run('update', { sources: later })).toMatchObject({ code: 3, out: expect.stringContaining(reason), err: expect.stringContaining('nothing was written') });
    expect(project.snapshot()).toEqual(before);
    expect((await project.run('update --on-conflict keep', { sources: later })).code).toBe(0);
    expect(differences(before, project.snapshot())).toEqual(['.editorconfig', '.pycompose/base.json']);
    expect((await project.run('update', { sources: later })).out).toContain('nothing to do');
  });

  it('a link is replaced itself with take, and undo brings it back', async () => {
    start();
    project.write('elsewhere', 'mine\n');
    project.delete(CONF);
    symlinkSync(project.path('elsewhere'), project.path(CONF));
    const before = project.snapshot();
    expect((await project.run('update --on-conflict take', { sources: later })).code).toBe(0);
    expect(project.read('elsewhere')).toBe('mine\n');
    expect(project.read(CONF)).toContain('# Of the next version.');
    expect((await project.run('undo')).code).toBe(0);
    expect(project.snapshot()).toEqual(before);
  });

  it('a name that differs only in case', async () => {
    start();
    project.write('services/SEARCH/mine.txt', 'mine\n');
    expect(await project.run('service search --framework flask')).toMatchObject({ code: 3, err: expect.stringContaining('rename services/SEARCH') });
  });
});

describe('conflicts', () => {
  const next = laterSources({ 'project/_editorconfig.ejs': (text) => text.replace('root = true', 'root = false') });
  const conflict = (): void => {
    start();
    project.edit('.editorconfig', 'root = true', 'root = maybe');
  };

  it('end the run with both sides, and nothing written', async () => {
    conflict();
    const before = project.snapshot();
    const { code, out, err } = await project.run('update', { sources: next });
    expect({ code, err }).toEqual({ code: 3, err: '1 conflict in .editorconfig; nothing was written: choose a side with --on-conflict keep or take, or have both written with --on-conflict markers' });
    expect(out).toMatch(/^\.editorconfig:\d+: .*\n +yours +- root = maybe\n +generated \+ root = false\n/);
    expect(project.snapshot()).toEqual(before);
  });

  it.each([
    ['keep', 0, 'root = maybe\n'],
    ['take', 0, 'root = false\n'],
    ['markers', 3, '<<<<<<< yours\nroot = maybe\n=======\nroot = false\n>>>>>>> pycompose\n'],
  ])('are settled with --on-conflict %s, once and for all', async (policy, code, text) => {
    conflict();
    expect((await project.run(`update --on-conflict ${policy}`, { sources: next })).code).toBe(code);
    expect(project.read('.editorconfig')).toContain(text);
    expect((await project.run('update', { sources: next })).out).toContain('nothing to do');
  });

  it('are asked about one by one at a terminal', async () => {
    conflict();
    const { code, out } = await project.run('update', { sources: next, replies: ['diff', 'take'] });
    expect(code).toBe(0);
    expect(out).toContain('<<<<<<< yours');
    expect(project.read('.editorconfig')).toContain('root = false');
  });

  it('leave everything as it was when the user cancels', async () => {
    conflict();
    const before = project.snapshot();
    expect(await project.run('update', { sources: next, replies: ['cancel'] })).toMatchObject({ code: 130, err: 'cancelled; nothing was written' });
    expect(project.snapshot()).toEqual(before);
  });

  it('leave markers that check never lets through', async () => {
    conflict();
    await project.run('update --on-conflict markers', { sources: next });
    expect((await project.run('update', { sources: next })).out).toContain('keep     .editorconfig (still has conflict markers: settle them)');
    expect(await project.run('check --allow edited,outdated', { sources: next })).toMatchObject({ code: 4, out: expect.stringMatching(/unsettled +\.editorconfig/) });
  });

  it('are not settled in a way that leaves a file which nothing can read', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'django' }, { name: 'bill', framework: 'flask' }] });
    project.edit('compose.yaml', /^ {2}database:$/m, '  export:\n    image: shop-bill\n    environment: *bill-environment\n\n  database:');
    const before = project.snapshot();
    expect(await project.run('remove bill --on-conflict take')).toMatchObject({ code: 3, out: expect.stringContaining('what you wrote refers to &bill-environment, which would be gone') });
    expect(project.snapshot()).toEqual(before);
  });

  it('where both have added lines are settled with both at a terminal', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'flask' }] });
    project.edit('services/database/setup.sh', /^(setup web .*\n)(?![^]*^setup web )/m, '$1setup report report_password\n');
    expect((await project.run('service search --framework fastapi', { replies: ['both'] })).code).toBe(0);
    expect(project.read('services/database/setup.sh')).toMatch(/^setup web .*\nsetup report report_password\nsetup search /m);
  });

  it('with markers of an earlier run are not merged over', async () => {
    conflict();
    await project.run('update --on-conflict markers', { sources: next });
    const again = laterSources({ 'project/_editorconfig.ejs': (text) => `# new\n${text}` }, '1.2.0');
    expect(await project.run('update', { sources: again })).toMatchObject({ code: 3, out: expect.stringContaining('still has the conflict markers') });
  });

  it('are in the JSON with their lines', async () => {
    conflict();
    const { code, out } = await project.run('update --json', { sources: next });
    expect(code).toBe(3);
    const { error, written, files } = JSON.parse(out) as { error: object; written: boolean; files: { path: string; action: string; conflicts?: object[] }[] };
    expect({ error, written }).toEqual({ error: { code: 3, message: expect.any(String) }, written: false });
    expect(files.find(({ path }) => path === '.editorconfig')).toMatchObject({ action: 'conflict', conflicts: [{ line: expect.any(Number), yours: 'root = maybe\n', base: 'root = true\n', generated: 'root = false\n' }] });
  });
});

describe('service', () => {
  it('adds one, and nothing of the others moves', async () => {
    start(FULL);
    const before = project.snapshot();
    expect(await project.run('service search --framework fastapi')).toMatchObject({ code: 0, err: '' });
    const changed = differences(before, project.snapshot());
    expect(changed.filter((path) => path.startsWith('services/web'))).toEqual([]);
    expect(changed).toEqual(expect.arrayContaining(['compose.yaml', 'run', 'services/search/Dockerfile', 'secrets/search_database_password']));
    const compose = parse(project.read('compose.yaml')) as { services: object };
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['web', 'search', 'search-worker']));
    expect(project.read('pycompose.yaml')).toMatch(/^ {2}search:\n {4}framework: fastapi$/m);
  });

  it('is what a new project with both would be', async () => {
    start(FULL);
    await project.run('service search --framework fastapi');
    const both = new LivingTestProject(withDefaults({ ...FULL, services: [{ name: 'web', framework: 'django' }, { name: 'search', framework: 'fastapi' }] }));
    expect(differences(project.snapshot(), both.snapshot()).filter((path) => !path.startsWith('secrets/'))).toEqual([]);
    both.remove();
  });

  it('regenerates one alone, where the others stay at the version they have', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'django' }, { name: 'search', framework: 'fastapi' }] });
    const images = new Map([...sources.images, ['postgres', 'postgres:99']]);
    const before = project.snapshot();
    expect((await project.run('service search', { sources: { ...later, images } })).code).toBe(0);
    expect(differences(before, project.snapshot())).toEqual(['.pycompose/base.json', 'services/search/deploy/gunicorn.conf.py']);
    expect((await project.run('update', { sources: { ...later, images } })).code).toBe(0);
    expect(project.read('services/web/deploy/gunicorn.conf.py')).toContain('# Of the next version.');
    expect(project.read('compose.yaml')).toContain('image: postgres:99');
  });

  it('takes its parts of the Compose files along, and leaves those of the others as an older version wrote them', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'django' }, { name: 'search', framework: 'fastapi' }] });
    // as if 1.0.0 had given everything less time to stop
    const older = (text: string): string => text.replaceAll('stop_grace_period: 60s', 'stop_grace_period: 20s');
    for (const path of ['compose.yaml', '.pycompose/base.json']) project.write(path, older(project.read(path)));
    expect((await project.run('service search', { sources: later })).code).toBe(0);
    const { services } = parse(project.read('compose.yaml')) as { services: Record<string, { stop_grace_period?: string }> };
    expect(['search-worker', 'web-worker', 'database'].map((name) => services[name]?.stop_grace_period)).toEqual(['60s', '20s', '20s']);
  });

  it('changes the framework: untouched files go, edited ones stay', async () => {
    start(FULL);
    project.write('services/web/web/urls.py', `# mine\n${project.read('services/web/web/urls.py')}`);
    const secret = project.read('secrets/web_database_password');
    const { code, out } = await project.run('service web --framework flask');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('keep     services/web/web/urls.py (edited by you: it stays, and is yours from now on, though nothing that is generated uses it)') });
    expect(project.snapshot().has('services/web/manage.py')).toBe(false);
    expect(project.read('services/web/web/__init__.py')).toContain('Flask');
    expect(project.read('secrets/web_database_password')).toBe(secret);
  });

  it('asks for the framework of a new one at a terminal, and says what is missing without', async () => {
    start();
    expect(await project.run('service search')).toMatchObject({ code: 2, err: expect.stringContaining('pycompose service search --framework django|flask|fastapi') });
    expect((await project.run('service search', { replies: ['flask'] })).code).toBe(0);
    expect(project.read('services/search/search/__init__.py')).toContain('Flask');
  });

  it('waits until other changes of pycompose.yaml are brought in', async () => {
    start(FULL);
    project.edit('pycompose.yaml', 'cache: memcached', 'cache: redis');
    expect(await project.run('service search --framework flask')).toMatchObject({ code: 2, err: 'pycompose.yaml has changes that were not brought in yet (cache): run pycompose update first, or take them back' });
  });

  it.each([
    ['service 9 --framework flask', /no service name/],
    ['service search --framework rails', /--framework: "rails" is none of/],
    ['service search --framwork flask', /knows no flag --framwork; did you mean "--framework"/],
    ['service', /service needs NAME: write pycompose service NAME/],
    ['service a b', /service takes one word, but there is "b"/],
    ['service admin --framework flask', /would take the path \/admin/],
    ['service ../../etc --framework flask', /no service name/],
  ])('refuses %s', async (line, message) => {
    start({ ...FULL, proxy: 'nginx' });
    const before = project.snapshot();
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
    expect(project.snapshot()).toEqual(before);
  });
});

describe('remove', () => {
  const three: Partial<Answers> = { ...FULL, proxy: 'none', services: [{ name: 'web', framework: 'django' }, { name: 'search', framework: 'fastapi' }, { name: 'find', framework: 'flask' }] };

  it('takes out what nobody has touched; edited files, secrets and data stay and are named', async () => {
    start(three);
    project.write('services/search/search/mine.py', 'mine\n');
    project.write('services/search/Dockerfile', `${project.read('services/search/Dockerfile')}# mine\n`);
    const { code, out } = await project.run('remove search');
    expect(code).toBe(0);
    expect(out).toContain('keep     services/search/Dockerfile (edited by you: it stays, and is yours from now on');
    expect(out).toMatch(/search is gone, but its database and role search, its virtual host and user search in the broker and its secrets \(secrets\/search_\*\) stay/);
    const left = [...project.snapshot().keys()].filter((path) => path.startsWith('services/search/'));
    // the first migration stays, because a database may remember it
    expect(left).toEqual(['services/search/Dockerfile', 'services/search/migrations', 'services/search/migrations/versions', 'services/search/migrations/versions/0001_items.py', 'services/search/search', 'services/search/search/mine.py']);
    expect(project.snapshot().has('secrets/search_database_password')).toBe(true);
    expect(project.read('compose.yaml')).not.toMatch(/\bsearch\b/);
  });

  it.each(['web', 'search', 'find'])('of %s leaves the ports of the others where they were', async (name) => {
    start(three);
    const ports = (): Record<string, string | undefined> =>
      Object.fromEntries(Object.entries((parse(project.read('compose.yaml')) as { services: Record<string, { ports?: string[] }> }).services).map(([service, { ports: published }]) => [service, published?.[0]]));
    const { [name]: _, ...before } = ports();
    expect((await project.run(`remove ${name}`)).code).toBe(0);
    expect(Object.fromEntries(Object.entries(ports()).filter(([service]) => service in before))).toMatchObject(Object.fromEntries(Object.entries(before).filter(([service]) => ['web', 'search', 'find'].includes(service))));
  });

  it('of the one at / says that nothing is there now', async () => {
    start({ ...three, proxy: 'nginx' });
    const { code, out } = await project.run('remove web');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('nothing is at / now: `pycompose set services.search.path=/` puts search there') });
    expect(project.read('pycompose.yaml')).toContain('path: /search');
    expect((await project.run('set services.search.path=/')).code).toBe(0);
    expect(project.read('services/proxy/default.conf')).toMatch(/location \/ \{/);
  });

  it.each([
    ['remove web', small, /"web" is the only service/],
    ['remove wbe', three, /there is no service "wbe"; there is web, search, find; did you mean "web"\?/],
  ])('%s is refused', async (line, answers, message) => {
    start(answers);
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});

describe('set', () => {
  it('changes options, and files follow', async () => {
    start(FULL);
    const secrets = [...project.snapshot()].filter(([path]) => path.startsWith('secrets/'));
    expect((await project.run('set cache=redis proxy=caddy python=3.13')).code).toBe(0);
    const files = project.snapshot();
    expect([files.has('services/cache/start.sh'), files.has('services/proxy/Caddyfile'), files.has('services/proxy/default.conf')]).toEqual([true, true, false]);
    for (const [path, text] of secrets) expect(files.get(path)).toBe(text);
    expect(files.has('secrets/web_cache_password')).toBe(true);
    const fresh = new LivingTestProject(withDefaults({ ...FULL, cache: 'redis', proxy: 'caddy', python: '3.13' }));
    expect(differences(files, fresh.snapshot()).filter((path) => !path.startsWith('secrets/'))).toEqual([]);
    fresh.remove();
  });

  it('turns off what has nothing left to run on', async () => {
    start(FULL);
    expect((await project.run('set broker=none')).code).toBe(0);
    expect(project.read('pycompose.yaml')).toMatch(/^beat: false$/m);
  });

  it('says what goes off with it, and how it comes back', async () => {
    start(FULL);
    expect((await project.run('set database=none')).out).toContain('example is off, too, because the example keeps its items in a database: `pycompose set database=... example=true` brings it back');
  });

  it('never deletes a migration, and writes one anew for another server where nothing stands on it', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'flask' }, { name: 'search', framework: 'fastapi' }] });
    const file = (service: string): string => project.read(`services/${service}/migrations/versions/0001_items.py`);
    const postgres = file('search');
    project.write('services/search/migrations/versions/0002_mine.py', 'down_revision = "0001"\n');
    const { out } = await project.run('set database=mariadb');
    expect(out).toContain('the migrations in services/search/migrations/versions were written for postgres: see whether they suit mariadb');
    expect([file('web') === postgres, file('search') === postgres]).toEqual([false, true]);
    const mariadb = file('web');
    await project.run('set database=none');
    await project.run('set database=mariadb example=true');
    expect([file('web'), file('search')]).toEqual([mariadb, postgres]);
  });

  it('keeps a lock of another tool, and says that it is not brought along', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'flask' }] });
    project.write('services/web/requirements.in', `${project.read('services/web/requirements.in')}mylib @ git+https://example.com/mylib\n`);
    project.write('services/web/requirements.txt', `${project.read('services/web/requirements.txt')}mylib @ git+https://example.com/mylib@abc\n`);
    const lock = project.read('services/web/requirements.txt');
    const { out } = await project.run('set cache=redis');
    expect(out).toContain("keep     services/web/requirements.txt (not in uv's form, so it stays as it is)");
    expect(out).toContain('packages of yours are in the requirements of services/web: `./run lock` resolves the locks anew');
    expect(project.read('services/web/requirements.txt')).toBe(lock);
  });

  it('names the data that stays behind', async () => {
    start(FULL);
    expect((await project.run('set database=mariadb')).out).toContain('the volume postgres-data keeps its data, and nothing copies it');
  });

  it('keeps own services, networks, volumes and packages', async () => {
    start(FULL);
    project.edit('compose.yaml', /^ {2}database:$/m, '  reports: # ours\n    image: reports:1\n    environment: *web-environment\n    networks: [web-database, office]\n\n  database:');
    project.edit('compose.yaml', /^networks:$/m, 'networks:\n  office: {} # ours\n');
    project.edit('compose.yaml', /^volumes:$/m, 'volumes:\n  reports-data: {}\n');
    project.write('services/web/requirements.in', `${project.read('services/web/requirements.in')}stripe==12.0.0  # payments\n`);
    project.write('services/web/web/settings.py', `${project.read('services/web/web/settings.py')}\nPAYMENTS = True\n`);
    const { code, out, err } = await project.run('set cache=valkey proxy=none');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('./run lock');
    const compose = project.read('compose.yaml');
    expect(compose).toContain('  reports: # ours\n    image: reports:1\n    environment: *web-environment\n    networks: [web-database, office]\n');
    expect(compose).toContain('  office: {} # ours\n');
    const { services, volumes } = parse(compose) as { services: Record<string, { image: string; environment?: object }>; volumes: object };
    expect(Object.keys(volumes)).toContain('reports-data');
    expect(services['cache']?.image).toMatch(/^valkey/);
    expect(services['proxy']).toBeUndefined();
    expect(services['reports']?.environment).toEqual(services['web']?.environment);
    expect(project.read('services/web/requirements.in')).toMatch(/stripe==12\.0\.0 {2}# payments\n/);
    expect(project.read('services/web/requirements.in')).toMatch(/^redis(\[.*\])?==/m);
    expect(project.read('services/web/web/settings.py')).toMatch(/PAYMENTS = True\n$/);
  });

  it.each([
    ['set cahce=redis', /unknown key "cahce"; did you mean "cache"\?/],
    ['set cache=reddis', /cache: "reddis" is none of memcached, redis, valkey, none; did you mean "redis"\?/],
    ['set cache', /set "cache": write KEY=VALUE/],
    ['set services.web.prot=1', /unknown key "services.web.prot"; of a service there is framework, port, path; did you mean "port"\?/],
    ['set services.wb.port=8005', /there is no service "wb"/],
    ['set services.web.port=80', /80 is no port/],
    ['set services=web', /services come and go with pycompose service NAME/],
    ['set beat=maybe', /beat: "maybe" is neither true nor false/],
    ['set broker=none beat=true', /beat \(beat=true\) contradicts broker: none \(broker=none\)/],
    ['set database=none example=yes', /example \(example=yes\) contradicts database/],
  ])('refuses %s', async (line, message) => {
    start(FULL);
    const before = project.snapshot();
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
    expect(project.snapshot()).toEqual(before);
  });
});

describe('check', () => {
  it('tells edited, outdated, missing and foreign apart, and ends with 4', async () => {
    start();
    project.write(CONF, 'mine\n');
    project.delete('.editorconfig');
    project.write('services/web/newfile', 'mine\n');
    const next = laterSources({ 'project/_gitignore.ejs': (text) => `${text}/mine\n` });
    const { code, out, err } = await project.run('check --json', { sources: next });
    expect({ code, err }).toEqual({ code: 4, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      files: [
        { path: '.editorconfig', drifts: ['missing'] },
        { path: '.gitignore', drifts: ['outdated'] },
        { path: CONF, drifts: ['edited'] },
      ],
    });
  });

  it('finds a foreign file in the place of one that would be generated', async () => {
    start();
    project.write('services/proxy/default.conf', 'mine\n');
    project.edit('pycompose.yaml', 'proxy: none', 'proxy: nginx');
    expect((await project.run('check')).out).toMatch(/foreign +services\/proxy\/default\.conf\n/);
  });

  it('lets through what is allowed, and what was taken over', async () => {
    start();
    project.write(CONF, 'mine\n');
    project.delete('.editorconfig');
    expect((await project.run('check --allow edited')).code).toBe(4);
    expect((await project.run('check --allow edited,missing')).code).toBe(0);
    await project.run(`eject ${CONF} .editorconfig`);
    expect((await project.run('check')).code).toBe(0);
  });

  it('does not mind comments in pycompose.yaml, files of the user, an edited example or other tests', async () => {
    start(FULL);
    project.edit('pycompose.yaml', /^cache:/m, '# ours\ncache:');
    project.write('services/web/web/mine.py', 'mine\n');
    project.write('services/web/tests/test_health.py', 'mine\n');
    project.delete('services/web/tests/test_items.py');
    expect(await project.run('check')).toMatchObject({ code: 0, err: '' });
  });

  it('writes nothing', async () => {
    start();
    project.write(CONF, 'mine\n');
    const before = project.snapshot();
    await project.run('check', { sources: later });
    await project.run('diff', { sources: later });
    await project.run('files', { sources: later });
    await project.run('update --dry-run', { sources: later });
    expect(project.snapshot()).toEqual(before);
  });
});

describe('diff', () => {
  it('prints what update would change as a unified diff, edits kept', async () => {
    start();
    project.write(CONF, `${project.read(CONF)}# mine\n`);
    const { code, out } = await project.run('diff', { sources: later });
    expect(code).toBe(0);
    expect(out).toContain(`diff --git a/${CONF} b/${CONF}\n--- a/${CONF}\n+++ b/${CONF}\n@@ `);
    expect(out).toMatch(/^\+# Of the next version\.$/m);
    expect(out).not.toMatch(/^[-+]# mine$/m);
  });

  it('of one service prints nothing of the others', async () => {
    start({ ...small, services: [{ name: 'web', framework: 'flask' }, { name: 'search', framework: 'flask' }] });
    const { out } = await project.run('diff search', { sources: later });
    expect([...out.matchAll(/^diff --git a\/(\S+)/gm)].map(([, path]) => path)).toEqual(['services/search/deploy/gunicorn.conf.py']);
  });
});

describe('undo', () => {
  it.each(['set cache=redis proxy=caddy broker=none', 'service search --framework flask', 'service web --framework fastapi', 'eject run'])('takes back: %s', async (line) => {
    start(FULL);
    project.write('services/web/Dockerfile', `${project.read('services/web/Dockerfile')}# mine\n`);
    project.chmod('services/web/manage.py', 0o700);
    const before = project.snapshot();
    expect((await project.run(line)).code).toBe(0);
    const after = project.snapshot();
    expect((await project.run('undo')).code).toBe(0);
    expect(project.snapshot()).toEqual(before);
    // once more, and it is done again, with the secrets that it made
    expect((await project.run('undo')).code).toBe(0);
    expect(project.snapshot()).toEqual(after);
  });

  it('refuses when files have changed since, and names them', async () => {
    start();
    await project.run('update', { sources: later });
    project.write(CONF, `${project.read(CONF)}# mine\n`);
    const before = project.snapshot();
    expect(await project.run('undo')).toMatchObject({ code: 3, err: expect.stringContaining(CONF) });
    expect(project.snapshot()).toEqual(before);
  });

  it('has nothing to take back in a new project', async () => {
    start();
    expect(await project.run('undo')).toMatchObject({ code: 2, err: expect.stringContaining('there is no run to take back') });
  });
});

describe('ownership', () => {
  it('eject takes a file over: nothing touches it any more, until adopt gives it back with its edits', async () => {
    start();
    project.write(CONF, `${project.read(CONF)}# mine\n`);
    expect((await project.run(`eject ${CONF}`)).code).toBe(0);
    await project.run('update', { sources: later });
    expect(project.read(CONF)).not.toContain('# Of the next version.');
    expect((await project.run('files', { sources: later })).out).toContain(`yours    ${CONF} (taken over)`);
    expect((await project.run(['adopt', 'gunicorn.conf.py'], { sources: later, cwd: 'services/web/deploy' })).code).toBe(0);
    expect(project.read(CONF)).toMatch(/# Of the next version\.[^]*# mine\n$/);
    expect((await project.run('files', { sources: later })).out).toContain(`managed  ${CONF} (edited)`);
  });

  it('adopt brings a deleted file back, and from then on it follows', async () => {
    start();
    project.delete(CONF);
    expect((await project.run(`adopt ${CONF}`)).code).toBe(0);
    await project.run('update', { sources: later });
    expect(project.read(CONF)).toContain('# Of the next version.');
  });

  it('a file that was taken over stays when its service goes', async () => {
    start({ ...small, services: [{ name: 'web', framework: 'flask' }, { name: 'search', framework: 'flask' }] });
    await project.run('eject services/search/Dockerfile');
    await project.run('remove search');
    expect([...project.snapshot().keys()].filter((path) => path.startsWith('services/search/'))).toEqual(['services/search/Dockerfile']);
  });

  it.each([
    ['eject pycompose.yaml', /cannot be taken over/],
    ['eject services/web/mine.py', /is no file that pycompose writes/],
    ['adopt services/web/Dockerfil', /did you mean "services\/web\/Dockerfile"\?/],
    ['adopt ../other', /is not inside the project/],
  ])('refuses %s', async (line, message) => {
    start();
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });

  it('files lists each generated file with its owner', async () => {
    start(FULL);
    project.write('services/web/tests/test_items.py', 'mine\n');
    const { out } = await project.run('files');
    expect(out).toContain('  managed  services/web/Dockerfile\n');
    expect(out).toContain('  seed     services/web/tests/test_health.py\n');
    expect(out).toContain('  yours    services/web/tests/test_items.py (edited)\n');
  });
});

describe('a version that renames a file', () => {
  const OLD = 'services/web/deploy/old.conf.py';
  const moves = [{ to: '1.1.0', moves: () => new Map([[OLD, CONF]]) }];

  /** Makes the project one of a version in which the file had another name. */
  const old = (): void => {
    start();
    const base = project.read('.pycompose/base.json');
    project.write('.pycompose/base.json', base.replace(`"${CONF}"`, '"services/web/deploy/old.conf.py"'));
    project.write('services/web/deploy/old.conf.py', project.read(CONF));
    project.delete(CONF);
  };

  it('takes the edits of the old one along', async () => {
    old();
    project.write('services/web/deploy/old.conf.py', `${project.read('services/web/deploy/old.conf.py')}# mine\n`);
    expect(await project.run('update', { sources: later, migrations: moves })).toMatchObject({ code: 0, err: '' });
    expect(project.read(CONF)).toMatch(/# Of the next version\.[^]*# mine\n$/);
    expect(project.snapshot().has('services/web/deploy/old.conf.py')).toBe(false);
    expect((await project.run('update', { sources: later, migrations: moves })).out).toContain('nothing to do');
  });

  it.each([
    ['a conflict in it is kept', () => project.edit(OLD, /^(import|bind).*$/m, '# mine'), 'update --on-conflict keep', 0, ['new']],
    ['it is no text', () => project.write(OLD, Buffer.from([0xff, 0xfe])), 'update --on-conflict keep', 0, ['old']],
    ['it has old markers', () => project.write(OLD, '<<<<<<< yours\n'), 'update --on-conflict keep', 3, ['old']],
    ['both names are there', () => project.write(CONF, 'mine\n'), 'update --on-conflict keep', 3, ['new', 'old']],
    ['it was taken over', () => project.write('.pycompose/base.json', JSON.stringify({ ...JSON.parse(project.read('.pycompose/base.json')), ejected: [OLD] })), 'update', 0, ['new', 'old']],
  ])('loses nothing where %s', async (_, edit, line, code, left) => {
    old();
    edit();
    const before = project.read(OLD);
    expect((await project.run(line, { sources: later, migrations: moves })).code).toBe(code);
    const names = { new: CONF, old: OLD };
    expect((['new', 'old'] as const).filter((name) => project.snapshot().has(names[name]))).toEqual(left);
    if (left.includes('old')) expect(project.read(OLD)).toBe(before);
  });

  it('is shown by diff as a rename that git can apply', async () => {
    old();
    project.write(OLD, `${project.read(OLD)}# mine\n`);
    const { out } = await project.run('diff', { sources: later, migrations: moves });
    expect(out).toContain(`diff --git a/${OLD} b/${CONF}\nrename from ${OLD}\nrename to ${CONF}\n--- a/${OLD}`);
    const { exitCode, stderr } = await execa('git', ['apply', '--check', '-'], { cwd: project.directory, input: out, reject: false });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('leaves one deleted that was deleted under its old name', async () => {
    old();
    project.delete('services/web/deploy/old.conf.py');
    await project.run('update', { sources: later, migrations: moves });
    expect(project.snapshot().has(CONF)).toBe(false);
  });
});

it('the project stays with who it belongs to, even when root runs a command', async () => {
  start(FULL);
  const owner = process.getuid?.() === 0 ? 12345 : process.getuid?.();
  if (process.getuid?.() === 0) await execa('chown', ['--recursive', '12345:12345', project.directory]);
  for (const line of ['set cache=redis', 'service search --framework fastapi', 'remove search', 'undo']) expect((await project.run(line)).code).toBe(0);
  const owners = readdirSync(project.directory, { recursive: true, encoding: 'utf8' }).map((path) => lstatSync(project.path(path)).uid);
  expect([...new Set(owners)]).toEqual([owner]);
});

describe('a project that is not as it should be', () => {
  it('is found where its base is missing, and never the one around it', async () => {
    start();
    project.write('inner/pycompose.yaml', project.read('pycompose.yaml'));
    const before = project.snapshot();
    expect(await project.run('set cache=redis', { cwd: 'inner' })).toMatchObject({ code: 2, err: expect.stringContaining('.pycompose/base.json is missing') });
    expect(project.snapshot()).toEqual(before);
  });

  it('answers a key that was taken out of pycompose.yaml as before, even when none is left', async () => {
    start({ ...FULL, cache: 'valkey' });
    project.write('pycompose.yaml', '# empty\n');
    expect((await project.run('update')).out).toContain('nothing to do');
    expect((await project.run('set cache=redis')).code).toBe(0);
    expect(parse(project.read('pycompose.yaml'))).toMatchObject({ cache: 'redis' });
    expect((await project.run('update')).out).toContain('nothing to do');
  });

  it('gets a deleted pycompose.yaml back, and check misses it', async () => {
    start(FULL);
    project.delete('pycompose.yaml');
    expect((await project.run('check')).out).toMatch(/missing +pycompose\.yaml/);
    expect((await project.run('update')).code).toBe(0);
    expect((await project.run('check')).code).toBe(0);
  });

  it('keeps pycompose.yaml and the files together, however it is written', async () => {
    start(FULL);
    project.write('pycompose.yaml', 'services: { web: django } # short\nproxy: none\n');
    expect((await project.run('update')).code).toBe(0);
    expect((await project.run('service search --framework flask --on-conflict keep')).code).toBe(0);
    expect(parse(project.read('pycompose.yaml'))).toMatchObject({ services: { search: { framework: 'flask' } } });
    expect((await project.run('update')).out).toContain('nothing to do');
  });

  it.each([
    ['pycompose.yaml', 'pycompose.yaml is a symbolic link: put the file itself there'],
    ['.pycompose/base.json', '.pycompose/base.json is a symbolic link: put the file itself there'],
  ])('refuses %s that is a link', async (path, err) => {
    start();
    project.write('elsewhere', project.read(path));
    project.delete(path);
    symlinkSync(project.path('elsewhere'), project.path(path));
    expect(await project.run('update')).toEqual({ code: 1, out: '', err });
  });

  it.each([
    ['', 'it is no JSON'],
    ['[]', 'it is no mapping'],
    ['{"generator": "one", "files": {}}', 'its generator is no version'],
    ['{"generator": "1.0.0", "files": {"../x": {"text": "", "mode": 420, "ownership": "managed"}}}', 'it names "../x", which is no path inside the project'],
    ['{"generator": "1.0.0", "files": {".git/hooks/x": {"text": "", "mode": 420, "ownership": "managed"}}}', 'it names ".git/hooks/x", which is no path inside the project'],
    ['{"generator": "1.0.0", "files": {"x": {"same": "x", "mode": 420, "ownership": "managed"}}}', 'its entry x is incomplete'],
    ['{"generator": "1.0.0", "files": {"x": {"text": 5, "mode": 420, "ownership": "managed"}}}', 'its entry x is incomplete'],
  ])('refuses the base %j', async (text, problem) => {
    start();
    project.write('.pycompose/base.json', text);
    expect(await project.run('update')).toEqual({ code: 1, out: '', err: `.pycompose/base.json is damaged: ${problem}; take it back from version control, as every run needs it to tell your edits apart` });
  });

  it('with a base that git could not merge goes on from one side of it', async () => {
    start(FULL);
    const base = project.read('.pycompose/base.json');
    await project.run('service search --framework flask');
    project.write('.pycompose/base.json', `<<<<<<< HEAD\n${base}=======\n>>>>>>> other\n`);
    expect(await project.run('update')).toMatchObject({ code: 1, err: expect.stringContaining('git checkout --ours .pycompose/base.json), then run pycompose update') });
    project.write('.pycompose/base.json', base);
    expect((await project.run('update')).code).toBe(0);
    expect((await project.run('check')).code).toBe(0);
  });

  it.each([
    ['a file in the place of a directory', () => project.write('services/search', 'mine\n'), 'service search --framework flask', /is below services\/search, which is no directory/],
    ['YAML that nothing can read', () => project.edit('compose.yaml', 'services:', 'services: ['), 'set cache=redis', /compose\.yaml cannot be read, line \d+: .*: mend it/],
    ['a key that is there twice', () => project.edit('compose.yaml', '    init: true\n', '    init: true\n    init: true\n'), 'set cache=redis', /compose\.yaml cannot be read, a key in it is there twice/],
    ['TOML that nothing can read', () => project.edit('services/web/pyproject.toml', 'strict = true', 'strict = '), 'set python=3.13', /pyproject\.toml cannot be read, line \d+/],
  ])('says what to mend: %s', async (_, put, line, message) => {
    start(FULL);
    put();
    const before = project.snapshot();
    for (const policy of ['', ' --on-conflict take', ' --on-conflict markers']) expect(await project.run(line + policy)).toMatchObject({ code: 3, err: expect.stringMatching(message) });
    expect(project.snapshot()).toEqual(before);
  });

  it('does not mix a service of its own with a new one of the same name', async () => {
    start(FULL);
    project.edit('compose.yaml', /^ {2}database:$/m, '  search:\n    image: own\n    profiles: [x]\n\n  database:');
    const { code, out } = await project.run('service search --framework flask');
    expect({ code, out }).toEqual({ code: 3, out: expect.stringContaining('profiles: [x]') });
  });

  it.each(['compose.yaml', 'compose.override.yaml'])('gives up just its own service of that name in %s, when that is what the user wants', async (path) => {
    start(FULL);
    const own = '  search:\n    image: own\n\n  reports:\n    image: metabase # ours\n\n';
    project.edit(path, /^ {2}web-worker:$/m, `${own}  web-worker:`);
    expect(await project.run('service search --framework fastapi')).toMatchObject({ code: 3, err: expect.stringMatching(new RegExp(`^1 conflict in ${path}; `)) });
    expect((await project.run('service search --framework fastapi --on-conflict take')).code).toBe(0);
    expect(project.read(path)).toContain('  reports:\n    image: metabase # ours\n');
    expect(project.read(path)).not.toContain('image: own');
  });

  it('stops at an anchor of its own that has the name of a generated one', async () => {
    start(FULL);
    project.write('compose.yaml', `${project.read('compose.yaml')}\nx-mine: &search-environment\n  A: b\n`);
    project.edit('compose.yaml', /^ {2}database:$/m, '  reports:\n    image: metabase\n    environment: *search-environment\n\n  database:');
    const before = project.snapshot();
    for (const policy of ['take', 'fail']) expect((await project.run(`service search --framework fastapi --on-conflict ${policy}`)).code).toBe(3);
    expect(project.snapshot()).toEqual(before);
  });

  it('is not given a secret where others could read it', async () => {
    start(FULL);
    project.delete('secrets');
    mkdirSync(project.path('real'));
    symlinkSync(project.path('real'), project.path('secrets'));
    expect(await project.run('set cache=redis --on-conflict keep')).toMatchObject({ code: 3, err: expect.stringContaining('secrets/web_cache_password is below the symbolic link secrets: make it a file in a directory of yours alone') });
  });

  it('says that something foreign is in the place of an adopted file', async () => {
    start();
    project.delete('run');
    mkdirSync(project.path('run'));
    expect(await project.run('adopt run')).toMatchObject({ code: 3, err: expect.stringContaining('run is a directory: move it away') });
    expect((await project.run(['eject', project.path('run')])).code).toBe(0);
    expect(await project.run('eject services/web')).toMatchObject({ code: 2, err: expect.stringContaining('services/web is a directory: name its files') });
  });

  it('refuses a key that is set to two values', async () => {
    start(FULL);
    expect(await project.run('set cache=redis cache=valkey')).toMatchObject({ code: 2, err: 'set: cache is given twice, as "cache=redis" and as "cache=valkey": keep one' });
  });

  it('takes many runs at once, each after the other', async () => {
    start();
    const names = ['a1', 'b1', 'c1', 'd1', 'e1', 'f1'];
    const outcomes = await Promise.all(names.map((name) => project.run(`service ${name} --framework flask`)));
    expect(outcomes.map(({ code, err }) => ({ code, err }))).toEqual(names.map(() => ({ code: 0, err: '' })));
    expect(Object.keys((parse(project.read('pycompose.yaml')) as { services: object }).services).sort()).toEqual([...names, 'web']);
    expect((await project.run('check')).code).toBe(0);
  });
});

describe('what refers to what goes is named', () => {
  it('in an own Compose service', async () => {
    start(FULL);
    project.edit('compose.yaml', /^ {2}database:$/m, '  report:\n    image: own\n    depends_on: [cache]\n    networks: [web-cache]\n\n  database:');
    const { code, out } = await project.run('set cache=none');
    expect(code).toBe(0);
    expect(out).toContain('compose.yaml: services.report uses the network web-cache, which is gone');
    expect(out).toMatch(/compose\.yaml: services\.report .*service cache, which is gone/);
  });

  it('in an example that somebody works on', async () => {
    start({ ...FULL, services: [{ name: 'web', framework: 'fastapi' }] });
    project.write('services/web/web/tasks.py', `${project.read('services/web/web/tasks.py')}\nMINE = True\n`);
    expect((await project.run('set mail=none')).out).toContain('services/web/web/tasks.py imports web.mail, which is gone');
  });

  it('and nothing is said where nothing of the user breaks', async () => {
    start(FULL);
    for (const line of ['set mail=none', 'set cache=none', 'set proxy=caddy', 'service search --framework fastapi', 'remove search', 'set broker=none']) {
      expect((await project.run(`${line} --json`)).out).not.toMatch(/ is gone"| no longer has it/);
    }
  });
});
