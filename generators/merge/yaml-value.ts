/** What YAML nodes mean, in a form that can be compared. */
import { isAlias, isMap, isPair, isScalar, isSeq, visit, type Document, type Node } from 'yaml';
import { canonicalList, canonicalMap, type Entry } from './keyed.ts';

/** The canonical form: with anchors and tags, aliases by their name, numbers by their source since 3.10 is no 3.1. */
export function canonicalNode(node: unknown): string {
  if (isAlias(node)) return JSON.stringify(['alias', node.source]);
  const own = ownOf(node);
  if (isMap(node)) return canonicalMap(own, node.items.map((pair): Entry => [keyOf(pair.key), canonicalNode(pair.value)]));
  if (isSeq(node)) return canonicalList(own, node.items.map((item): Entry => ['', canonicalNode(item)]));
  if (isPair(node)) return canonicalMap(own, [[keyOf(node.key), canonicalNode(node.value)]]);
  if (!isScalar(node)) return JSON.stringify([own, 'null', '']);
  const { value, source } = node;
  return JSON.stringify([own, value === null ? 'null' : typeof value, typeof value === 'number' ? (source ?? String(value)) : String(value)]);
}

/** The anchor and the tag of a node. */
export function ownOf(node: unknown): string {
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return '';
  return [...(node.anchor === undefined ? [] : [`&${node.anchor}`]), ...(node.tag === undefined ? [] : [node.tag])].join(' ');
}

/** A key that tells the text "8080" from the number. */
export function keyOf(node: unknown): string {
  if (isScalar(node) && typeof node.value === 'string') return node.value;
  return isScalar(node) && node.source === '<<' ? '<<' : canonicalNode(node);
}

export function anchorsIn(node: unknown): string[] {
  const anchors: string[] = [];
  visit(node as Node | null, (_key, child) => {
    if ((isScalar(child) || isMap(child) || isSeq(child)) && child.anchor !== undefined) anchors.push(child.anchor);
  });
  return anchors;
}

/** The names of aliases whose anchor is not defined before them. */
export function danglingAliases(document: Document): Set<string> {
  const anchors = new Set<string>();
  const dangling = new Set<string>();
  visit(document, (_key, node) => {
    if (isAlias(node)) {
      if (!anchors.has(node.source)) dangling.add(node.source);
    } else if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) anchors.add(node.anchor);
  });
  return dangling;
}
