/** The Python tools of the tests, in virtual environments below .cache/ that are made once for each set of pins. */
import { execa } from 'execa';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackageGraph } from '../../generators/catalog/graph.ts';
import { lock } from '../../generators/render/requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache');

/** What the oldest offered Python runs, newer ones do too; uv finds one, or fetches one where it may. */
const PYTHON = '>=3.12,<3.15';
/** Packages that are compiled when they are installed, which needs headers that a machine may not have. */
const COMPILED = new Set(['mysqlclient']);

/** The directory of hadolint, shellcheck, yamllint, uv and the catalogue's ruff. */
export async function toolsDirectory(packages: PackageGraph): Promise<string> {
  const pins = `${readFileSync(join(root, 'test/tools/requirements.txt'), 'utf8')}ruff==${packages.packages['ruff']?.version}\n`;
  return environment('tools', pins, async (directory, requirements) => {
    await execa('python3', ['-m', 'venv', directory]).catch((error: unknown) => {
      throw new Error('the tests need Python 3.9 or newer with venv, as python3, for the tools that judge what is emitted', { cause: error });
    });
    await execa(join(directory, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  });
}

/** The directory of a Python with every package of the catalogue, each checked against its hashes. */
export async function catalogueDirectory(packages: PackageGraph): Promise<string> {
  const uv = join(await toolsDirectory(packages), 'uv');
  const names = Object.keys(packages.packages).filter((name) => !COMPILED.has(name));
  return environment('catalogue', lock(packages, names.map((name) => ({ name }))), async (directory, requirements) => {
    await execa(uv, ['venv', '--quiet', '--python', PYTHON, directory], { env: { PATH: [process.env['PATH'], ...pyenv()].join(delimiter) } });
    await execa(uv, ['pip', 'install', '--quiet', '--python', directory, '--no-deps', '--require-hashes', '--requirement', requirements]);
  });
}

/** The directories of pyenv's Pythons, which uv does not look into by itself. */
function pyenv(): string[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  return globSync('*/bin', { cwd: versions }).map((path) => join(versions, path));
}

/** Makes an environment unless a complete one is there, and gives its bin/; `complete` is written last. */
async function environment(name: string, pins: string, make: (directory: string, requirements: string) => Promise<void>): Promise<string> {
  const directory = join(cache, `${name}-${createHash('sha256').update(pins).digest('hex').slice(0, 12)}`);
  const done = join(directory, 'complete');
  if (!existsSync(done)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const requirements = `${directory}.txt`;
    writeFileSync(requirements, pins);
    await make(directory, requirements);
    renameSync(requirements, join(directory, 'requirements.txt'));
    writeFileSync(done, '');
  }
  return join(directory, 'bin');
}
