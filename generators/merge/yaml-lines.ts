/** Which lines belong to which item. */
import { Untrusted } from './keyed.ts';
import { lineEnd, lineStart } from './offsets.ts';
import { cut } from './yaml-layout.ts';

/** Where an item's lead and its lines begin, and where they end. */
export interface Bounds {
  readonly lead: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Divides lines among the items that begin in them.
 * @param offsets of the keys or dashes
 * @param ends of the values
 * @param nested whether an item has a block, which may end in comments
 */
export function layout(text: string, from: number, to: number, offsets: readonly number[], ends: readonly number[], nested: readonly boolean[]): { column: number; bounds: Bounds[]; trail: string } {
  const first = offsets[0] ?? fail();
  const column = first - lineStart(text, first);
  const bounds: Bounds[] = [];
  let lead = from;
  offsets.forEach((offset, index) => {
    const next = offsets[index + 1];
    const last = lineEnd(text, ends[index] ?? fail());
    const end = nested[index] ? cut(text, last, next === undefined ? to : lineStart(text, next), column) : last;
    bounds.push({ lead, start: lineStart(text, offset), end });
    lead = end;
  });
  return { column, bounds, trail: text.slice(lead, to) };
}

/** For what cannot be, were the parser of another mind about the text. */
export function fail(): never {
  throw new Untrusted('an unexpected layout');
}
