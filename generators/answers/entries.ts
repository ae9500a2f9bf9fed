/** The keys of a mapping in an answers file, with where each stands. */
import { isMap, isScalar, type Node } from 'yaml';
import { quoted } from '../questions/nearest.ts';
import type { Fail } from './parse.ts';

export interface Entry {
  readonly key: string;
  readonly node: Node | null;
  readonly offset: number;
}

/** @param otherwise what is said of a node that is no mapping */
export function mapEntries(node: Node, fail: Fail, otherwise: string): Entry[] {
  if (!isMap(node)) return fail(node.range?.[0] ?? 0, otherwise);
  const seen = new Set<string>();
  return node.items.map((pair) => {
    const written = pair.key as Node;
    const offset = written.range?.[0] ?? 0;
    if (!isScalar(written)) return fail(offset, 'a key is no plain text: write `key: value` lines');
    if (written.source === '') return fail(offset, 'there is no key: write one before the colon');
    const key = String(written.value);
    if (seen.has(key)) fail(offset, `the key ${quoted(key)} is there twice: keep one`);
    seen.add(key);
    return { key, node: pair.value as Node | null, offset };
  });
}

/** Whether a key has no value. */
export function isNothing(node: Node | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}
