/** The packed program on the oldest Node of each line that `engines` names; the other tests run it on the newest. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshot, withoutSecrets } from './tools/package.ts';
import { Program } from './tools/program.ts';

const OLDEST = ['20.19.0', '22.18.0', '24.0.0'];
const TOO_OLD = ['18.20.8', '20.18.3', '22.17.1'];

let program: Program;
beforeAll(async () => {
  program = await Program.install();
});
afterAll(() => program.remove());

/** The path of a Node, which the npm package `node` brings; npm keeps it for the next time. */
async function node(version: string): Promise<string> {
  return (await execa('npm', ['exec', '--yes', `--package=node@${version}`, '--call', 'node -p process.execPath'])).stdout.trim();
}

/** What a project keeps of its last run holds secrets, too. */
function withoutState(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.pycompose/state/')));
}

it('engines names what is tested here', () => {
  const { engines } = JSON.parse(readFileSync(join(program.directory, 'package/package.json'), 'utf8')) as { engines: { node: string } };
  expect(engines.node.match(/\d+\.\d+\.\d+/g)).toEqual(OLDEST);
});

it.each(OLDEST)('writes and changes a project in the same way on Node %s', async (version) => {
  const write = async (name: string, by: string): Promise<void> => {
    await execa(by, [program.bin, name, '--yes', '--name', 'same', '--service', 'web=fastapi'], { cwd: program.directory });
    const cwd = join(program.directory, name);
    appendFileSync(join(cwd, 'compose.yaml'), '# mine\n');
    for (const line of ['set cache=redis', 'service search --framework flask', 'remove search', 'undo', 'check --allow edited']) await execa(by, [program.bin, ...line.split(' ')], { cwd });
  };
  await write(version, await node(version));
  await write(`${version}-again`, process.execPath);
  const [old, current] = [version, `${version}-again`].map((name) => withoutState(withoutSecrets(snapshot(join(program.directory, name)))));
  expect(Object.keys(old ?? {})).toContain('compose.yaml');
  expect(old).toEqual(current);
}, 300_000);

it.each(TOO_OLD)('says in one line that Node %s is too old', async (version) => {
  const { exitCode, stdout, stderr } = await execa(await node(version), [program.bin, 'x', '--yes'], { cwd: program.directory, reject: false });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toBe(`error: pycompose needs Node 20.19, 22.18, 24 or newer, and this is Node ${version}: install a newer one from nodejs.org`);
}, 300_000);
