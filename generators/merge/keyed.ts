/**
 * What YAML, TOML, env and requirements files are to the merge: items in order, each with a key, which keep their source.
 * Heading, leads, bodies and trails, one after the other, are exactly the text.
 */

export interface Block {
  /** In a list an item's key is its value: it can come and go, but not change. */
  readonly kind: 'map' | 'list';
  /** A list on one line between brackets; its items' bodies are the bare sources. */
  readonly flow: boolean;
  /** A list like a command, whose order means something and whose items may repeat; other lists are sets. */
  readonly ordered: boolean;
  /** Holds independent things, as `services:` does: what is left of it after a removal makes sense on its own. */
  readonly container: boolean;
  /** The comment at the beginning of a file, which belongs to no item. */
  readonly heading: string;
  readonly items: readonly Item[];
  /** Blank and comment lines behind the last item. */
  readonly trail: string;
  /** The column of the items. */
  readonly indent: number;
}

export interface Item {
  readonly key: string;
  /** The blank and comment lines directly above, which belong to the item. */
  readonly lead: string;
  /** The item's whole lines, without the lead. */
  readonly body: string;
  /** The body up to the value: `  image: `. */
  readonly before: string;
  /** The source of the value; for a block of lines what stands before it, like an anchor and a tag. */
  readonly atom: string;
  /** The source of the anchor and the tag alone. */
  readonly props: string;
  /** What follows the atom on its line: a comment and the line's end. */
  readonly after: string;
  /** A canonical form of the anchor and the tag before the value. */
  readonly own: string;
  readonly block: Block | null;
  /** The value's canonical form, which knows nothing of comments, quotes, spacing and the order of a mapping. */
  readonly value: string;
  /** The anchors that are defined in the item. */
  readonly anchors: readonly string[];
}

/** A key (in a list: an occurrence) and its canonical value. */
export type Entry = readonly [key: string, value: string];

/** Thrown by a parser for a text that the keyed merge should leave to the merge by line. */
export class Untrusted extends Error {}

export function canonicalMap(own: string, entries: readonly Entry[]): string {
  return JSON.stringify([own, 'map', [...entries].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function canonicalList(own: string, entries: readonly Entry[]): string {
  return JSON.stringify([own, 'list', entries.map(([, value]) => value)]);
}

export function canonical(own: string, kind: Block['kind'], entries: readonly Entry[]): string {
  return kind === 'map' ? canonicalMap(own, entries) : canonicalList(own, entries);
}

export function entriesOf(block: Block): Entry[] {
  return block.items.map(({ key, value }): Entry => [key, value]);
}

/** Keys of list items: the value, and for a repetition its number. */
export function occurrences(values: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return values.map((value) => {
    const count = seen.get(value) ?? 0;
    seen.set(value, count + 1);
    return count === 0 ? value : `${value}#${count}`;
  });
}

/** The block's source, byte for byte; of a flow list the items alone, since the brackets belong to its item. */
export function sourceOf(block: Block): string {
  return block.heading + block.items.map(({ lead, body }) => lead + body).join('') + block.trail;
}

export const EMPTY: Block = { kind: 'map', flow: false, ordered: false, container: true, heading: '', items: [], trail: '', indent: 0 };

/** A text without items; comments alone could stand above or below what the other side has. */
export function emptyBlock(text: string): Block {
  if (text.trim() !== '') throw new Untrusted('only comments');
  return { ...EMPTY, trail: text };
}
