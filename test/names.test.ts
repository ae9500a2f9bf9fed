import { describe, expect, it } from '@jest/globals';
import { projectNameProblem, projectSlug, serviceNameProblem, servicesProblem } from '../generators/questions/names.ts';
import type { ServiceAnswer } from '../generators/questions/answers.ts';

const services = (...names: string[]): ServiceAnswer[] => names.map((name) => ({ name, framework: 'flask' }));

describe('service names', () => {
  it.each(['web', 'api', 'search-engine', 'v2', 'shop1'])('takes %s', (name) => {
    expect(serviceNameProblem(name)).toBeNull();
  });

  it.each([
    ['', 'no service name'],
    ['Web', ', like web'],
    ['Test', ', like test-app'],
    ['my_app', ', like my-app'],
    ['-web', 'no service name'],
    ['web-', ', like web'],
    ['a--b', ', like a-b'],
    ['1st', 'no service name'],
    ['../up', 'no service name'],
    ['a/b', ', like a-b'],
    ['wéb', 'no service name'],
    ['x'.repeat(41), 'longer than 40'],
    ['class', 'Python keyword'],
    ['test', "Python's own module"],
    ['email', "Python's own module"],
    ['logging', "Python's own module"],
    ['celery', 'hide the package celery'],
    ['django', 'hide the package django'],
    ['uvicorn-worker', 'hide the package uvicorn_worker'],
    ['database', 'component of the project'],
    ['proxy', 'component of the project'],
    ['deploy', 'directory that every service has'],
    ['tests', 'directory that every service has'],
    ['postgres', 'like postgres-app'],
    ['pg-app', 'for itself: choose another, like app'],
    [`pg-${'x'.repeat(37)}`, 'choose another'],
    ['root', 'keeps for itself'],
    ['mysql', 'keeps for itself'],
  ])('refuses %j', (name, why) => {
    expect(serviceNameProblem(name)).toContain(why);
  });
});

it.each(['Web', 'Test', 'pg-app', '1class', '__init__', 'database', `${'a'.repeat(39)}-b`, `pg-${'x'.repeat(37)}`, 'X'.repeat(100), '--', 'ß'])('suggests for %j what would be taken, or nothing', (name) => {
  const suggested = /, like (.*)$/.exec(serviceNameProblem(name) ?? '')?.[1];
  if (suggested === undefined) expect(serviceNameProblem(name)).toMatch(/(beginning with a letter|choose another|choose a shorter name)$/);
  else expect(serviceNameProblem(suggested)).toBeNull();
});

describe('services together', () => {
  it.each([
    [services(), 'at least one'],
    [services('web', 'web'), 'there twice'],
    [services('web', 'web-worker'), 'both bring "web-worker"'],
    [services('web-beat', 'web'), 'both bring "web-beat"'],
    [services('web', 'api'), 'path /api/'],
    [services('web', 'static'), 'path /static/'],
    [services('web', 'admin'), 'path /admin/'],
    [[{ name: 'auth', framework: 'django' } satisfies ServiceAnswer], 'app of Django itself'],
  ])('refuses %j', (set, why) => {
    expect(servicesProblem(set, true)).toContain(why);
  });

  it('takes a service called api when it is at / or nothing proxies', () => {
    expect(servicesProblem(services('api', 'web'), true)).toBeNull();
    expect(servicesProblem(services('web', 'api'), false)).toBeNull();
  });
});

describe('project names', () => {
  it.each([
    ['My Shop', ', like my-shop'],
    ['-x', ', like x'],
    ['a'.repeat(41), 'longer than 40'],
    ['', 'no Compose project name'],
  ])('refuses %j', (name, why) => {
    expect(projectNameProblem(name)).toContain(why);
  });

  it.each([
    ['My Shop', 'my-shop'],
    ['Größe 2', 'gr-e-2'],
    ['___', ''],
    [`${'a'.repeat(39)}-b`, 'a'.repeat(39)],
  ])('makes %j into %j', (text, slug) => {
    expect(projectSlug(text)).toBe(slug);
  });
});
