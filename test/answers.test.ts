import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { completeAnswers } from '../generators/answers/layers.ts';
import { readAnswers } from '../generators/answers/read.ts';
import { writeAnswers } from '../generators/answers/write.ts';
import { readArguments } from '../generators/cli/arguments.ts';
import { rerunCommand } from '../generators/cli/rerun.ts';
import type { ServiceAnswer } from '../generators/questions/answers.ts';
import { answersSchema } from '../generators/questions/schema.ts';
import { withDefaults } from './projects.ts';

const complete = (...argv: string[]) => completeAnswers([readArguments(argv).layer], 'shop');

describe('an answers file', () => {
  it.each([
    ['name: [\n', /^a\.yaml:2:1: Flow sequence/],
    ['nme: x', 'a.yaml:1:1: unknown key "nme"; did you mean "name"?'],
    ['\n\n  cache: memcache', 'a.yaml:3:10: cache: "memcache" is none of memcached, redis, valkey, none; did you mean "memcached"?'],
    ['python: 3.15', 'a.yaml:1:9: python: "3.15" is none of 3.14, 3.13, 3.12'],
    ['beat: maybe', 'a.yaml:1:7: beat: "maybe" is neither true nor false'],
    ['name: x\nname: y', 'a.yaml:2:1: the key "name" is there twice: keep one'],
    ['services:\n  web: {framework: flask, framework: django}', 'a.yaml:2:27: the key "framework" is there twice'],
    ['name: x\n---\nname: y', 'a.yaml:2:1: there is more than one document: keep one'],
    ['['.repeat(3000), /^a\.yaml:1:\d+: this is nested too deeply/],
    [': x', 'a.yaml:1:1: there is no key: write one before the colon'],
    ['? [x]\n: y', 'a.yaml:1:3: a key is no plain text'],
    ['name: shop\ncache: *x', 'a.yaml:2:8: aliases are not taken: write the value out'],
    ['name: &x shop', 'a.yaml:1:10: anchors are not taken'],
    ['name: !!js/function x', 'a.yaml:1:7: tags are not taken'],
    ['python: !!str 3.14', 'a.yaml:1:15: tags are not taken'],
    ['<<: { cache: none }', 'a.yaml:1:1: unknown key "<<"'],
    ['%YAML 1.1\n---\n<<: { cache: none }', 'a.yaml:1:1: only YAML 1.2 is taken'],
    ['%FOO\n---\nname: x', 'a.yaml:1:1: directives are not taken'],
    ['- web', 'a.yaml:1:1: the answers are no mapping'],
    ['just text', 'a.yaml:1:1: the answers are no mapping'],
    ['services: {web: djang}', 'did you mean "django"?'],
    ['services: {web: {framwork: django}}', 'unknown key "framwork"; did you mean "framework"?'],
    ['services: {web: {framework: django, prt: 8001}}', 'a.yaml:1:37: services.web: unknown key "prt"; did you mean "port"?'],
    ['services: {web: {framework: django, port: 80}}', 'a.yaml:1:43: services.web.port: 80 is no port of a service: write a number from 1024 to 65535'],
    ['services: {web: {framework: django, port: "8001"}}', 'services.web.port: "8001" is no port'],
    ['services: {web: {framework: django, port: 8001.5}}', 'services.web.port: 8001.5 is no port'],
    ['services: {web: {framework: django, port: [8001]}}', 'services.web.port: a list is no port'],
    ['services: {web: {framework: django, port: }}', 'services.web.port: nothing is no port'],
    ['services:\n  web: {framework: django, path: api}', 'a.yaml:2:34: services.web.path: "api" is no path of a service: write / alone or with lower-case letters, digits and single dashes, like /api'],
    ['services: {web: {framework: django, path: /a/b}}', 'services.web.path: "/a/b" is no path of a service: write / alone or with lower-case letters, digits and single dashes, like /a-b'],
    ['services: {web: {framework: django, path: /API/}}', ', like /api'],
    [`services: {web: {framework: django, path: /${'x'.repeat(41)}}}`, 'is no path of a service'],
    ['services: {web: {framework: django, path: 1}}', 'services.web.path: 1 is no path'],
    ['services: {web: {port: 8001}}', 'services.web: no framework'],
    ['services: {web: {}}', 'services.web: no framework'],
    ['services:\n  api: flask\n  web:', 'a.yaml:3:3: services.web: no framework; write { framework: django }'],
    ['services:\n  api: flask\n  web: { framework: }', 'a.yaml:3:3: services.web: no framework'],
    ['services:\n  api: flask\n  web: { framework: djang }', 'a.yaml:3:21: services.web: "djang" is none of django, flask, fastapi; did you mean "django"?'],
    ['services:\n  api: flask\n  web: { framework: [a] }', 'a.yaml:3:21: services.web: a list is none of'],
    ['services:\n  api: flask\n  Test: django', 'a.yaml:3:3: services: "Test" is no service name'],
    ['services: [web]', 'services: no mapping'],
    ['services:', 'services: there is none'],
    ['services: {../up: django}', 'no service name'],
    ['database: mysql', 'mariadb is the nearest'],
    ['name: {a: b}', 'a mapping is no name'],
    [`name: ${'x'.repeat(270_000)}`, 'larger than 256 KB'],
  ])('%j is refused', (text, message) => {
    expect(() => readAnswers(text, 'a.yaml')).toThrow(message);
  });

  it('may be JSON, and a bare version is text', () => {
    expect(readAnswers('{"python": 3.13, "services": {"api": "fastapi"}}', 'a.json').answers).toEqual({ python: '3.13', services: [{ name: 'api', framework: 'fastapi' }] });
  });

  it('may be empty', () => {
    expect(readAnswers('', 'a.yaml').answers).toEqual({});
  });

  it('may say where a service is, and is read back as it was written', () => {
    const services: ServiceAnswer[] = [
      { name: 'web', framework: 'django', port: 9000, path: '/store' },
      { name: 'api', framework: 'flask', path: '/' },
    ];
    const text = writeAnswers(withDefaults({ services }));
    expect(text).toContain('  web:\n    framework: django\n    port: 9000\n    path: /store\n  api:\n    framework: flask\n    path: /\n');
    expect(readAnswers(text, 'a.yaml').answers.services).toEqual(services);
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(answersSchema() as object);
    expect(validate(parse(text))).toBe(true);
    for (const place of [{ port: 80 }, { port: 65536 }, { port: '8000' }, { path: 'api' }, { path: '/a/b' }, { path: `/${'x'.repeat(41)}` }]) {
      expect([place, validate({ services: { web: { framework: 'django', ...place } } })]).toEqual([place, false]);
    }
  });

  it('does not expand a bomb of aliases', () => {
    const bomb = `a: &a [x, x]\n${'bcdefgh'.split('').map((key, i) => `${key}: &${key} [*${'abcdefg'[i]}, *${'abcdefg'[i]}]`).join('\n')}`;
    expect(() => readAnswers(bomb, 'a.yaml')).toThrow('a.yaml:1:7: anchors are not taken');
  });

  it.each([[[]], [['--service', 'web=flask', '--service', 'two=django', '--cache', 'none', '--no-beat', '--python', '3.12']]])('is read back as it was written: %j', (argv) => {
    const { answers } = complete(...argv);
    const text = writeAnswers(answers);
    expect(readAnswers(text, 'pycompose.yaml').answers).toEqual(answers);
    expect(writeAnswers(answers)).toBe(text);
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(answersSchema() as object);
    expect(validate(parse(text))).toBe(true);
    expect(validate({ ...(parse(text) as object), cache: 'memcache' })).toBe(false);
    expect(validate({ ...(parse(text) as object), more: 1 })).toBe(false);
  });
});

describe('layers', () => {
  it('take flags before a file before defaults, and remember where from', () => {
    const { answers, from } = completeAnswers([readArguments(['--cache', 'redis']).layer, readAnswers('cache: none\nmail: none\n', 'a.yaml')], 'shop');
    expect(answers).toMatchObject({ name: 'shop', cache: 'redis', mail: 'none', broker: 'rabbitmq' });
    expect(from).toMatchObject({ name: 'default', cache: '--cache', mail: 'a.yaml:2:1', broker: 'default' });
  });

  it('turn off by default what has nothing to work with', () => {
    const { answers, from } = complete('--database', 'none', '--broker', 'none');
    expect(answers).toMatchObject({ example: false, beat: false });
    expect(from['beat']).toBe('default, because broker is none');
  });

  it.each([
    [['--broker', 'none', '--beat'], 'beat (--beat) contradicts broker: none (--broker)'],
    [['--database', 'none', '--example'], 'example (--example) contradicts database: none'],
    [['--service', 'web=django', '--service', 'web=flask'], 'services (--service): the service "web" is there twice'],
  ])('%j contradict', (argv, message) => {
    expect(() => complete(...argv)).toThrow(message);
  });
});

describe('flags', () => {
  it.each([
    [['--cach', 'redis'], 'unknown flag --cach; did you mean "--cache"?'],
    [['--no-proxy'], '--no-proxy: write --proxy none instead'],
    [['--no-yes'], 'unknown flag --no-yes'],
    [['--no-python'], '--no-python: leave it out for the default, or write --python VALUE'],
    [['--no-name'], '--no-name: leave it out for the default, or write --name NAME'],
    [['--no-service'], '--no-service: there is at least one service: write --service NAME=FRAMEWORK'],
    [['--cache'], '--cache needs a value'],
    [['--name', '--yes'], '--name needs a value: write --name NAME'],
    [['--config', '-y'], '--config needs a value: write --config FILE'],
    [['--cache', 'none', '--cache', 'redis'], '--cache is given twice, as --cache none and as --cache redis: keep one'],
    [['--beat', '--no-beat'], '--beat is given twice, as --beat and as --no-beat: keep one'],
    [['--config=a', '--config', '-'], '--config is given twice, as --config a and as --config -: keep one'],
    [['--beat', 'false'], '--beat takes no value: write --beat or --no-beat'],
    [['-y', 'true'], '-y takes no value: leave out "true"'],
    [['shop', '--', '--yes'], '--yes behind -- is no flag but a directory: leave out the --'],
    [['--', '--cache=none'], 'leave out the --'],
    [['--cache='], '--cache needs a value'],
    [['--beat=yes'], '--beat takes no value'],
    [['--yes=1'], '--yes takes no value'],
    [['--service', 'web'], 'write NAME=FRAMEWORK'],
    [['--service', 'web=a=b'], 'write NAME=FRAMEWORK'],
    [['--service', 'web='], '--service "web=" needs a framework'],
    [['--service', '../x=flask'], 'no service name'],
    [['a', 'b'], 'one directory at most'],
    [[''], 'the directory is an empty text'],
    [['-z'], 'unknown flag -z'],
    [['--name', 'A B'], ', like a-b'],
    [['--name', 'x'.repeat(300)], /^.{0,220}$/],
    [[`--${'x'.repeat(300)}`], /^.{0,220}$/],
  ])('%j is refused', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });

  it.each([
    [['--', '-dash'], { directory: '-dash' }],
    [['true', '--beat'], { directory: 'true' }],
    [['--config', '-'], { config: '-' }],
    [['--config=-odd.yaml', '--config=-odd.yaml', '-y', '--yes'], { config: '-odd.yaml' }],
    [['--beat', '--beat', '--cache', 'none', '--cache=none'], { directory: undefined }],
  ])('%j are taken', (argv, read) => {
    expect(readArguments(argv)).toMatchObject(read);
  });

  it.each([
    ['my shop', "'my shop'"],
    ["it's", "'it'\\''s'"],
    ['-dash', './-dash'],
    ['=ls', "'=ls'"],
    ['~', "'~'"],
    ["a\x1b[31m\n'\u202e", "$'a\\x1b[31m\\x0a\\'\\u202e'"],
  ])('repeat a run into %j with a command that can be pasted', (directory, word) => {
    const { answers } = complete('--service', 'web=flask', '--cache', 'none', '--no-beat');
    expect(rerunCommand({ answers, directory, defaultName: 'shop' })).toBe(`npm init pycompose ${word} -- --yes --service web=flask --cache none --no-beat`);
  });
});
