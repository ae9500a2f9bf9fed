/** The keys and values of one TOML table. */
import type { AST } from 'toml-eslint-parser';
import { EMPTY, Untrusted, occurrences, type Block, type Item } from './keyed.ts';
import { canonicalToml, keyOf } from './toml-value.ts';
import { lineEnd, lineStart } from './offsets.ts';

/** A table whose lines are those from one offset to another. */
export function parseKeyValues(pairs: readonly AST.TOMLKeyValue[], text: string, from: number, to: number): Block {
  let at = from;
  const items = pairs.map((pair): Item => {
    const start = lineStart(text, pair.range[0]);
    const end = lineEnd(text, pair.range[1]);
    const lead = text.slice(at, start);
    at = end;
    const [begin, stop] = pair.value.range;
    const after = text.slice(stop, end);
    if (!/^[ \t]*(?:#[^\n]*)?\r?\n?$/.test(after)) throw new Untrusted('something behind a value');
    return {
      key: keyOf(pair.key),
      lead,
      body: text.slice(start, end),
      before: text.slice(start, begin),
      atom: text.slice(begin, stop),
      props: '',
      after,
      own: '',
      block: pair.value.type === 'TOMLArray' ? parseArray(pair.value, text) : null,
      value: canonicalToml(pair.value),
      anchors: [],
    };
  });
  return { ...EMPTY, container: false, items, trail: text.slice(at, to) };
}

/** An array on one line; a longer one is left whole. */
function parseArray({ elements, range }: AST.TOMLArray, text: string): Block | null {
  if (text.slice(...range).includes('\n')) return null;
  const values = elements.map(canonicalToml);
  const keys = occurrences(values);
  const items = elements.map((element, index): Item => {
    const atom = text.slice(...element.range);
    const value = values[index] ?? '';
    return { key: keys[index] ?? '', lead: '', body: atom, before: '', atom, props: '', after: '', own: '', block: null, value, anchors: [] };
  });
  return { ...EMPTY, kind: 'list', flow: true, container: false, items };
}
