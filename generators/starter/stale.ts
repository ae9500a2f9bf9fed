/** Overrides of our templates that have gone stale: ours has changed since the starter took it over. */
import type { Sources } from '../render/file-map.ts';
import { titleOf } from './brought.ts';
import type { Starter } from './starter.ts';

export type State =
  /** Ours is as it was. */
  | 'fresh'
  /** Ours has changed. */
  | 'stale'
  /** Nobody knows what ours was like. */
  | 'unrecorded';

export interface Override {
  /** Below templates/, with `.ejs`. */
  readonly path: string;
  readonly state: State;
  /** Ours as it was, where that is known. */
  readonly then: string | null;
  readonly now: string;
}

/** The templates of a starter that take the place of one of ours. */
export function overridesOf({ templates, overridden }: Pick<Starter, 'templates' | 'overridden'>, ours: Sources['templates']): readonly Override[] {
  return [...templates.keys()].flatMap((written) => {
    const path = written.endsWith('.ejs') ? written : `${written}.ejs`;
    const now = ours.get(path);
    if (now === undefined) return [];
    const then = overridden.get(path) ?? null;
    return [{ path, state: then === null ? 'unrecorded' : then === now ? 'fresh' : 'stale', then, now }];
  });
}

/** What the owner of a project should know of its starters' overrides, a sentence each. */
export function staleNotes(starters: readonly Starter[], ours: Sources['templates']): readonly string[] {
  return starters.flatMap((starter) => {
    const stale = overridesOf(starter, ours).filter(({ state }) => state === 'stale').map(({ path }) => path);
    if (stale.length === 0) return [];
    const { owner, contact } = starter.company;
    const who = [owner, contact].filter((part) => part !== undefined && part !== '').join(', ');
    return [`starter ${titleOf(starter)} overrides ${stale.join(', ')}, which pycompose has changed since: its overrides are stale until ${who === '' ? 'its authors look at them' : `${who} looks at them`} (\`pycompose starter check\`)`];
  });
}
