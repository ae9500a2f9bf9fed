/** How a project differs from what its answers and this version of the generator say. */
import type { RenderedFile } from '../render/file-map.ts';
import type { Base } from '../base/base.ts';
import { hasMarkers } from '../merge/merged.ts';
import { isModeEdited, isUnedited } from './decide.ts';
import type { Drift } from './drifts.ts';
import { textOf, type Look } from '../plan/seen.ts';
import { sameFile } from './target.ts';

export interface Drifted {
  readonly path: string;
  readonly drifts: readonly Drift[];
}

/** Which files differ, and how; what the user has taken over is no difference, and an edited example neither. */
export function checkProject(base: Base, wanted: ReadonlyMap<string, RenderedFile>, look: Look): readonly Drifted[] {
  const paths = [...new Set([...base.files.keys(), ...wanted.keys()])].filter((path) => !base.ejected.has(path)).sort();
  return paths.map((path) => ({ path, drifts: driftsOf(path, base.files.get(path), wanted.get(path), look) })).filter(({ drifts }) => drifts.length > 0);
}

function driftsOf(path: string, last: RenderedFile | undefined, next: RenderedFile | undefined, look: Look): readonly Drift[] {
  const seen = look(path);
  if (last === undefined) {
    if (next === undefined) return [];
    if (seen.kind === 'free') return ['outdated'];
    return seen.kind === 'file' && isUnedited(seen, next.text) ? [] : next.ownership === 'managed' ? ['foreign'] : [];
  }
  if (seen.kind === 'file' && hasMarkers(textOf(seen.bytes) ?? '')) return ['unsettled'];
  const unedited = seen.kind === 'file' && isUnedited(seen, last.text) && !isModeEdited(seen, last);
  // an example that somebody works on, or has deleted, is no longer ours to compare; and a migration is never compared
  if (last.ownership === 'history' || (last.ownership === 'seed' && !unedited)) return [];
  if (next === undefined) return seen.kind === 'free' ? [] : [...(unedited ? [] : ['edited' as const]), 'outdated'];
  if (seen.kind === 'file' && isUnedited(seen, next.text) && !isModeEdited(seen, next)) return [];
  const place = seen.kind === 'free' ? ['missing' as const] : seen.kind !== 'file' ? ['foreign' as const] : unedited ? [] : ['edited' as const];
  return [...place, ...(sameFile(last, next) ? [] : ['outdated' as const])];
}
