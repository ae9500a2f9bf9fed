/** Packages that npm has installed already, found as Node finds them; none of their code is loaded. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LIMITS } from './limits.ts';

/**
 * The directory of the nearest one whose version is taken, in node_modules/ of a directory or of one above it.
 * @returns null when there is none
 */
export function installedPackage(name: string, from: string, takes: (version: string) => boolean): string | null {
  for (let above = from; ; above = dirname(above)) {
    const directory = join(above, 'node_modules', name);
    const version = versionIn(join(directory, 'package.json'));
    if (version !== null && takes(version)) return directory;
    if (dirname(above) === above) return null;
  }
}

function versionIn(path: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > LIMITS.fileBytes) return null;
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    // not there, not to be read, or no JSON: npm has not installed anything there
    return null;
  }
}
