/**
 * `npm run catalog`: resolves templates/catalog/requirements.in once, for every offered Python on Linux, into
 * templates/catalog/packages.json. uv runs in a container, for it needs one of the offered Pythons; so this needs Docker.
 */
import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import type { Dependency, LockedPackage } from '../catalog/graph.ts';
import { image, readImages } from '../catalog/images.ts';

/** The part of a uv.lock that we read. */
interface UvLock {
  readonly package: readonly UvPackage[];
}
interface UvPackage {
  readonly name: string;
  readonly version: string;
  readonly source: { readonly virtual?: string };
  readonly dependencies?: readonly UvDependency[];
  readonly 'optional-dependencies'?: Readonly<Record<string, readonly UvDependency[]>>;
  readonly sdist?: { readonly hash: string };
  readonly wheels?: readonly { readonly hash: string }[];
}
interface UvDependency {
  readonly name: string;
  readonly extra?: readonly string[];
  readonly marker?: string;
}

const catalog = fileURLToPath(new URL('../../templates/catalog/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'pycompose-catalog-'));
try {
  const pins = readFileSync(join(catalog, 'requirements.in'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const project = [
    '[project]',
    'name = "catalog"',
    'version = "0"',
    'requires-python = ">=3.12,<3.15"',
    `dependencies = ${JSON.stringify(pins)}`,
    '[tool.uv]',
    `environments = ["sys_platform == 'linux'"]`,
  ];
  writeFileSync(join(work, 'pyproject.toml'), `${project.join('\n')}\n`);
  const python = image(readImages(readFileSync(join(catalog, 'Dockerfile'), 'utf8')), 'python-3.14');
  const script = 'pip install --quiet --root-user-action=ignore uv && uv lock --quiet && chmod a+r uv.lock';
  await execa('docker', ['run', '--rm', '--volume', `${work}:/work`, '--workdir', '/work', python, 'sh', '-c', script], { stdio: 'inherit' });
  const lock = parse(readFileSync(join(work, 'uv.lock'), 'utf8')) as unknown as UvLock;
  writeFileSync(join(catalog, 'packages.json'), `${JSON.stringify({ packages: graph(lock) }, null, 1)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** No address is kept, only versions, hashes and who needs whom. */
function graph(lock: UvLock): Record<string, LockedPackage> {
  const packages: Record<string, LockedPackage> = {};
  for (const entry of lock.package) {
    if (entry.source.virtual) continue;
    if (packages[entry.name]) throw new Error(`${entry.name} was resolved to two versions: pin one that all offered Pythons can use`);
    const extras = Object.entries(entry['optional-dependencies'] ?? {}).map(([extra, list]) => [extra, list.map(dependency)] as const);
    packages[entry.name] = {
      version: entry.version,
      hashes: [entry.sdist, ...(entry.wheels ?? [])].flatMap((file) => (file ? [file.hash.replace('sha256:', '')] : [])).sort(),
      dependencies: (entry.dependencies ?? []).map(dependency),
      ...(extras.length > 0 ? { extras: Object.fromEntries(extras) } : {}),
    };
  }
  return packages;
}

function dependency({ name, extra, marker }: UvDependency): Dependency {
  return { name, ...(extra ? { extras: extra } : {}), ...(marker ? { marker } : {}) };
}
