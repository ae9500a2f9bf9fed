/** Files of one entry per line, or per few lines. */
import { EMPTY, emptyBlock, Untrusted, type Block, type Item } from './keyed.ts';
import { splitHeading, splitLines } from './text.ts';

/** An entry of such a file; its atom is the whole of it but for a comment behind. */
export interface FlatEntry {
  readonly key: string;
  readonly atom: string;
  readonly after: string;
  readonly value: string;
}

/**
 * @param read what lines that belong together say, null for a comment
 * @param continues whether an entry goes on behind a line
 */
export function parseFlat(text: string, read: (lines: string) => FlatEntry | null, continues: (line: string) => boolean): Block {
  const items: Item[] = [];
  let lead = '';
  for (const lines of joined(text, continues)) {
    const entry = lines.trim() === '' ? null : read(lines);
    if (!entry) {
      lead += lines;
      continue;
    }
    items.push({ ...entry, lead, body: lines, before: '', props: '', own: '', block: null, anchors: [] });
    lead = '';
  }
  if (new Set(items.map(({ key }) => key)).size < items.length) throw new Untrusted('a key that is there twice');
  const [first, ...others] = items;
  if (!first) return emptyBlock(lead);
  const above = splitHeading(first.lead);
  return { ...EMPTY, heading: above.heading, items: [{ ...first, lead: above.lead }, ...others], trail: lead };
}

function joined(text: string, continues: (line: string) => boolean): string[] {
  const joined: string[] = [];
  let open = false;
  for (const line of splitLines(text)) {
    if (open) joined[joined.length - 1] += line;
    else joined.push(line);
    open = continues(line);
  }
  return joined;
}
