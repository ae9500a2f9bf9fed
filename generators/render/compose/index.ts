import type { Project } from '../../project/model.ts';
import type { Sources } from '../file-map.ts';

/** The compose files of a project, by path. */
export function composeFiles(_project: Project, _sources: Sources): ReadonlyMap<string, string> {
  return new Map();
}
