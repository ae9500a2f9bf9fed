/** The prompts, on a real terminal. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installed, type Installed } from './tools/package.ts';
import { KEY, Terminal } from './tools/terminal.ts';

let program: Installed;
beforeAll(async () => {
  program = await installed();
});
afterAll(() => rmSync(program.directory, { recursive: true, force: true }));

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
