/** Where this package lies on disk, bundled or not, and its version. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface OwnPackage {
  readonly root: string;
  readonly version: string;
}

export function ownPackage(): OwnPackage {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'templates', 'catalog'))) {
    if (dirname(root) === root) throw new Error('the package is damaged: its templates are missing');
    root = dirname(root);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}
