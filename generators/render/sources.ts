import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { PackageGraph } from '../catalog/graph.ts';
import { image, readImages } from '../catalog/images.ts';
import { allQuestions } from '../questions/table.ts';
import type { Sources } from './file-map.ts';

/** Reads the templates and the catalogue below a package root: the one place where rendering's inputs touch the disk. */
export function loadSources(packageRoot: string, version: string): Sources {
  const root = join(packageRoot, 'templates');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
    .map((entry) => join(entry.parentPath, entry.name));
  const images = readImages(readFileSync(join(root, 'catalog', 'Dockerfile'), 'utf8'));
  return {
    templates: new Map(paths.map((path) => [path.slice(root.length + 1).replaceAll(sep, '/'), readFileSync(path, 'utf8')])),
    images,
    uv: image(images, 'uv').replace(/^.*:/, ''),
    questions: allQuestions,
    brought: null,
    packages: JSON.parse(readFileSync(join(root, 'catalog', 'packages.json'), 'utf8')) as PackageGraph,
    version,
  };
}
