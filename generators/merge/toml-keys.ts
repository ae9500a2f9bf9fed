import type { AST } from 'toml-eslint-parser';
import { canonicalToml } from './toml-value.ts';
import { occurrences } from './keyed.ts';

/** Keys of arrays of tables that name their elements. */
const NAMES = new Set(['name', 'module']);

/**
 * The key of each table: its path; of an element of an array the path and what it is named, which stays the same when
 * another element comes before it.
 */
export function tableKeys(tables: readonly AST.TOMLTable[]): string[] {
  const elements = new Map<string, string>();
  const named = occurrences(tables.map((table) => JSON.stringify([table.kind, pathOf(table), table.kind === 'array' ? nameOf(table) : ''])));
  return tables.map((table, index) => {
    const path = table.resolvedKey;
    // A table inside an element of an array is the element's.
    const parent = path.map((_part, length) => elements.get(JSON.stringify(path.slice(0, length)))).findLast((key) => key !== undefined);
    const key = table.kind === 'array' ? (named[index] ?? '') : JSON.stringify([table.kind, pathOf(table), '']);
    const whole = parent === undefined ? key : `${parent}/${key}`;
    if (table.kind === 'array') elements.set(JSON.stringify(path), whole);
    return whole;
  });
}

function pathOf(table: AST.TOMLTable): (string | number)[] {
  return table.resolvedKey.filter((part) => typeof part === 'string');
}

function nameOf({ body }: AST.TOMLTable): string {
  const pair = body.find(({ key }) => key.keys.length === 1 && key.keys[0]?.type === 'TOMLBare' && NAMES.has(key.keys[0].name));
  return pair ? canonicalToml(pair.value) : '';
}
