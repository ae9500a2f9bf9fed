/** The three-way merge of lists, by the canonical values of their items. */
import { diff3Merge } from 'node-diff3';
import { arrange } from './arrange.ts';

/** An item that is in the result, or items of the two sides that exclude each other; all by key. */
export type Step = string | { readonly yours: readonly string[]; readonly base: readonly string[]; readonly generated: readonly string[] };

type Keys = readonly string[];

/** A list whose order means something: by position, and what both sides changed in one place is a conflict. */
export function planOrdered(base: Keys, yours: Keys, generated: Keys): Step[] {
  return regions(base, yours, generated).flatMap(({ ok, conflict }): Step[] =>
    conflict ? [{ yours: conflict.a, base: conflict.o, generated: conflict.b }] : (ok ?? []),
  );
}

/**
 * A list that is a set: what either side added is in, what either side removed is out. It is a conflict where both put
 * something else in the place of the same item.
 */
export function planSet(base: Keys, yours: Keys, generated: Keys): Step[] {
  const b = new Set(base);
  const y = new Set(yours);
  const g = new Set(generated);
  const clashes = regions(base, yours, generated)
    .flatMap(({ conflict }) => (conflict ? [conflict] : []))
    .map((conflict) => ({
      yours: conflict.a.filter((key) => !b.has(key) && !g.has(key)),
      base: conflict.o.filter((key) => !y.has(key) && !g.has(key)),
      generated: conflict.b.filter((key) => !b.has(key) && !y.has(key)),
    }))
    .filter((clash) => clash.yours.length > 0 && clash.base.length > 0 && clash.generated.length > 0);
  const decided = new Set(clashes.flatMap((clash) => [...clash.yours, ...clash.generated]));
  const order = arrange(yours, generated.filter((key) => !decided.has(key)));
  return order.flatMap((key): Step[] => {
    const clash = clashes.find((candidate) => candidate.yours[0] === key);
    if (clash) return [clash];
    if (decided.has(key)) return [];
    return y.has(key) ? (b.has(key) && !g.has(key) ? [] : [key]) : b.has(key) ? [] : [key];
  });
}

function regions(base: Keys, yours: Keys, generated: Keys): ReturnType<typeof diff3Merge<string>> {
  return diff3Merge<string>([...yours], [...base], [...generated], { excludeFalseConflicts: true });
}
