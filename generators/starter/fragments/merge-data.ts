/** Merges data of Compose files, whose lists and mappings say the same in two ways. */

export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** Keys whose lists are of `KEY=VALUE`. */
const PAIRS = new Set(['environment', 'labels', 'annotations', 'sysctls', 'args', 'driver_opts']);

export function isRecord(value: unknown): value is { readonly [key: string]: Data } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param key the key that both stand at */
export function merged(old: Data, more: Data, key = ''): Data {
  const [one, other] = alike(old, more, key);
  if (Array.isArray(one) && Array.isArray(other)) {
    const there = new Set(one.map((item) => JSON.stringify(item)));
    return [...(one as readonly Data[]), ...(other as readonly Data[]).filter((item) => !there.has(JSON.stringify(item)))];
  }
  if (!isRecord(one) || !isRecord(other)) return more;
  const result = new Map(Object.entries(one));
  for (const [name, value] of Object.entries(other)) {
    const before = result.get(name);
    result.set(name, before === undefined ? value : merged(before, value, name));
  }
  return Object.fromEntries(result);
}

/** Both as mappings, where one of them is and the other is a list that says the same. */
function alike(old: Data, more: Data, key: string): readonly [Data, Data] {
  if (isRecord(old) && Array.isArray(more)) return [old, asMapping(more as readonly Data[], key) ?? more];
  if (Array.isArray(old) && isRecord(more)) return [asMapping(old as readonly Data[], key) ?? old, more];
  return [old, more];
}

function asMapping(list: readonly Data[], key: string): Data | null {
  if (!list.every((item) => typeof item === 'string')) return null;
  if (PAIRS.has(key)) return Object.fromEntries(list.map((item) => [item.replace(/=.*/s, ''), item.includes('=') ? item.slice(item.indexOf('=') + 1) : null]));
  if (key === 'networks') return Object.fromEntries(list.map((item) => [item, null]));
  if (key === 'depends_on') return Object.fromEntries(list.map((item) => [item, { condition: 'service_started' }]));
  return null;
}
