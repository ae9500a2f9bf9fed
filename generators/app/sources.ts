/** What rendering reads: our own templates, and what starters bring. */
import type { Sources } from '../render/file-map.ts';
import { loadSources } from '../render/sources.ts';
import type { Starter } from '../starter/starter.ts';
import { ownPackage } from './package.ts';

export async function sourcesFor(starters: readonly Starter[]): Promise<Sources> {
  const { root, version } = ownPackage();
  const sources = loadSources(root, version);
  if (starters.length === 0) return sources;
  const { withStarters } = await import('../starter/with-starters.ts');
  return withStarters(sources, starters);
}
