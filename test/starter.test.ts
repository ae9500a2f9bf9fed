/** What a starter may say, and what comes of it: questions, images, packages, files. */
import { describe, expect, it } from '@jest/globals';
import { completeAnswers } from '../generators/answers/layers.ts';
import { readAnswers } from '../generators/answers/read.ts';
import { readArguments } from '../generators/cli/arguments.ts';
import { UserError } from '../generators/errors/user-error.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { projectFiles } from '../generators/render/project-files.ts';
import { mappedImages } from '../generators/starter/images.ts';
import { readStarter } from '../generators/starter/read/starter.ts';
import { questionsWith, withDefaults } from '../generators/starter/rules.ts';
import type { Starter } from '../generators/starter/starter.ts';
import { withStarters } from '../generators/starter/with-starters.ts';
import { withDefaults as complete } from './projects.ts';
import { sources } from './tools/living.ts';
import { ACME } from './tools/starters.ts';

function starter(description: string, files: Readonly<Record<string, string>> = {}, from = './acme'): Starter {
  return readStarter(new Map([['starter.yaml', description], ...Object.entries(files)]), { from }, '/starters/acme', 'acme');
}

function problem(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'nothing';
}

const small = (more: string): string => `name: acme\nversion: 1.0.0\n${more}\n`;
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('starter.yaml', () => {
  it.each([
    ['nothing', '', /starter\.yaml:1:1: it is nothing and no mapping/],
    ['a list', '- a\n', /it is a list and no mapping/],
    ['no name', 'version: 1.0.0\n', /1:1: it has no name: write one/],
    ['no version', 'name: acme\n', /there is no exact version, neither here nor in package\.json/],
    ['a version that is a number', 'name: acme\nversion: 1.4\n', /2:1: version is 1\.4 and no text: write it in quotation marks/],
    ['a range as a version', 'name: acme\nversion: ^1.0\n', /2:1: version is "\^1\.0", which does not match/],
    ['a mistyped key', small('answer: {}'), /3:1: answer is no key that there is; did you mean "answers"\?/],
    ['a key twice', small('hints: []\nhints: []'), /4:1: the key "hints" is there twice/],
    ['a key twice further down', small('answers:\n  cache: { default: redis }\n  cache: { default: valkey }'), /5:3: the key "cache" is there twice/],
    ['an unknown question', small('answers: { databse: { locked: postgres } }'), /3:\d+: there is no question "databse"; did you mean "database"\?/],
    ['a value that there is not', small('answers: { cache: { default: redsi } }'), /cache\.default: "redsi" is none of memcached, redis, valkey, none; did you mean "redis"\?/],
    ['a locked value that there is not', small('answers: { database: { locked: mysql } }'), /database\.locked: mysql is not offered yet/],
    ['a default that is not allowed', small('answers: { cache: { default: redis, allowed: [valkey] } }'), /cache\.default: the default is "redis", which is not allowed/],
    ['a default of ours that is not allowed', small('answers: { cache: { allowed: [valkey] } }'), /cache\.allowed: the default is "memcached", which is not allowed: say another default/],
    ['locked and default at once', small('answers: { cache: { locked: redis, default: redis } }'), /what is locked has no other value/],
    ['allowed where there is no list', small('answers: { beat: { allowed: [true] } }'), /beat\.allowed: beat has no list of values/],
    ['services of no kind', small('answers: { services: { default: { web: rails } } }'), /services\.default: "rails" is none of django, flask, fastapi/],
    ['a reason for nothing', small('answers: { cache: { because: so } }'), /there is nothing that it is a reason for/],
    ['a question that we ask', small('questions: { python: { kind: switch, message: P, help: p } }'), /"python" is a key or a flag of pycompose: choose another, like company_python/],
    ['a question that is a flag of ours', small('questions: { dry_run: { kind: switch, message: P, help: p } }'), /"dry_run" is a key or a flag of pycompose/],
    ['a question of no kind', small('questions: { team: { kind: number, message: P, help: p } }'), /questions\.team\.kind is "number" and none of text, choice, switch/],
    ['a choice without choices', small('questions: { team: { kind: choice, message: P, help: p } }'), /questions\.team has no choices: write one/],
    ['a default that is no choice', small('questions: { team: { kind: choice, message: P, help: p, choices: { a: A }, default: b } }'), /"b" is none of a/],
    ['a pattern that can explode', small("questions: { team: { kind: text, message: P, help: p, pattern: '(a+)+' } }"), /the pattern has a group or an alternative/],
    ['a pattern that repeats and repeats', small("questions: { team: { kind: text, message: P, help: p, pattern: '.*.*.*.*' } }"), /the pattern repeats without an end more than 3 times/],
    ['a pattern that is none', small("questions: { team: { kind: text, message: P, help: p, pattern: '[a-' } }"), /the pattern is no regular expression/],
    ['a default that does not match', small("questions: { team: { kind: text, message: P, help: p, pattern: '[a-z]{3}', default: '12' } }"), /"12" does not match \[a-z\]\{3\}/],
    ['an address with a login', small('index: { url: "https://me:secret@pypi.acme.example/simple" }'), /index\.url is ".*", which does not match/],
    ['a CA that is not there', small('index: { url: "https://pypi.acme.example/simple", ca: certs/ca.pem }'), /"certs\/ca\.pem" is no file of the starter/],
    ['a hash that is none', small('packages: { acme-logging: { version: 1.0.0, hashes: [abc] } }'), /packages\.acme-logging\.hashes\.0 is "abc", which does not match/],
    ['a kind on nothing of ours', small('kinds: { audit: { extends: rails, brings: x } }'), /kinds\.audit\.extends is "rails" and none of django, flask, fastapi/],
    ['a kind with a name of ours', small('kinds: { flask: { extends: flask, brings: x } }'), /"flask" is taken: give the kind another name/],
    ['a kind that is a process', small('kinds: { worker: { extends: flask, brings: x } }'), /"worker" is taken/],
    ['a seed that is no template', small('seeds: [service/common/x.py]'), /"service\/common\/x\.py" is no file below templates/],
    ['a hook that is no file', small('hooks: { create: [[hooks/x.sh]] }'), /"hooks\/x\.sh" is no file below hooks\/ of the starter/],
    ['a hook that is a program of the system', small('hooks: { create: [[rm, -rf, /]] }'), /"rm" is no file below hooks\/ of the starter/],
    ['a hook from above', small('hooks: { create: [["hooks/../../../bin/sh"]] }'), /is no file below hooks\/ of the starter/],
    ['a range that is none', small('pycompose: newer'), /"newer" is no range of versions/],
    ['an alias', small('company: &a { owner: x }'), /anchors are not taken/],
    ['a tag', small('hints: !!js/function []'), /tags are not taken|Unresolved tag/],
    ['a bomb', `a: &a [x, x]\nb: &b [*a, *a]\n`, /anchors are not taken|aliases are not taken/],
    ['too much', `name: ${'a'.repeat(300_000)}`, /larger than 256 KB, so it is no starter\.yaml/],
    ['nested too deeply', '['.repeat(3000), /nested too deeply/],
    ['no YAML', 'name: "acme\n', /acme\/starter\.yaml:\d+:\d+: /],
  ])('is refused with %s, in one line that says where', (_, text, expected) => {
    const message = problem(() => starter(text));
    expect(message).toMatch(expected);
    expect(message).toMatch(/^acme\/starter\.yaml:\d+:\d+: |larger than 256 KB/);
    expect(message).not.toContain('\n');
  });

  it.each([
    ['templates/catalog/packages.json', /templates\/catalog\/packages\.json: versions are no templates/],
    ['templates/Dockerfile', /templates lie below project\/ or service\//],
    ['templates/service/rails/x.rb', /templates of services lie below service\/ and one of common, sqlalchemy, django, flask, fastapi/],
    ['templates/project/compose.yaml.ejs', /Compose files are made from data: write a fragment/],
    ['templates/project/pycompose.yaml', /that file is no template/],
    ['templates/project/_pycompose/base.json', /that file is no template/],
    ['templates/project/secrets/key', /that file is no template/],
    ['templates/project/_git/hooks/pre-commit', /it would lie outside of the project/],
    ['templates/project/.git/config', /it would lie outside of the project/],
    ['templates/project/x/../../y', /it would lie outside of the project/],
    ['templates/service/common/requirements.in', /requirements are made from data/],
    ['fragments/dockerfile', /a fragment is called Dockerfile\.STAGE/],
    ['fragments/compose.prod.yaml', /a fragment is called/],
  ])('takes no file at %s', (path, expected) => {
    expect(problem(() => starter(small(''), { [path]: 'x' }))).toMatch(expected);
  });

  it.each([
    ['no JSON', '{', /package\.json: is no JSON/],
    ['another version', '{"version":"2.0.0"}', /"1\.0\.0" is not the version in package\.json \(2\.0\.0\)/],
  ])('is refused beside a package.json with %s', (_, text, expected) => {
    expect(problem(() => starter(small(''), { 'package.json': text }))).toMatch(expected);
  });

  it('has the version of its package', () => {
    expect(starter('name: acme\n', { 'package.json': '{"name":"@acme/create-service","version":"3.1.4"}' }).ref).toEqual({ from: './acme', version: '3.1.4' });
  });

  it('has no stages of its own in a fragment', () => {
    expect(problem(() => starter(small(''), { 'fragments/Dockerfile.runtime': 'RUN true\nfrom scratch\n' }))).toBe('acme/fragments/Dockerfile.runtime: FROM begins another stage, whose user and command would be others: leave it out');
  });

  it('gives no private key away', () => {
    const description = small('index: { url: "https://pypi.acme.example/simple", ca: ca.pem }');
    expect(problem(() => starter(description, { 'ca.pem': `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\n` }))).toMatch(/holds a private key/);
    expect(problem(() => starter(description, { 'ca.pem': 'hello' }))).toMatch(/is no certificate in PEM form/);
    expect(starter(description, { 'ca.pem': CERTIFICATE }).index).toEqual({ url: 'https://pypi.acme.example/simple', login: false, ca: CERTIFICATE });
  });
});

describe('the questions', () => {
  const acme = starter(ACME);
  const table = questionsWith([acme]);

  it.each([
    [['--database', 'mariadb'], '--database: acme 1.4.0 locks it to postgres: only PostgreSQL is backed up here'],
    [['--cache', 'memcached'], '--cache: acme 1.4.0 does not allow memcached, only redis, valkey: memcached is not monitored'],
    [['--service', 'web=flask'], '--service: acme 1.4.0 does not allow flask, only django, audit'],
    [['--cost-centre', '47'], '--cost-centre: "47" does not match [0-9]{4}: four digits'],
    [['--region', 'mars'], '--region: "mars" is none of eu, us'],
    [['--no-region'], '--no-region: leave it out for the default, or write --region VALUE'],
    [['--pci', 'true'], '--pci takes no value: write --pci or --no-pci'],
    [['--cost-center', '4711'], 'unknown flag --cost-center; did you mean "--cost-centre"?'],
  ])('refuse %j', (argv, message) => {
    expect(problem(() => readArguments(argv, table))).toBe(message);
  });

  it('take what is locked when it is said all the same', () => {
    expect(readArguments(['--database', 'postgres', '--cost-centre', '4711', '--pci'], table).layer.answers).toEqual({ database: 'postgres', own: { cost_centre: '4711', pci: true } });
  });

  it('are answered in a file below own', () => {
    expect(readAnswers('own:\n  cost_centre: 4711\n  pci: true\n', 'a.yaml', table).answers).toEqual({ own: { cost_centre: '4711', pci: true } });
    expect(problem(() => readAnswers('own:\n  region: mars\n', 'a.yaml', table))).toBe('a.yaml:2:11: own.region: "mars" is none of eu, us');
    expect(problem(() => readAnswers('own:\n  regoin: eu\n', 'a.yaml', table))).toBe('a.yaml:2:3: unknown key "own.regoin"; did you mean "region"?; known are cost_centre, region, pci');
    expect(problem(() => readAnswers('own:\n  region: eu\n', 'a.yaml'))).toBe('a.yaml:2:3: unknown key "own.region"; no starter asks for it');
  });

  it('say where each value comes from', () => {
    const { from, answers } = completeAnswers([readArguments(['--cost-centre', '4711'], table).layer], 'shop', table);
    expect(answers).toMatchObject({ database: 'postgres', cache: 'redis', own: { cost_centre: '4711', region: 'eu', pci: false } });
    expect(from).toMatchObject({ name: 'default', database: 'starter acme 1.4.0, locked', cache: 'starter acme 1.4.0', services: 'starter acme 1.4.0', cost_centre: '--cost-centre', region: 'starter acme 1.4.0' });
  });

  it('have to be answered where there is no default', () => {
    expect(problem(() => completeAnswers([], 'shop', table))).toBe('there is no answer to cost_centre (four digits): give --cost-centre');
  });

  it("begin with the user's own defaults, as far as they are allowed", () => {
    const lenient = questionsWith([acme], false);
    const mine = withDefaults(table, readAnswers('cache: valkey\ndatabase: mariadb\nmail: none\nservices: { api: fastapi }\nown: { region: us, other: 1 }\n', '~/defaults.yaml', lenient, 'skip'));
    const { answers, from } = completeAnswers([readArguments(['--cost-centre', '4711'], mine).layer], 'shop', mine);
    expect(answers).toMatchObject({ cache: 'valkey', database: 'postgres', mail: 'none', services: [{ name: 'web', framework: 'django' }], own: { region: 'us' } });
    expect(from).toMatchObject({ cache: '~/defaults.yaml:1:1', mail: '~/defaults.yaml:3:1', region: '~/defaults.yaml:5:8' });
  });

  it('of several starters are those of the last one, which can be stricter', () => {
    const team = starter('name: payments\nversion: 2.0.0\nanswers: { cache: { locked: valkey }, mail: { default: none } }\nquestions: { region: { kind: choice, message: R, help: r, choices: { eu: x } } }\n');
    const layered = questionsWith([acme, team]);
    const { from, answers } = completeAnswers([readArguments(['--cost-centre', '4711'], layered).layer], 'shop', layered);
    expect(answers).toMatchObject({ cache: 'valkey', mail: 'none' });
    expect(from).toMatchObject({ cache: 'starter payments 2.0.0, locked', mail: 'starter payments 2.0.0', database: 'starter acme 1.4.0, locked' });
    expect(problem(() => readArguments(['--region', 'us'], layered))).toBe('--region: "us" is none of eu; did you mean "eu"?');
  });

  it.each([
    ['locked: mariadb', 'starter loose 1.0.0, answers.database: acme 1.4.0 locks it to postgres: only PostgreSQL is backed up here'],
    ['default: mariadb', 'starter loose 1.0.0, answers.database: acme 1.4.0 locks it to postgres: only PostgreSQL is backed up here'],
  ])('cannot be loosened by a starter above: %s', (rule, message) => {
    expect(problem(() => questionsWith([acme, starter(`name: loose\nversion: 1.0.0\nanswers: { database: { ${rule} } }\n`)]))).toBe(message);
  });

  it('stay closed where a starter above would allow more', () => {
    const loose = starter('name: loose\nversion: 1.0.0\nanswers: { cache: { default: redis, allowed: [redis, memcached] } }\n');
    expect(problem(() => readArguments(['--cache', 'memcached'], questionsWith([acme, loose])))).toBe('--cache: acme 1.4.0 does not allow memcached, only redis, valkey: memcached is not monitored');
    expect(problem(() => readArguments(['--cache', 'valkey'], questionsWith([acme, loose])))).toBe('--cache: loose 1.0.0 does not allow valkey, only redis, memcached');
  });
});

describe('images', () => {
  const images = new Map([
    ['postgres', 'postgres:18.6-trixie'],
    ['python-3.14', 'python:3.14.7-slim-trixie'],
    ['mailpit', 'axllent/mailpit:v1.30.5'],
    ['uv', 'ghcr.io/astral-sh/uv:0.13.9'],
  ]);

  it.each([
    [{ 'docker.io': 'registry.acme.example/hub' }, 'postgres', 'registry.acme.example/hub/library/postgres:18.6-trixie'],
    [{ 'docker.io/library': 'registry.acme.example/hub' }, 'postgres', 'registry.acme.example/hub/postgres:18.6-trixie'],
    [{ 'docker.io': 'a.example', 'docker.io/library': 'b.example' }, 'postgres', 'b.example/postgres:18.6-trixie'],
    [{ 'docker.io': 'a.example', 'docker.io/library': 'b.example' }, 'mailpit', 'a.example/axllent/mailpit:v1.30.5'],
    [{ 'docker.io': 'registry.acme.example:5000' }, 'postgres', 'registry.acme.example:5000/library/postgres:18.6-trixie'],
    [{ 'docker.io/library/postgres': 'registry.acme.example/base/postgres' }, 'postgres', 'registry.acme.example/base/postgres:18.6-trixie'],
    [{ 'docker.io/library/postgres': 'registry.acme.example:5000/base/postgres:18-acme' }, 'postgres', 'registry.acme.example:5000/base/postgres:18-acme'],
    [{ 'docker.io/lib': 'a.example' }, 'postgres', 'postgres:18.6-trixie'],
    [{ 'ghcr.io': 'a.example/ghcr' }, 'uv', 'a.example/ghcr/astral-sh/uv:0.13.9'],
    [{ 'python-3.14': 'a.example/python:3.14.7-acme2', 'docker.io': 'b.example' }, 'python-3.14', 'a.example/python:3.14.7-acme2'],
    [{}, 'postgres', 'postgres:18.6-trixie'],
  ])('with %j, %s is %s', (map, name, reference) => {
    expect(mappedImages(images, map as Record<string, string>).get(name)).toBe(reference);
  });
});

describe('a project', () => {
  const answers = (more: Partial<Answers> = {}): Answers => ({ ...complete({ cache: 'redis', ...more }), own: { cost_centre: '4711', region: 'eu', pci: false }, starters: [{ from: './acme', version: '1.4.0' }] });
  const text = (description: string, files: Readonly<Record<string, string>>, path: string, more: Partial<Answers> = {}): string | undefined =>
    projectFiles(answers(more), withStarters(sources, [starter(description, files)])).get(path)?.text;
  const services = [
    { name: 'web', framework: 'django' },
    { name: 'log', framework: 'audit' },
  ];

  it('keeps the starters and the answers to their questions', () => {
    const written = text(ACME, {}, 'pycompose.yaml') ?? '';
    expect(readAnswers(written, 'pycompose.yaml', questionsWith([starter(ACME)])).answers).toEqual(answers());
  });

  it('has the files that a starter adds, each where it says', () => {
    const files = projectFiles(
      answers({ services }),
      withStarters(sources, [
        starter(ACME, {
          'templates/project/_github/CODEOWNERS.ejs': '* <%= company.contact %> <%= own.region %>\n',
          'templates/project/plain.txt': '<%= not printed %>\n',
          'templates/service/common/__about__.py.ejs': 'NAME = "<%= service.name %>"\n',
          'templates/service/common/tool.sh': '#!/bin/sh\n',
          'templates/service/audit/package/chain.py.ejs': '# <%= service.package %> <%= project.example %>\n',
          'templates/service/audit/migrations/versions/0001_events.py': '# events\n',
          'templates/service/django/only.txt.ejs': '<%_ if (own.pci) { _%>pci<%_ } _%>\n',
        }),
      ]),
    );
    const found = (path: string): unknown => files.get(path) && { text: files.get(path)?.text, mode: files.get(path)?.mode, ownership: files.get(path)?.ownership };
    expect(found('.github/CODEOWNERS')).toEqual({ text: '* platform@acme.example eu\n', mode: 0o644, ownership: 'managed' });
    expect(found('plain.txt')).toEqual({ text: '<%= not printed %>\n', mode: 0o644, ownership: 'managed' });
    expect(found('services/web/__about__.py')).toEqual({ text: 'NAME = "web"\n', mode: 0o644, ownership: 'managed' });
    expect(found('services/log/tool.sh')).toEqual({ text: '#!/bin/sh\n', mode: 0o755, ownership: 'managed' });
    expect(found('services/log/log/chain.py')).toEqual({ text: '# log false\n', mode: 0o644, ownership: 'managed' });
    expect(found('services/log/migrations/versions/0001_events.py')).toEqual({ text: '# events\n', mode: 0o644, ownership: 'history' });
    expect(found('services/web/web/chain.py')).toBeUndefined();
    expect(found('services/web/only.txt')).toBeUndefined();
  });

  it('has no example of ours in a service of a kind of the starter', () => {
    const files = [...projectFiles(answers({ services }), withStarters(sources, [starter(ACME)])).keys()];
    expect(files).toContain('services/web/web/items.py');
    expect(files).toContain('services/log/log/main.py');
    expect(files.filter((path) => path.startsWith('services/log/') && /items|pages|stats/.test(path))).toEqual([]);
  });

  it('has the override of a template where ours would be, and a kind has its own', () => {
    const files = { 'templates/service/common/_dockerignore.ejs': 'common\n', 'templates/service/audit/_dockerignore': 'audit\n', 'templates/project/services/database/setup-mariadb.sh.ejs': 'never\n' };
    expect(text(ACME, files, 'services/web/.dockerignore', { services })).toBe('common\n');
    expect(text(ACME, files, 'services/log/.dockerignore', { services })).toBe('audit\n');
    expect(text(ACME, files, 'services/database/setup.sh', { services })).not.toBe('never\n');
  });

  it('asks for the packages of the starter, locked with their hashes', () => {
    const hash = 'ab'.repeat(32);
    const description = `${ACME}packages: { acme-logging: { version: 2.1.0, hashes: [${hash}], requires: [redis] } }\nrequirements: { runtime: [acme-logging], dev: [pytest] }\n`;
    expect(text(description, {}, 'services/web/requirements.in')).toMatch(/^acme-logging==2\.1\.0$/m);
    expect(text(description, {}, 'services/web/requirements.txt')).toContain(`acme-logging==2.1.0 \\\n    --hash=sha256:${hash}`);
    expect(text(description, {}, 'services/web/requirements-dev.in')).toMatch(/^pytest==/m);
  });

  it.each([
    ['requirements: { runtime: [acme-logging] }', 'starter acme 1.0.0, requirements: nobody has locked "acme-logging": say its version and its hashes below packages'],
    [`packages: { a: { version: 1.0.0, hashes: [${'ab'.repeat(32)}], requires: [nowhere] } }`, 'starter acme 1.0.0, packages.a.requires: nobody has locked "nowhere": say its version and its hashes below packages'],
    ['images: { postgress: a.example/x }', 'starter acme 1.0.0, images: "postgress" is no image of pycompose; did you mean "postgres"?'],
    ['pycompose: ">=99"', 'starter acme 1.0.0 works with pycompose >=99, and this is 1.0.0'],
  ])('is not made with %s', (more, message) => {
    expect(problem(() => withStarters(sources, [starter(small(more))]))).toContain(message);
  });
});
