/** The prompts, on a real terminal. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from './tools/program.ts';
import { KEY, Terminal } from './tools/terminal.ts';

let program: Program;
beforeAll(async () => {
  program = await Program.install();
});
afterAll(() => program.remove());

const start = (argv: string): Terminal => new Terminal(`'${process.execPath}' '${program.bin}' ${argv}`, program.directory);
const PROMPTS = [
  'Name of the project',
  'Name of the first Python service',
  'Framework of web',
  'Another service?',
  'Database',
  'Cache',
  'Mail',
  'Task queue',
  'Periodic tasks (Celery beat)?',
  'Reverse proxy',
  'Python ',
  'Example application?',
  'Write this project?',
];

describe('a person at a terminal', () => {
  it('gets the defaults by pressing Enter', async () => {
    const terminal = start('enter');
    for (const prompt of PROMPTS) await terminal.at(prompt, KEY.enter);
    const { exitCode, screen } = await terminal.end();
    expect(exitCode).toBe(0);
    expect(screen).toContain('npm init pycompose enter -- --yes\r\n');
    expect(screen).toContain('memcached: small and fast, nothing on disk');
    expect(existsSync(join(program.directory, 'enter/compose.yaml'))).toBe(true);
  }, 60_000);

  it('is asked for what is open alone, is told what is wrong, and can change an answer on the review screen', async () => {
    const terminal = start('changed --service web=flask --database postgres --mail none --no-beat --proxy nginx --python 3.14 --no-example');
    await terminal.at('Name of the project', ' X', KEY.enter);
    await terminal.at('is no Compose project name', '\x7f', '\x7f', KEY.enter);
    await terminal.at('Cache', KEY.enter);
    await terminal.at('Task queue', KEY.enter);
    await terminal.at('Write this project?', KEY.down, KEY.enter);
    await terminal.at('Which one?', KEY.down, KEY.down, KEY.down, KEY.enter);
    await terminal.at('Cache', KEY.down, KEY.enter);
    await terminal.at('Write this project?', KEY.enter);
    const { exitCode, screen } = await terminal.end();
    expect(exitCode).toBe(0);
    expect(screen).toContain('npm init pycompose changed -- --yes --service web=flask --cache redis --mail none --no-beat --no-example\r\n');
    expect(readFileSync(join(program.directory, 'changed/pycompose.yaml'), 'utf8')).toContain('cache: redis');
  }, 60_000);

  it('is shown what contradicts, and where it comes from, and can still change it', async () => {
    const terminal = start('contradiction --service web=flask --database postgres --cache none --mail none --beat --proxy nginx --python 3.14 --no-example --name x');
    await terminal.at('Task queue', KEY.down, KEY.down, KEY.down, KEY.enter);
    await terminal.at('beat (--beat) contradicts broker: none (answered)');
    // without "Yes, write it" the first one is to change an answer
    await terminal.at('Write this project?', KEY.enter);
    await terminal.at('Which one?', KEY.down, KEY.down, KEY.down, KEY.down, KEY.down, KEY.enter);
    await terminal.at('Task queue', KEY.down, KEY.enter);
    await terminal.at('Write this project?', KEY.enter);
    const { exitCode } = await terminal.end();
    expect(exitCode).toBe(0);
    expect(readFileSync(join(program.directory, 'contradiction/pycompose.yaml'), 'utf8')).toMatch(/^beat: true$/m);
  }, 60_000);

  it('names services until an empty name, and any service is fine without a proxy', async () => {
    const terminal = start('services --database none --cache none --mail none --broker none --proxy none --python 3.14 --name x');
    await terminal.at('Name of the first Python service', KEY.enter);
    for (const next of ['api', '']) {
      await terminal.at('Framework of', KEY.enter);
      await terminal.at('Another service?', 'y', KEY.enter);
      await terminal.at('Name of the next service', next, KEY.enter);
    }
    await terminal.at('Directory');
    await terminal.at('services');
    await terminal.at('Write this project?', KEY.enter);
    const { exitCode } = await terminal.end();
    expect(exitCode).toBe(0);
    expect(readFileSync(join(program.directory, 'services/pycompose.yaml'), 'utf8')).toMatch(/^ {2}web:[^]*^ {2}api:/m);
  }, 60_000);

  it.each([
    ['a directory that is taken', 'taken', 3, 'error: taken already holds a pycompose project'],
    ['flags that contradict each other', 'new --broker none --beat', 2, 'error: beat (--beat) contradicts broker: none (--broker)'],
  ])('is told of %s before the first question', async (_, argv, code, message) => {
    mkdirSync(join(program.directory, 'taken'), { recursive: true });
    writeFileSync(join(program.directory, 'taken/pycompose.yaml'), '');
    const { exitCode, screen } = await start(argv).end();
    expect(exitCode).toBe(code);
    expect(screen).toContain(message);
    expect(screen).not.toContain('?');
  }, 60_000);

  it('can choose another name when the directory of that name is taken', async () => {
    mkdirSync(join(program.directory, 'myapp'));
    writeFileSync(join(program.directory, 'myapp/pycompose.yaml'), '');
    const terminal = start('--service web=flask --database none --cache none --mail none --broker none --proxy none --python 3.14');
    await terminal.at('Name of the project', KEY.enter);
    await terminal.at('myapp already holds a pycompose project');
    await terminal.at('Write this project?', KEY.enter);
    await terminal.at('Which one?', KEY.enter);
    await terminal.at('Name of the project', 'other', KEY.enter);
    await terminal.at('Write this project?', KEY.enter);
    expect((await terminal.end()).exitCode).toBe(0);
    expect(existsSync(join(program.directory, 'other/compose.yaml'))).toBe(true);
  }, 60_000);

  it.each(['--dry-run', '--explain'])('is asked nothing with %s', async (flag) => {
    const { exitCode, screen } = await start(`unasked ${flag}`).end();
    expect(exitCode).toBe(0);
    expect(screen).not.toContain('?');
  }, 60_000);

  it('types answers for --config -', async () => {
    const terminal = start('typed --yes --config -');
    await terminal.at('', 'cache: valkey\r', '\x04');
    expect((await terminal.end()).exitCode).toBe(0);
    expect(readFileSync(join(program.directory, 'typed/pycompose.yaml'), 'utf8')).toMatch(/^cache: valkey$/m);
  }, 60_000);

  it('writes nothing by cancelling', async () => {
    const terminal = start('cancelled --yes=1');
    expect((await terminal.end()).exitCode).toBe(2);
    const review = start('cancelled');
    for (const prompt of PROMPTS.slice(0, -1)) await review.at(prompt, KEY.enter);
    await review.at('Write this project?', KEY.down, KEY.down, KEY.enter);
    const { exitCode, screen } = await review.end();
    expect(exitCode).toBe(130);
    expect(screen).toContain('cancelled; nothing was written');
    expect(existsSync(join(program.directory, 'cancelled'))).toBe(false);
  }, 60_000);

  it.each([0, 2, 4, PROMPTS.length - 1])('writes nothing by Ctrl-C at prompt %i', async (last) => {
    const terminal = start('stopped');
    for (const prompt of PROMPTS.slice(0, last)) await terminal.at(prompt, KEY.enter);
    await terminal.at(PROMPTS[last] ?? '', KEY.ctrlC);
    const { exitCode, screen } = await terminal.end();
    expect(exitCode).toBe(130);
    expect(screen.trimEnd().endsWith('error: cancelled; nothing was written')).toBe(true);
    expect(existsSync(join(program.directory, 'stopped'))).toBe(false);
  }, 60_000);
});
