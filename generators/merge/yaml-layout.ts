/** Where nodes stand in the text. */
import { isAlias, isMap, isScalar, isSeq, type CST, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { Untrusted } from './keyed.ts';
import { splitLines } from './text.ts';

/** What stands between a key and its value. */
export interface Separator {
  /** Behind the colon. */
  readonly colon: number;
  /** Where the anchor and the tag begin and end; both behind the colon where there are none. */
  readonly props: readonly [start: number, end: number];
}

export function separatorOf(pair: Pair): Separator {
  const tokens = pair.srcToken?.sep ?? [];
  const indicator = tokens.find((token) => token.type === 'map-value-ind');
  if (!indicator || pair.srcToken?.start.some(({ type }) => type === 'explicit-key-ind' || type === 'anchor' || type === 'tag')) {
    throw new Untrusted('an unusual key');
  }
  const colon = indicator.offset + 1;
  return { colon, props: propsAt(tokens, colon) };
}

function propsAt(tokens: readonly CST.SourceToken[], otherwise: number): readonly [number, number] {
  const props = tokens.filter(({ type }) => type === 'anchor' || type === 'tag');
  const last = props.at(-1);
  return [props[0]?.offset ?? otherwise, last ? last.offset + last.source.length : otherwise];
}

/** The offset of a key. */
export function keyStart(pair: Pair): number {
  const key = pair.srcToken?.key;
  if (!key || !isScalar(pair.key)) throw new Untrusted('an unusual key');
  return key.offset;
}

/** The offsets of the dashes of a list. */
export function dashes(list: YAMLSeq): number[] {
  const token = list.srcToken as CST.BlockSequence | undefined;
  return (token?.items ?? []).map(({ start }) => {
    const dash = start.find(({ type }) => type === 'seq-item-ind');
    if (!dash) throw new Untrusted('a list without dashes');
    return dash.offset;
  });
}

/** Where the text of a value ends, without a comment behind it. */
export function contentEnd(node: unknown, text: string, otherwise: number): number {
  if (isMap(node) && !node.flow) return pairEnd(node, text);
  if (isSeq(node) && !node.flow) {
    const from = dashes(node).at(-1) ?? otherwise;
    return contentEnd(node.items.at(-1), text, Math.max(from + 1, propsEnd(node)));
  }
  if (!isScalar(node) && !isAlias(node) && !isMap(node) && !isSeq(node)) return otherwise;
  if (isScalar(node) && (node.source === undefined || node.source === '') && node.type === 'PLAIN') return otherwise;
  const [start, end] = node.range ?? [otherwise, otherwise];
  const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  if (!isBlock) return end;
  // Blank lines behind a block scalar are part of it only where its head says so with a plus.
  const keeps = /^[|>][^\n]*\+/.test(text.slice(start));
  return keeps ? end - 1 : start + text.slice(start, end).trimEnd().length;
}

function propsEnd(list: YAMLSeq): number {
  const token = list.srcToken as CST.BlockSequence | undefined;
  return propsAt(token?.items.at(-1)?.start ?? [], 0)[1];
}

function pairEnd(map: YAMLMap, text: string): number {
  const last = map.items.at(-1);
  if (!last) throw new Untrusted('a mapping without a line');
  return contentEnd(last.value, text, separatorOf(last).props[1]);
}

/**
 * Where the lines between two items are cut: comments that are indented further than the items belong to the block in
 * the upper one, the rest is the lead of the lower one.
 */
export function cut(text: string, from: number, to: number, column: number): number {
  let at = from;
  let end = from;
  for (const line of splitLines(text.slice(from, to))) {
    at += line.length;
    if (/^ *#/.test(line) && line.indexOf('#') > column) end = at;
  }
  return end;
}
