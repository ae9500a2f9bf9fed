/** Lists of YAML as blocks of items. */
import { isScalar, type YAMLSeq } from 'yaml';
import { EMPTY, occurrences, type Block, type Item } from './keyed.ts';
import { contentEnd, dashes } from './yaml-layout.ts';
import { fail, layout } from './yaml-lines.ts';
import { anchorsIn, canonicalNode, ownOf } from './yaml-value.ts';

/** Lists that are programs with their arguments. */
const ORDERED = new Set(['command', 'entrypoint', 'test', 'args']);

/** A list of lines with dashes, which are those from one offset to another. */
export function parseList(list: YAMLSeq, text: string, from: number, to: number, name: string): Block {
  const offsets = dashes(list);
  const ends = list.items.map((item, index) => contentEnd(item, text, (offsets[index] ?? fail()) + 1));
  // A comment that is indented as far as the dashes belongs to the list.
  const { column, bounds, trail } = layout(text, from, to, offsets, ends, list.items.map(() => false));
  const values = list.items.map(canonicalNode);
  const keys = occurrences(values);
  const items = list.items.map((node, index): Item => {
    const { lead, start, end } = bounds[index] ?? fail();
    const body = text.slice(start, end);
    const begin = (offsets[index] ?? fail()) + 1;
    const atom = text.slice(begin, ends[index]).trim();
    const value = values[index] ?? '';
    return { key: keys[index] ?? '', lead: text.slice(lead, start), body, before: '', atom, props: '', after: '', own: '', block: null, value, anchors: anchorsIn(node) };
  });
  return { ...EMPTY, kind: 'list', ordered: ORDERED.has(name), container: false, items, trail, indent: column };
}

/** A list between brackets on one line; a longer one is left whole. */
export function parseFlow(list: YAMLSeq, text: string, atom: string, name: string): Block | null {
  if (atom.includes('\n') || ownOf(list).includes('&')) return null;
  const plain = list.items.every((item) => isScalar(item) && item.anchor === undefined && item.tag === undefined && item.source !== undefined);
  if (!plain) return null;
  const values = list.items.map(canonicalNode);
  const keys = occurrences(values);
  const items = list.items.map((item, index): Item => {
    const [start, end] = isScalar(item) ? (item.range ?? fail()) : fail();
    const atom = text.slice(start, end);
    const value = values[index] ?? '';
    return { key: keys[index] ?? '', lead: '', body: atom, before: '', atom, props: '', after: '', own: '', block: null, value, anchors: [] };
  });
  return { ...EMPTY, kind: 'list', flow: true, ordered: ORDERED.has(name), container: false, items };
}
