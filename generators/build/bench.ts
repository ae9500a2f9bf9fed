/**
 * `npm run bench`: how long things take, as ratios within one run. With a Docker Engine it also times an emitted project.
 * Numbers go to standard output; nothing is asserted.
 */
import { execa } from 'execa';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPackage } from '../app/package.ts';
import { benchGrowth } from './bench-growth.ts';
import { seconds } from './seconds.ts';

const { root, version } = ownPackage();
const tarball = join(root, 'packages', `create-pycompose-${version}.tgz`);
const program = join(root, 'dist', 'bin.cjs');
const work = mkdtempSync(join(tmpdir(), 'pycompose-bench-'));

let count = 0;
const fresh = (): string => join(work, `run-${++count}`);

try {
  const empty = await median(15, () => execa(process.execPath, ['-e', '']));
  const bare = await median(15, () => execa(process.execPath, [program, fresh(), '--yes']));
  report('an empty node process', empty);
  report('the bare run', bare, `${(bare - empty).toFixed(3)} s more`);

  // Both from a local tarball: npm does more for a file than for what a registry has told it of before.
  const { stdout: vite } = await execa('npm', ['pack', 'create-vite', '--silent', '--pack-destination', work], { cwd: work });
  const npmExec = (cache: string, file: string, argv: readonly string[]) => execa('npm', ['exec', '--yes', '--cache', cache, '--package', file, '--', ...argv], { cwd: work });
  const ours = (cache: string) => npmExec(cache, tarball, ['create-pycompose', fresh(), '--yes']);
  const theirs = (cache: string) => npmExec(cache, join(work, vite), ['create-vite', `bench-${++count}`, '--template', 'vanilla', '--no-interactive']);
  await pair('cold', 5, () => theirs(fresh()), () => ours(fresh()));
  const warm = fresh();
  await Promise.all([theirs(warm), ours(warm)]);
  await pair('warm', 7, () => theirs(warm), () => ours(warm));

  await benchGrowth(program, work, (line) => process.stdout.write(`${line}\n`));

  const { exitCode } = await execa('docker', ['info'], { reject: false });
  if (exitCode === 0) await images();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** An emitted project of the defaults: builds of its production image, and its start from empty volumes. */
async function images(): Promise<void> {
  const directory = join(work, 'bench-project');
  await execa(process.execPath, [program, directory, '--yes']);
  const compose = (...argv: string[]) =>
    execa('docker', ['compose', '-f', 'compose.yaml', '-f', 'compose.deploy.yaml', ...argv], {
      cwd: directory,
      env: { ALLOWED_HOSTS: '127.0.0.1', SECURE_SSL_REDIRECT: 'false', EMAIL_HOST: 'mail.invalid', EMAIL_FROM: 'me@example.com', PORT: '18990' },
    });
  // new in every run, or an earlier run's layers would serve
  const changed = `\n# ${Date.now()}\n`;
  try {
    const cold = await seconds(() => compose('build', '--no-cache'));
    appendFileSync(join(directory, 'services/web/web/urls.py'), changed);
    const code = await seconds(() => compose('build'));
    appendFileSync(join(directory, 'services/web/requirements.txt'), changed);
    const dependency = await seconds(() => compose('build'));
    const up = await seconds(() => compose('up', '--detach', '--wait'));
    report('image, cold build', cold);
    report('image, after a code change', code, `${(code / cold).toFixed(2)} x cold`);
    report('image, after a dependency change', dependency, `${(dependency / cold).toFixed(2)} x cold`);
    report('empty volumes to all healthy', up);
    const size = async (reference: string): Promise<number> => Number((await execa('docker', ['image', 'inspect', '--format', '{{.Size}}', reference])).stdout);
    const base = /^FROM (\S+) AS base/m.exec(readFileSync(join(directory, 'services/web/Dockerfile'), 'utf8'))?.[1] ?? '';
    process.stdout.write(`bytes over the base image: ${(await size('bench-project-web:latest')) - (await size(base))}\n`);
  } finally {
    await compose('down', '--volumes');
    await execa('docker', ['image', 'rm', '--force', 'bench-project-web:latest'], { reject: false });
  }
}

/** create-vite beside ours, in turns, so that both meet the same machine. */
async function pair(what: string, times: number, theirs: () => PromiseLike<unknown>, ours: () => PromiseLike<unknown>): Promise<void> {
  const all: [number, number][] = [];
  for (let index = 0; index < times; index += 1) all.push([await seconds(theirs), await seconds(ours)]);
  const [vite, mine] = [middle(all.map(([first]) => first)), middle(all.map(([, second]) => second))];
  report(`create-vite, ${what}`, vite);
  report(`npm init from the tarball, ${what}`, mine, `${(mine / vite).toFixed(2)} x create-vite`);
}

/** The middle of several measurements, in seconds. */
async function median(times: number, run: () => PromiseLike<unknown>): Promise<number> {
  const all: number[] = [];
  for (let index = 0; index < times; index += 1) all.push(await seconds(run));
  return middle(all);
}

function middle(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

function report(what: string, took: number, note = ''): void {
  process.stdout.write(`${what}: ${took.toFixed(3)} s${note ? ` (${note})` : ''}\n`);
}
