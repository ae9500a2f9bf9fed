/** Where the generator's new items go among the user's. */

/**
 * The keys in the merged order: the user's, with each new one behind its nearest predecessor in the generated order that
 * is there, else before its nearest successor, else at the end.
 * @param passes whether a new key has to go behind this one too
 */
export function arrange(
  yours: readonly string[],
  generated: readonly string[],
  passes: (key: string, added: string) => boolean = () => false,
): string[] {
  const there = new Set(yours);
  /** The new keys behind each key that is there; under null those before all of these. */
  const behind = new Map<string | null, string[]>();
  let before: string | null = null;
  for (const key of generated) {
    if (there.has(key)) before = key;
    else behind.set(before, [...(behind.get(before) ?? []), key]);
  }
  const successor = generated.find((key) => there.has(key));
  return ordered(yours, behind, successor, passes);
}

function ordered(yours: readonly string[], behind: ReadonlyMap<string | null, readonly string[]>, successor: string | undefined, passes: (key: string, added: string) => boolean): string[] {
  const order: string[] = [];
  let waiting: readonly string[] = [];
  for (const key of yours) {
    if (key === successor) order.push(...(behind.get(null) ?? []));
    // a new one waits until all that it has to pass are through
    const [first] = waiting;
    if (first !== undefined && !passes(key, first)) {
      order.push(...waiting);
      waiting = [];
    }
    order.push(key);
    waiting = [...waiting, ...(behind.get(key) ?? [])];
  }
  order.push(...waiting);
  if (successor === undefined) order.push(...(behind.get(null) ?? []));
  return order;
}
