/** How projects and people name starters. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { parseSource } from './fetch/source.ts';
import type { Starter, StarterRef } from './starter.ts';

/** The starters as a project's pycompose.yaml names them: a path that was given from the current directory is one from the project's. */
export function refsFrom(starters: readonly Starter[], cwd: string, project: string): readonly StarterRef[] {
  return starters.map(({ ref }) => {
    if (parseSource(ref.from).kind !== 'path' || isAbsolute(ref.from)) return ref;
    const path = relative(project, resolve(cwd, ref.from)).split(sep).join('/') || '.';
    return { ...ref, from: path.startsWith('.') || isAbsolute(path) ? path : `./${path}` };
  });
}

/** What `npm init` calls a package with that name; null for one that it does not run. */
export function initName(packageName: string): string | null {
  const [, scope = '', name] = /^(@[^/]+\/)?create-(.+)$/.exec(packageName) ?? [];
  if (name !== undefined) return `${scope}${name}`;
  return /^@[^/]+\/create$/.test(packageName) ? packageName.slice(0, -'/create'.length) : null;
}

