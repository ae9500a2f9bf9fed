/** The commands on a living project, run from the packed tarball as a user or a pipeline would. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands } from '../generators/cli/commands.ts';
import { snapshot } from './tools/package.ts';
import { Program, type Run } from './tools/program.ts';
import { KEY, Terminal } from './tools/terminal.ts';

// each test starts the program several times, on machines that do other things too
jest.setTimeout(60_000);

let program: Program;
beforeAll(async () => {
  program = await Program.install();
  expect((await program.run(['shop', '--yes', '--service', 'web=flask'])).exitCode).toBe(0);
});
afterAll(() => program.remove());

let count = 0;
/** A copy of the project, for one test. */
function project(): string {
  const directory = join(program.directory, `copy-${++count}`);
  cpSync(join(program.directory, 'shop'), directory, { recursive: true });
  return directory;
}

const inside = (directory: string, ...argv: string[]): Promise<Run> => program.run(argv, '', directory);

it.each(allCommands.map(({ name }) => name))('%s --help says how it is used, inside a project and outside', async (name) => {
  expect(await program.run([name, '--help'])).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(new RegExp(`^Usage:\n  pycompose ${name}`, 'm')) });
});

it.each(allCommands.map(({ name, words: [least] }) => [name, ...Array.from({ length: least }, () => 'x')]))('%s outside a project is refused in one line', async (...argv) => {
  expect(await program.run(argv)).toEqual({ exitCode: 2, stdout: '', stderr: 'error: there is no pycompose project here or above: cd into one (it holds pycompose.yaml)' });
});

it('--help lists every command', async () => {
  const { stdout } = await program.run(['--help']);
  for (const { name, help } of allCommands) expect(stdout).toMatch(new RegExp(`^  ${name} .*${help.slice(0, 30).replaceAll(/[.*+?()[\]]/g, '\\$&')}`, 'm'));
});

it('the first word that is no command is the directory of a new project, and one like a command needs ./', async () => {
  expect((await program.run(['./update', '--yes', '--name', 'fresh'])).exitCode).toBe(0);
  expect(existsSync(join(program.directory, 'update/compose.yaml'))).toBe(true);
  const directory = project();
  expect(await inside(directory, 'updat', '--yes')).toEqual({ exitCode: 2, stdout: '', stderr: 'error: there is no command "updat"; did you mean "update"? (for a new project inside this one, write ./updat)' });
  expect(existsSync(join(directory, 'updat'))).toBe(false);
});

it('flags may stand before the command', async () => {
  const { exitCode, stdout } = await inside(project(), '--json', 'check');
  expect({ exitCode, ok: (JSON.parse(stdout) as { ok: boolean }).ok }).toEqual({ exitCode: 0, ok: true });
});

it('every exit code, with one line on stderr, and JSON with --json whatever happens', async () => {
  const directory = project();
  const file = join(directory, 'compose.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('--memory-limit=64', '--memory-limit=96'));
  for (const [argv, code] of [
    [['set', 'cache=redis'], 3],
    [['check'], 4],
    [['set', 'cache=rediss'], 2],
    [['frobnicate', '--yes', '--json', '--cache', 'none', '--dry-run'], 0],
    [['update'], 0],
  ] as const) {
    const before = snapshot(directory);
    const plain = await inside(directory, ...argv);
    expect({ argv, code: plain.exitCode, lines: plain.stderr.split('\n').length }).toEqual({ argv, code, lines: 1 });
    const { exitCode, stdout } = await inside(directory, ...argv, '--json');
    expect({ argv, exitCode, json: typeof JSON.parse(stdout) }).toEqual({ argv, exitCode: code, json: 'object' });
    expect(snapshot(directory)).toEqual(before);
  }
  writeFileSync(join(directory, '.pycompose/base.json'), '{');
  expect(await inside(directory, 'update')).toEqual({ exitCode: 1, stdout: '', stderr: 'error: .pycompose/base.json is damaged: it is no JSON; take it back from version control, as every run needs it to tell your edits apart' });
});

it('processes that run at once each do their work, one after the other', async () => {
  const directory = project();
  const names = ['a1', 'b1', 'c1', 'd1', 'e1', 'f1'];
  const runs = await Promise.all(names.map((name) => inside(directory, 'service', name, '--framework', 'flask')));
  expect(runs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(names.map(() => ({ exitCode: 0, stderr: '' })));
  expect(await inside(directory, 'check')).toMatchObject({ exitCode: 0 });
  for (const name of names) expect(readFileSync(join(directory, 'pycompose.yaml'), 'utf8')).toContain(`  ${name}:\n`);
});

describe('at a terminal', () => {
  const start = (directory: string, line: string): Terminal => new Terminal(`${process.execPath} ${program.bin} ${line}`, directory);

  it('conflicts are settled one by one, with a view of the difference', async () => {
    const directory = project();
    const file = join(directory, 'compose.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('--memory-limit=64', '--memory-limit=96'));
    const terminal = start(directory, 'set cache=redis');
    await terminal.at('--memory-limit=96');
    await terminal.at('Conflict 1/1 in compose.yaml', KEY.down, KEY.down, KEY.down, KEY.enter);
    await terminal.at('+++ b/compose.yaml');
    await terminal.at('Conflict 1/1 in compose.yaml', KEY.down, KEY.enter);
    await terminal.at('undo` takes it back');
    expect((await terminal.end()).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('image: redis:');
    expect(readFileSync(file, 'utf8')).not.toContain('--memory-limit=96');
  });

  it('Ctrl-C at a question writes nothing', async () => {
    const directory = project();
    const before = snapshot(directory);
    const terminal = start(directory, 'service search');
    await terminal.at('Framework of search', KEY.ctrlC);
    expect(await terminal.end()).toEqual({ exitCode: 130, screen: expect.stringContaining('error: cancelled; nothing was written') });
    expect(snapshot(directory)).toEqual(before);
  });
});
