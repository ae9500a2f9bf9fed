/** Projects with starters: what a new version of one brings, and what it cannot do to them. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../generators/questions/answers.ts';
import { refsFrom } from '../generators/starter/refs.ts';
import { withStarters } from '../generators/starter/with-starters.ts';
import { withDefaults } from './projects.ts';
import { differences, LivingTestProject, sources, laterSources } from './tools/living.ts';
import { ACME, StarterDirectory } from './tools/starters.ts';

const open: { remove(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.remove();
});

/** A project that was made with the starter as it is. */
function made(starter: StarterDirectory, more: Partial<Answers> = {}): LivingTestProject {
  const starters = [starter.read()];
  const answers = { ...withDefaults({ cache: 'redis', ...more }), own: { cost_centre: '4711', region: 'eu', pci: false }, starters: refsFrom(starters, '/', '/') };
  const project = new LivingTestProject(answers, withStarters(sources, starters));
  open.push(project);
  return project;
}

function acme(files: Readonly<Record<string, string>> = {}): StarterDirectory {
  const starter = new StarterDirectory({ 'starter.yaml': ACME, 'templates/project/OWNERS.ejs': 'Ask <%= company.contact %>\nCost centre <%= own.cost_centre %>\n', ...files });
  open.push(starter);
  return starter;
}

function release(starter: StarterDirectory, version: string, ...changes: readonly (readonly [string, string])[]): void {
  const text = changes.reduce((kept, [from, to]) => {
    if (!kept.includes(from)) throw new Error(`starter.yaml has no ${from}`);
    return kept.replace(from, to);
  }, ACME.replace('version: 1.4.0', `version: ${version}`));
  starter.write('starter.yaml', text);
}

describe('a project with a starter', () => {
  it('is up to date, and a run with nothing to do does nothing', async () => {
    const project = made(acme());
    const before = project.snapshot();
    for (const command of ['check', 'diff', 'update', 'files']) expect(await project.run(command)).toMatchObject({ code: 0, err: '' });
    expect(differences(before, project.snapshot())).toEqual([]);
  });

  it('gets a new version merged into its edits, and undo takes it back', async () => {
    const starter = acme();
    const project = made(starter);
    project.edit('OWNERS', 'Ask', 'First ask Jo, then');
    const before = project.snapshot();
    release(starter, '1.5.0', ['platform@acme.example', 'help@acme.example']);
    starter.write('templates/project/OWNERS.ejs', 'Ask <%= company.contact %>\nCost centre <%= own.cost_centre %>\nTier gold\n');
    starter.write('templates/project/_github/CODEOWNERS.ejs', '* <%= company.contact %>\n');
    expect(await project.run('update --on-conflict keep')).toMatchObject({ code: 0, err: '' });
    expect(project.read('OWNERS')).toContain('First ask Jo');
    expect(project.read('OWNERS')).toContain('Tier gold\n');
    expect(project.read('.github/CODEOWNERS')).toBe('* help@acme.example\n');
    expect(project.read('pycompose.yaml')).toContain('version: 1.5.0');
    expect(await project.run('check --allow edited')).toMatchObject({ code: 0 });
    expect(await project.run('undo')).toMatchObject({ code: 0 });
    expect(differences(before, project.snapshot())).toEqual([]);
  });

  it('says in JSON what an update changes, for the text of a pull request', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '1.5.0', ['platform@acme.example', 'help@acme.example']);
    const { out, code } = await project.run('update --json');
    const { files, answers } = JSON.parse(out) as { files: { path: string; action: string }[]; answers: Record<string, unknown> };
    expect(code).toBe(0);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['OWNERS', 'README.md', 'pycompose.yaml']));
    expect(answers).toEqual({ starters: { from: [{ from: starter.directory, version: '1.4.0' }], to: [{ from: starter.directory, version: '1.5.0' }] } });
  });

  it('is changed by set without a word of the newer version, which only update brings', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '1.5.0', ['platform@acme.example', 'help@acme.example']);
    expect(await project.run('set own.region=us cache=valkey')).toMatchObject({ code: 0, err: '' });
    expect(project.read('OWNERS')).toContain('platform@acme.example');
    expect(project.read('pycompose.yaml')).toMatch(/region: us\n(.*\n)*.*version: 1\.4\.0/);
    expect(await project.run('check')).toMatchObject({ code: 4, out: expect.stringMatching(/outdated +OWNERS/) });
    expect(await project.run('update')).toMatchObject({ code: 0 });
    expect(project.read('OWNERS')).toContain('help@acme.example');
  });

  it.each([
    ['set database=mariadb', 'database: acme 1.4.0 locks it to postgres: only PostgreSQL is backed up here'],
    ['set cache=memcached', 'cache: acme 1.4.0 does not allow memcached, only redis, valkey: memcached is not monitored'],
    ['set cost_centre=47', 'cost_centre: "47" does not match [0-9]{4}: four digits'],
    ['service api --framework flask', '--framework: acme 1.4.0 does not allow flask, only django, audit'],
    ['service api --framework adit', '--framework: "adit" is none of django, audit; did you mean "audit"?'],
    ['update region=mars', 'region: "mars" is none of eu, us'],
  ])('refuses %s with the reason of the company', async (command, message) => {
    const project = made(acme());
    const before = project.snapshot();
    expect(await project.run(command)).toMatchObject({ code: 2, err: message });
    expect(differences(before, project.snapshot())).toEqual([]);
  });

  it('does not let a locked value be changed by hand either', async () => {
    const project = made(acme());
    project.edit('pycompose.yaml', 'database: postgres', 'database: mariadb');
    expect(await project.run('update')).toMatchObject({ code: 2, err: 'pycompose.yaml: database: acme 1.4.0 locks it to postgres: only PostgreSQL is backed up here' });
  });

  it('stays as it is when a new version locks what it has chosen otherwise, and says so', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '2.0.0', ['questions:', '  proxy: { locked: caddy, because: nginx is not reviewed }\nquestions:']);
    const update = await project.run('update');
    expect(update.code).toBe(0);
    expect(update.out).toContain('proxy is nginx, but acme 2.0.0 locks it to caddy: nginx is not reviewed');
    expect(project.read('pycompose.yaml')).toContain('proxy: nginx');
    expect(await project.run('check')).toMatchObject({ code: 4, out: expect.stringMatching(/disallowed +pycompose\.yaml/) });
    expect(await project.run('check --allow disallowed')).toMatchObject({ code: 0 });
    expect(await project.run('set mail=none')).toMatchObject({ code: 0 });
    expect(await project.run('set proxy=caddy')).toMatchObject({ code: 0 });
    expect(await project.run('check')).toMatchObject({ code: 0 });
  });

  it('answers what a new version asks, by a word or at a terminal', async () => {
    const starter = acme();
    const [one, other] = [made(starter), made(starter)];
    release(starter, '1.5.0', ['questions:', 'questions:\n  team: { kind: text, message: Team, help: the team, pattern: "[a-z]{2,9}" }']);
    starter.write('templates/project/TEAM.ejs', '<%= own.team %>\n');
    const message = 'there is no answer to team (the team), which a newer starter asks: run pycompose update team=...';
    for (const command of ['update', 'diff', 'check', 'set mail=none']) expect(await one.run(command)).toMatchObject({ code: 2, err: message });
    expect(await one.run('update team=RED')).toMatchObject({ code: 2, err: 'team: "RED" does not match [a-z]{2,9}: the team' });
    expect(await one.run('update team=red')).toMatchObject({ code: 0, err: '' });
    expect(one.read('TEAM')).toBe('red\n');
    expect(await other.run('update', { replies: ['blue'] })).toMatchObject({ code: 0 });
    expect(other.read('TEAM')).toBe('blue\n');
  });

  it('loses a question that a new version no longer asks', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '1.5.0', ['  pci: { kind: switch, message: Card data, help: whether it sees card numbers }\n', '']);
    expect(await project.run('set mail=none')).toMatchObject({ code: 0 });
    expect(project.read('pycompose.yaml')).toContain('pci: false');
    expect((await project.run('update')).out).toContain('no starter asks for pci any more: its answer (false) is gone from pycompose.yaml');
    expect(project.read('pycompose.yaml')).not.toContain('pci');
    expect(await project.run('check')).toMatchObject({ code: 0 });
    project.edit('pycompose.yaml', 'region: eu', 'region: eu\n  pci: true');
    expect(await project.run('update')).toMatchObject({ code: 2, err: expect.stringContaining('unknown key "own.pci"') });
  });

  it('answers anew what a new version asks in another way', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '1.5.0', ['region: { kind: choice, message: Region, help: where it runs, choices: { eu: Frankfurt, us: Virginia } }', 'region: { kind: choice, message: Region, help: where it runs, choices: { north: N, south: S } }']);
    project.edit('pycompose.yaml', 'pci: false', 'pci: true # ours');
    const update = await project.run('update --json');
    expect(update.code).toBe(0);
    expect(JSON.parse(update.out)).toMatchObject({ answers: { region: { from: 'eu', to: 'north' }, pci: { from: false, to: true } }, notes: ['region was eu, which its starter no longer takes: it is north now'] });
    expect(project.read('pycompose.yaml')).toMatch(/region: north\n(.*\n)*.*pci: true # ours\n/);
    expect(await project.run('check')).toMatchObject({ code: 0 });
    project.edit('pycompose.yaml', 'region: north', 'region: mars');
    expect(await project.run('update')).toMatchObject({ code: 2, err: expect.stringContaining('own.region: "mars" is none of north, south') });
  });

  it('refuses an older version, one that is gone, and one for another pycompose', async () => {
    const starter = acme();
    const project = made(starter);
    release(starter, '1.3.0');
    expect(await project.run('update')).toMatchObject({ code: 2, err: 'the project was made with acme 1.4.0, and this is the older 1.3.0: take the newer one' });
    release(starter, '1.5.0', ['company:', 'pycompose: ">=7"\ncompany:']);
    expect(await project.run('update')).toMatchObject({ code: 1, err: expect.stringContaining('starter acme 1.5.0 works with pycompose >=7, and this is 1.0.0') });
    starter.remove();
    expect(await project.run('check')).toMatchObject({ code: expect.any(Number), err: expect.stringMatching(/^the project's pycompose\.yaml names the starter .*: there is no starter/) });
  });

  it('gets services of the kind that the starter brings', async () => {
    const project = made(acme({ 'templates/service/audit/package/chain.py.ejs': '"""The chain of <%= service.name %>."""\n' }));
    expect(await project.run('service log --framework audit')).toMatchObject({ code: 0, err: '' });
    expect(project.read('services/log/log/chain.py')).toBe('"""The chain of log."""\n');
    expect(project.read('pycompose.yaml')).toMatch(/log:\n +framework: audit/);
    expect(await project.run('check')).toMatchObject({ code: 0 });
    expect(await project.run('remove log')).toMatchObject({ code: 0 });
    expect(await project.run('check')).toMatchObject({ code: 0 });
  });
});

describe('a project without a starter', () => {
  it('gets one by update, and a later version of it', async () => {
    const starter = acme();
    const project = new LivingTestProject(withDefaults({ cache: 'valkey' }));
    open.push(project);
    expect(await project.run(['update', '--starter', starter.directory])).toMatchObject({ code: 2, err: expect.stringContaining('there is no answer to cost_centre') });
    expect(await project.run(['update', 'cost_centre=4711', '--starter', starter.directory])).toMatchObject({ code: 0, err: '' });
    expect(project.read('OWNERS')).toBe('Ask platform@acme.example\nCost centre 4711\n');
    expect(await project.run('check')).toMatchObject({ code: 0 });
    release(starter, '1.5.0', ['platform@acme.example', 'help@acme.example']);
    expect(await project.run(['update', '--starter', starter.directory])).toMatchObject({ code: 0 });
    expect(project.read('pycompose.yaml').match(/from:/g)).toHaveLength(1);
    expect(project.read('OWNERS')).toContain('help@acme.example');
  });

  it('names a starter that lies beside it by the way from it', async () => {
    const starter = acme();
    const project = new LivingTestProject(withDefaults({ cache: 'redis' }));
    open.push(project);
    writeFileSync(join(project.directory, 'x'), '');
    const below = new StarterDirectory({ 'starter.yaml': 'name: near\nversion: 1.0.0\nhints: [hello]\n' });
    open.push(below);
    project.write('tools/near/starter.yaml', 'name: near\nversion: 1.0.0\n');
    expect(await project.run('update --starter ./near', { cwd: 'tools' })).toMatchObject({ code: 0 });
    expect(project.read('pycompose.yaml')).toContain('from: ./tools/near\n');
    expect(starter.directory).not.toBe('');
  });
});

describe('an override', () => {
  const TEMPLATE = 'service/common/_dockerignore.ejs';
  const ours = sources.templates.get(TEMPLATE) ?? '';

  it('is said to be stale by update and check when ours has changed since, until its authors take it over', async () => {
    const starter = acme({ [`templates/${TEMPLATE}`]: `${ours}acme\n`, [`overridden/${TEMPLATE}`]: ours });
    const project = made(starter);
    const later = laterSources({ [TEMPLATE]: (text) => `${text}new\n` });
    const note = `starter acme 1.4.0 overrides ${TEMPLATE}, which pycompose has changed since: its overrides are stale until Platform Team, platform@acme.example looks at them (\`pycompose starter check\`)`;
    expect((await project.run('update')).out).not.toContain('stale');
    expect((await project.run('check', { sources: later })).err).toContain(note);
    const update = await project.run('update --json', { sources: later });
    expect(JSON.parse(update.out)).toMatchObject({ notes: [note] });
    expect(project.read('services/web/.dockerignore')).toMatch(/pyc\nacme\n$/);
    starter.write(`overridden/${TEMPLATE}`, `${ours}new\n`);
    expect((await project.run('update', { sources: later })).out).not.toContain('stale');
  });
});
