/** The example company's starter, packed and installed as its teams have it, in the network that the tests give it. */
import { execa } from 'execa';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownPackage } from '../../generators/app/package.ts';
import { tarball } from '../tools/package.ts';

const STARTER = fileURLToPath(new URL('../starters/acme', import.meta.url));
const PACKAGE = '@acme/create-service';

export class Company {
  /** The starter's sources, as its authors have them. */
  readonly starter: string;
  /** Where a team has npm install it. */
  readonly team: string;
  readonly #work: string;

  private constructor(work: string) {
    this.#work = work;
    this.starter = join(work, 'starter');
    this.team = join(work, 'team');
  }

  /** @param changes of the starter's files: a text in one, and what stands in its place */
  static create(changes: readonly (readonly [path: string, old: RegExp, text: string])[]): Company {
    const company = new Company(mkdtempSync(join(tmpdir(), 'pycompose-company-')));
    // the owner of projects, who is another user, runs what is installed here
    chmodSync(company.#work, 0o755);
    cpSync(STARTER, company.starter, { recursive: true });
    mkdirSync(company.team);
    writeFileSync(join(company.team, 'package.json'), '{}\n');
    for (const [path, old, text] of changes) company.edit(path, old, text);
    company.edit('package.json', /"create-pycompose": "[^"]+"/, `"create-pycompose": "${ownPackage().version}"`);
    return company;
  }

  /** Replaces a text in a file of the starter, which must have it. */
  edit(path: string, old: RegExp, text: string): void {
    const file = join(this.starter, path);
    const before = readFileSync(file, 'utf8');
    if (before.search(old) < 0) throw new Error(`${path} has no ${String(old)}`);
    writeFileSync(file, before.replace(old, () => text));
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.starter, path), text);
  }

  /** Packs the starter and installs it, and ours, for the team. */
  async release(): Promise<void> {
    const { stdout } = await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', this.#work], { cwd: this.starter });
    await execa('npm', ['install', '--silent', '--no-audit', '--no-fund', '--offline', tarball('create-pycompose'), join(this.#work, stdout.trim())], { cwd: this.team });
  }

  /** The program that `npm init @acme/service` runs. */
  get program(): string {
    const { bin } = JSON.parse(readFileSync(this.#installed('package.json'), 'utf8')) as { bin: string | Record<string, string> };
    return this.#installed(typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));
  }

  /** Has a later version of ours print one of our templates otherwise. */
  changeOurs(template: string, old: string, text: string): void {
    const file = join(this.team, 'node_modules/create-pycompose/templates', template);
    const before = readFileSync(file, 'utf8');
    if (!before.includes(old)) throw new Error(`${template} has no ${old}`);
    writeFileSync(file, before.replace(old, text));
  }

  /** Runs `pycompose` as it is installed for the team, in the starter's directory. */
  async pycompose(...argv: string[]): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [join(this.team, 'node_modules/create-pycompose/dist/bin.cjs'), ...argv], { cwd: this.starter, reject: false, input: '' });
    return { exitCode, stdout, stderr };
  }

  remove(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }

  #installed(path: string): string {
    return join(this.team, 'node_modules', PACKAGE, path);
  }
}
