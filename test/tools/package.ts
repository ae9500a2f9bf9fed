/** The packed tarball, unpacked as a package manager would, and what it has written. */
import { execa } from 'execa';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ownPackage } from '../../generators/app/package.ts';

const { root, version } = ownPackage();

/** Unpacks the tarball of one of the two names into `directory/package`. */
export async function unpack(name: string, directory: string): Promise<void> {
  await execa('tar', ['-xzf', tarball(name), '-C', directory]);
}

export function tarball(name: string): string {
  return join(root, 'packages', `${name}-${version}.tgz`);
}

/** Every file below a directory, by its path, as its mode and text. */
export function snapshot(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1), `${(statSync(path).mode & 0o777).toString(8)} ${readFileSync(path, 'utf8')}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function withoutSecrets(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('secrets/')));
}
