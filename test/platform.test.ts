/** What docs/ gives to platform teams: pipelines that keep a fleet fresh, and pycompose in Backstage. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { allQuestions, offered } from '../generators/questions/table.ts';
import { Program } from './tools/program.ts';

const docs = fileURLToPath(new URL('../docs', import.meta.url));
const yaml = (path: string): unknown => parse(readFileSync(join(docs, path), 'utf8')) as unknown;

let program: Program;
beforeAll(async () => {
  program = await Program.install();
});
afterAll(() => program.remove());

interface GitHub {
  readonly jobs: { readonly update: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] } };
}
interface GitLab {
  readonly 'pycompose-update': { readonly variables: Readonly<Record<string, string>>; readonly script: readonly string[] };
}

describe('the pipelines', () => {
  let work: string;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'pycompose-fleet-'));
    // a starter and a project of its first version, in a repository with somebody's edits
    mkdirSync(join(work, 'acme/templates/project'), { recursive: true });
    writeFileSync(join(work, 'acme/starter.yaml'), 'name: acme\nversion: 1.0.0\nhints: []\n');
    writeFileSync(join(work, 'acme/templates/project/POLICY.ejs'), 'one\ntwo\nthree\n');
    expect((await program.run(['shop', '--yes', '--starter', './acme', '--service', 'web=flask', '--database', 'none', '--broker', 'none'], '', work)).exitCode).toBe(0);
    writeFileSync(join(work, 'shop/POLICY'), 'one\nTWO\nthree\n');
    writeFileSync(join(work, 'acme/starter.yaml'), 'name: acme\nversion: 1.1.0\nquestions: { region: { kind: choice, message: R, help: r, choices: { eu: x } } }\n');
    writeFileSync(join(work, 'acme/templates/project/POLICY.ejs'), 'one\n2\nthree\nfour\n');
    for (const argv of [['init', '--quiet', '--initial-branch', 'main'], ['config', 'user.name', 'x'], ['config', 'user.email', 'x@example.com'], ['add', '--all'], ['commit', '--quiet', '--message', 'x']]) await execa('git', argv, { cwd: join(work, 'shop') });
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** Where `npx` is our program, as the pipelines call it, and other programs do nothing but tell what they were given. */
  async function shell(script: string, env: Readonly<Record<string, string>>): Promise<{ readonly exitCode: number | undefined; readonly stderr: string }> {
    const told = 'npx() { shift 2; "$NODE" "$PROGRAM" "$@"; }; gh() { [ "$2" != list ] || echo 0; printf "gh %s\\n" "$*" >>"$TOLD"; }; node() { "$NODE" "$@"; }';
    const git = 'git() { case "$1" in push) printf "%s\\n" "$@" >>"$TOLD" ;; *) command git "$@" ;; esac; }';
    const { exitCode, stderr } = await execa('bash', ['-eo', 'pipefail', '-c', `${told}; ${git}; ${script}`], { cwd: join(work, 'shop'), env: { NODE: process.execPath, PROGRAM: program.bin, TOLD: join(work, 'told'), ...env }, reject: false });
    return { exitCode, stderr };
  }

  const reset = async (): Promise<void> => {
    rmSync(join(work, 'told'), { force: true });
    await execa('git', ['switch', '--force', 'main'], { cwd: join(work, 'shop') });
    await execa('git', ['branch', '-D', 'pycompose-update'], { cwd: join(work, 'shop'), reject: false });
    rmSync(join(work, 'shop/.pycompose/state'), { recursive: true, force: true });
  };

  it('of GitHub updates on a branch, and opens a pull request that says what changed and what is to be settled', async () => {
    const { steps } = (yaml('fleet/github.yaml') as GitHub).jobs.update;
    const env = { PACKAGE: '@acme/create-service@latest', BRANCH: 'pycompose-update', RESULT: join(work, 'update.json'), BODY: join(work, 'body.md') };
    const step = (name: string): string => steps.find((candidate) => candidate.name === name)?.run ?? '';
    expect(await shell(step('Update'), env)).toMatchObject({ exitCode: 0 });
    const described = await execa(process.execPath, ['--eval', step('Describe')], { env, reject: false });
    expect(described).toMatchObject({ exitCode: 0, stderr: '' });
    const body = readFileSync(env.BODY, 'utf8');
    expect(body).toContain('**Conflicts to settle, between markers:**\n\n- `POLICY`\n');
    expect(body).toContain('| region | `null` | `"eu"` |');
    expect(body).toMatch(/\| starters \| `\[.*"1\.0\.0".*\]` \| `\[.*"1\.1\.0".*\]` \|/);
    expect(body).toContain('- merge `POLICY`');
    expect(await shell(step('Open a pull request'), env)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(work, 'told'), 'utf8')).toMatch(/push\n--force\n--quiet\norigin\npycompose-update\ngh pr list .*\ngh pr create --head pycompose-update --title Update by pycompose --body-file .*body\.md\n/s);
    expect((await execa('git', ['log', '--format=%s', '--max-count', '1'], { cwd: join(work, 'shop') })).stdout).toBe('Update by pycompose');
    expect(readFileSync(join(work, 'shop/POLICY'), 'utf8')).toContain('<<<<<<<');
    await reset();
  }, 60_000);

  it('of GitLab does the same with push options', async () => {
    const { variables, script } = (yaml('fleet/gitlab.yaml') as GitLab)['pycompose-update'];
    const env = { ...variables, RESULT: join(work, 'result.json'), UPDATE_TOKEN: 't', CI_SERVER_HOST: 'git.acme.example', CI_PROJECT_PATH: 'a/b' };
    expect(await shell(script.join('\n'), env)).toMatchObject({ exitCode: 0 });
    const told = readFileSync(join(work, 'told'), 'utf8');
    expect(told).toContain('merge_request.create');
    expect(told).toMatch(/merge_request\.description=`pycompose update` \(\d+\.\d+\.\d+\) changes \d+ files\.<br>\*\*Conflicts to settle\*\* in `POLICY`<br>/);
    expect(told).toContain('https://oauth2:t@git.acme.example/a/b.git\npycompose-update\n');
    await reset();
  }, 60_000);

  it('do nothing when there is nothing to bring', async () => {
    const env = { PACKAGE: 'x', BRANCH: 'pycompose-update', RESULT: join(work, 'update.json'), BODY: join(work, 'body.md') };
    writeFileSync(join(work, 'shop/POLICY'), 'one\n2\nthree\nfour\n');
    expect((await program.run(['update', '--yes'], '', join(work, 'shop'))).exitCode).toBe(0);
    await execa('git', ['add', '--all'], { cwd: join(work, 'shop') });
    await execa('git', ['commit', '--quiet', '--message', 'y'], { cwd: join(work, 'shop') });
    const { steps } = (yaml('fleet/github.yaml') as GitHub).jobs.update;
    for (const { name, run } of steps) if (run !== undefined && name !== 'Describe') expect(await shell(`(${run})`, env)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(work, 'told'))).toBe(false);
  }, 60_000);
});

interface Template {
  readonly spec: {
    readonly parameters: readonly { readonly properties: Readonly<Record<string, { readonly enum?: readonly string[]; readonly default?: string; readonly pattern?: string }>> }[];
    readonly steps: readonly { readonly action: string; readonly input: { readonly answers?: Readonly<Record<string, string>> } }[];
  };
}

describe('the template for Backstage', () => {
  const { spec } = yaml('backstage/template.yaml') as Template;
  const fields = Object.assign({}, ...spec.parameters.map(({ properties }) => properties)) as Template['spec']['parameters'][number]['properties'];

  it('offers what pycompose offers', () => {
    for (const question of allQuestions) {
      if (!('choices' in question)) continue;
      const field = fields[question.kind === 'services' ? 'framework' : question.key];
      expect([...(field?.enum ?? [])].sort()).toEqual(offered(question).map(({ value }) => value).sort());
      expect(field?.default).toBe(question.kind === 'services' ? question.default[0]?.framework : question.default);
    }
  });

  it('hands over answers that make a project, whose JSON the action reads', async () => {
    const answers = spec.steps.find(({ action }) => action === 'pycompose:create')?.input.answers ?? {};
    const parameters: Readonly<Record<string, string | undefined>> = { ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default])), name: 'backstage-shop' };
    const given = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, value.replace(/\$\{\{ parameters\.(\w+) \}\}/g, (_, name: string) => String(parameters[name]))]));
    const directory = mkdtempSync(join(tmpdir(), 'pycompose-backstage-'));
    const { exitCode, stdout } = await program.run(['.', '--config', '-', '--yes', '--json'], JSON.stringify({ ...given, services: { web: { framework: 'django' } } }), directory);
    const { files, rerun } = JSON.parse(stdout) as { readonly files: readonly { readonly action: string }[]; readonly rerun: string };
    expect({ exitCode, rerun }).toEqual({ exitCode: 0, rerun: 'npm init pycompose . -- --yes --name backstage-shop' });
    expect(files.length).toBeGreaterThan(50);
    const refused = await program.run(['.', '--config', '-', '--yes', '--json'], '{"database":"mysql"}', directory);
    expect(JSON.parse(refused.stdout)).toEqual({ error: { code: 2, message: expect.stringContaining('mysql is not offered yet') } });
    rmSync(directory, { recursive: true });
  });
});
