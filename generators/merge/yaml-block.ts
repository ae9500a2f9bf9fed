/** Mappings of YAML as blocks of items. */
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { EMPTY, Untrusted, type Block, type Item } from './keyed.ts';
import { lineEnd } from './offsets.ts';
import { contentEnd, keyStart, separatorOf } from './yaml-layout.ts';
import { fail, layout, type Bounds } from './yaml-lines.ts';
import { parseFlow, parseList } from './yaml-list.ts';
import { anchorsIn, canonicalNode, keyOf, ownOf } from './yaml-value.ts';

/** A mapping whose lines are those from one offset to another. */
export function parseMap(map: YAMLMap, text: string, from: number, to: number): Block {
  const offsets = map.items.map(keyStart);
  const ends = map.items.map((pair) => contentEnd(pair.value, text, separatorOf(pair).props[1]));
  const nested = map.items.map(({ value }) => (isMap(value) || isSeq(value)) && !value.flow);
  const { column, bounds, trail } = layout(text, from, to, offsets, ends, nested);
  const items = map.items.map((pair, index) => parsePair(pair, text, bounds[index] ?? fail(), ends[index] ?? fail()));
  if (new Set(items.map(({ key }) => key)).size < items.length) throw new Untrusted('a key that is there twice');
  return { ...EMPTY, container: false, items, trail, indent: column };
}

function parsePair(pair: Pair, text: string, { lead, start, end }: Bounds, valueEnd: number): Item {
  const { value } = pair;
  const { colon, props } = separatorOf(pair);
  const body = text.slice(start, end);
  const common = { key: keyOf(pair.key), lead: text.slice(lead, start), body, own: ownOf(value), value: canonicalNode(value), anchors: anchorsIn(value) };
  const head = lineEnd(text, colon);
  const isBlock = (isMap(value) || isSeq(value)) && !value.flow;
  if (isBlock && props[1] < head) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const block = isMap(value) ? parseMap(value, text, head, end) : parseList(value, text, head, end, name);
    const source = text.slice(...props);
    return { ...common, before: text.slice(start, props[0]).trimEnd(), atom: source, props: source, after: text.slice(props[1], head), block };
  }
  const rest = text.slice(valueEnd, end);
  if (!isBlock && !/^[ \t]*(?:#[^\n]*)?\r?\n$/.test(rest)) throw new Untrusted('something behind a value');
  const begin = valueStart(pair, text, props, valueEnd);
  const atom = text.slice(begin, valueEnd);
  const block = isSeq(value) && value.flow ? parseFlow(value, text, atom, String(keyOf(pair.key))) : null;
  return { ...common, before: text.slice(start, begin), atom, props: text.slice(...props), after: isBlock ? '\n' : rest, block };
}

/** Where a value begins, with its anchor and tag. */
function valueStart({ value }: Pair, text: string, props: readonly [number, number], valueEnd: number): number {
  if (props[0] < props[1]) return props[0];
  const start = (value as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? valueEnd;
  return Math.min(start, valueEnd, text.length);
}
