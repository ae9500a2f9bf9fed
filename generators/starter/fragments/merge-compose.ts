/** Merges the data of Compose files: mappings by key, lists by adding to them; anything else is replaced. */

export type Mapping = Readonly<Record<string, unknown>>;

/** Lists that are one thing together; Compose replaces them, too, when it merges files. */
const WHOLE: ReadonlySet<string> = new Set(['command', 'entrypoint', 'test']);
/** What can be written as a list of `KEY=VALUE`, and the value of a key that stands alone. */
const PAIRS: ReadonlyMap<string, string | null> = new Map([
  ['environment', null],
  ['args', null],
  ['labels', ''],
  ['annotations', ''],
  ['extra_hosts', ''],
  ['sysctls', ''],
]);
/** What can be written as a list of names, and what each is short for. */
const NAMES: ReadonlyMap<string, Mapping | null> = new Map([
  ['networks', null],
  ['depends_on', { condition: 'service_started' }],
]);
/** Lists of which one item can be written as text. */
const ONE_OR_MORE: ReadonlySet<string> = new Set(['dns', 'dns_search', 'env_file', 'tmpfs']);

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Our keys first, in their order. Only own keys are looked at and made: none has a meaning to JavaScript. */
export function mergeMappings(ours: Mapping, added: Mapping): Mapping {
  const entries = new Map(Object.entries(ours));
  for (const [key, value] of Object.entries(added)) entries.set(key, entries.has(key) ? mergeValues(entries.get(key), value, key) : value);
  return Object.fromEntries(entries);
}

/** @param key what both are the values of */
function mergeValues(ours: unknown, added: unknown, key: string): unknown {
  if (WHOLE.has(key)) return added;
  if (isMapping(ours) || isMapping(added)) {
    const [before, more] = [mappingOf(ours, key), mappingOf(added, key)];
    return before === null || more === null ? added : mergeMappings(before, NAMES.has(key) ? withMoreToSay(more, before, !isMapping(added)) : more);
  }
  const [before, more] = [listOf(ours, key), listOf(added, key)];
  return before === null || more === null ? added : [...before, ...withoutDoubles(more, before)];
}

/** A mapping, or the one that a list is short for; null where there is none. */
function mappingOf(value: unknown, key: string): Mapping | null {
  if (isMapping(value)) return value;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return null;
  const named = NAMES.get(key);
  if (named !== undefined) return Object.fromEntries(value.map((name) => [name, named]));
  const alone = PAIRS.get(key);
  return alone === undefined ? null : Object.fromEntries(value.map((item) => pairOf(item, key, alone)));
}

function pairOf(item: string, key: string, alone: string | null): readonly [string, string | null] {
  // hosts can have a colon in the place of the sign
  const [, name = item, value = alone] = (key === 'extra_hosts' && !item.includes('=') ? /^([^:]*):(.*)$/s : /^([^=]*)=(.*)$/s).exec(item) ?? [];
  return [name, value];
}

/** Without the names that are there already and only named again: that a service is waited for does not say for how long. */
function withMoreToSay(added: Mapping, ours: Mapping, listed: boolean): Mapping {
  return Object.fromEntries(Object.entries(added).filter(([name, value]) => !Object.hasOwn(ours, name) || (!listed && value !== null)));
}

function listOf(value: unknown, key: string): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return ONE_OR_MORE.has(key) && typeof value === 'string' ? [value] : null;
}

function withoutDoubles(added: readonly unknown[], ours: readonly unknown[]): readonly unknown[] {
  const seen = new Set(ours.map(canonical));
  return added.filter((item) => seen.size !== seen.add(canonical(item)).size);
}

/** The same text for equal data, in whatever order its keys are. */
function canonical(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => (isMapping(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
}
