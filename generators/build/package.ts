/**
 * Packs the built package into packages/ under both of its names: create-pycompose for `npm init pycompose`, and
 * generator-pycompose with the same content for `yo pycompose`. No runtime dependencies, no scripts.
 */
import { execaSync } from 'execa';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['create-pycompose', 'generator-pycompose'];
const CONTENT = ['dist', 'templates', 'README.md', 'LICENSE', 'CHANGELOG.md'];
const PUBLISHED = ['version', 'description', 'keywords', 'license', 'type', 'bin', 'exports', 'files', 'engines'] as const;

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'packages');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<(typeof PUBLISHED)[number], unknown>;

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
for (const name of NAMES) {
  const work = mkdtempSync(join(tmpdir(), 'pycompose-package-'));
  for (const path of CONTENT) cpSync(join(root, path), join(work, path), { recursive: true });
  const published = { name, ...Object.fromEntries(PUBLISHED.map((key) => [key, manifest[key]])) };
  writeFileSync(join(work, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  execaSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target], { cwd: work });
  rmSync(work, { recursive: true });
}
