/** Migrations when the database server changes: a server that is new has not seen them, so they can be written for it. */
import { posix } from 'node:path';
import type { Project } from '../project/model.ts';
import type { FileMap } from '../render/file-map.ts';
import type { LivingProject } from './project.ts';

const { basename, dirname } = posix;

export interface History {
  /** The target, in which a migration that can be written anew is a file like any other that nobody has edited. */
  readonly rewritten: (target: FileMap) => FileMap;
  readonly notes: (last: FileMap) => readonly string[];
}

/** Nothing is written anew where the user's own migrations stand on ours, or no other server is there to run them. */
export function historyFor({ list }: Pick<LivingProject, 'list'>, old: Project, next: Project): History {
  const changed = old.database !== null && next.database !== null && old.database !== next.database;
  const alone = (path: string): boolean => list(dirname(path)).every((name) => !name.endsWith('.py') || name === '__init__.py' || name === basename(path));
  return {
    rewritten: (target) => (changed ? new Map([...target].map(([path, file]) => [path, file.ownership === 'history' && alone(path) ? { ...file, ownership: 'seed' } : file])) : target),
    notes: (last) => {
      if (!changed) return [];
      const kept = [...last].filter(([path, { ownership }]) => ownership === 'history' && !alone(path)).map(([path]) => dirname(path));
      return kept.length === 0 ? [] : [`the migrations in ${[...new Set(kept)].join(', ')} were written for ${String(old.database)}: see whether they suit ${String(next.database)}`];
    },
  };
}
