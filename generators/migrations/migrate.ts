/** Brings what is known of a project, and what is seen of it, to the form that this version of the generator compares. */
import compare from 'semver/functions/compare.js';
import type { Base } from '../base/base.ts';
import { once, textOf, type Look } from '../plan/seen.ts';
import type { Answers } from '../questions/answers.ts';
import type { RenderedFile } from '../render/file-map.ts';
import type { Change, Migration, Side } from './migration.ts';

export interface Migrated {
  readonly base: Base;
  readonly look: Look;
  /** Today's path of a file to the one that it has on the disk. */
  readonly moves: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** The migrations between two versions, in their order. */
export function pending(from: string, to: string, table: readonly Migration[]): readonly Migration[] {
  return table.filter((migration) => compare(migration.to, from) > 0 && compare(migration.to, to) <= 0).sort((a, b) => compare(a.to, b.to));
}

export function migrate(base: Base, look: Look, answers: Change, steps: readonly Migration[]): Migrated {
  if (steps.length === 0) return { base, look, moves: new Map(), notes: [] };
  const rewrite = (path: string, text: string, side: Side): string => steps.reduce((current, step) => step.rewrite?.(path, current, side, answers) ?? current, text);
  const names = finalNames(steps, answers.last);
  // what the user has taken over keeps its name
  for (const path of base.ejected) names.delete(path);
  const moves = new Map([...names].map(([old, name]) => [name, old]));
  const files = new Map([...base.files].map(([path, file]): [string, RenderedFile] => [names.get(path) ?? path, { ...file, text: rewrite(path, file.text, 'base') }]));
  return {
    base: { ...base, files },
    look: once((path) => {
      const seen = look(path);
      const text = seen.kind === 'file' ? textOf(seen.bytes) : null;
      if (seen.kind !== 'file' || text === null) return seen;
      const rewritten = rewrite(path, text, 'yours');
      return rewritten === text ? seen : { ...seen, rewritten };
    }),
    moves,
    notes: steps.flatMap((step) => step.notes?.(answers.last) ?? []),
  };
}

/** The path that each renamed file has after all steps. */
function finalNames(steps: readonly Migration[], answers: Answers): Map<string, string> {
  const names = new Map<string, string>();
  for (const moves of steps.map((step) => step.moves?.(answers) ?? new Map<string, string>())) {
    for (const [old, name] of moves) {
      const origin = [...names].find(([, current]) => current === old)?.[0] ?? old;
      names.set(origin, name);
    }
  }
  return names;
}
