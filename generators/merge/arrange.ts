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
  const order = [...yours];
  const known = new Set(yours);
  generated.forEach((key, index) => {
    if (known.has(key)) return;
    order.splice(place(order, generated, index, passes), 0, key);
    known.add(key);
  });
  return order;
}

function place(order: readonly string[], generated: readonly string[], index: number, passes: (key: string, added: string) => boolean): number {
  const added = generated[index] ?? '';
  for (const before of generated.slice(0, index).reverse()) {
    let at = order.indexOf(before);
    if (at < 0) continue;
    do at++;
    while (at < order.length && passes(order[at] ?? '', added));
    return at;
  }
  for (const after of generated.slice(index + 1)) {
    const at = order.indexOf(after);
    if (at >= 0) return at;
  }
  return order.length;
}
