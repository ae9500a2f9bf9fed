import { getStaticTOMLValue, type AST } from 'toml-eslint-parser';
import { canonicalList, canonicalMap, type Entry } from './keyed.ts';

/** What a TOML value means; numbers and dates by their source, so that 1.0 is no 1. */
export function canonicalToml(node: AST.TOMLContentNode): string {
  if (node.type === 'TOMLArray') return canonicalList('', node.elements.map((element): Entry => ['', canonicalToml(element)]));
  if (node.type === 'TOMLInlineTable') return canonicalMap('', node.body.map((pair): Entry => [keyOf(pair.key), canonicalToml(pair.value)]));
  const value: unknown = getStaticTOMLValue(node);
  return JSON.stringify([node.kind, value instanceof Date ? value.toISOString() : String(value)]);
}

/** A dotted key with its parts told apart. */
export function keyOf({ keys }: AST.TOMLKey): string {
  const parts = keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  return parts.length === 1 ? (parts[0] ?? '') : JSON.stringify(parts);
}
