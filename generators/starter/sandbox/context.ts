/**
 * Contexts as text, for the sandbox: a table of objects, each with its plain values in place, and links between them, so that
 * what is one object out here is one in there (a template may compare `service` with `project.root`). Maps stay Maps, and
 * undefined stays undefined.
 */
export interface EncodedContext {
  /** JSON that prelude.ts reads. */
  readonly text: string;
  /** Where each object is in the table. */
  readonly places: ReadonlyMap<object, number>;
  readonly size: number;
}

type Plain = string | number | boolean | null;
type Link = readonly [from: number, key: string | number, to: number];

/** The place that undefined is at: outside the table. */
const NOWHERE = -1;

/** @param known the context whose table this one goes on with, and whose objects it may hold */
export function encodeContext(context: object, known?: EncodedContext): EncodedContext {
  const first = known?.size ?? 0;
  const places = new Map<object, number>();
  const nodes: (Plain[] | Record<string, Plain>)[] = [];
  const links: Link[] = [];
  const maps: number[] = [];
  const waiting: object[] = [];

  const place = (value: object): number => {
    const at = known?.places.get(value) ?? places.get(value);
    if (at !== undefined) return at;
    places.set(value, first + places.size);
    waiting.push(value);
    return first + places.size - 1;
  };
  const cell = (value: unknown, from: number, key: string | number): Plain => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
    if (value !== undefined && typeof value !== 'object') throw new Error(`templates of starters see data alone, and ${key} is a ${typeof value}`);
    links.push([from, key, value === undefined ? NOWHERE : place(value)]);
    return null;
  };

  place(context);
  for (let index = 0; index < waiting.length; index += 1) {
    const value = waiting[index] as object;
    const at = first + index;
    if (value instanceof Map) maps.push(at);
    if (value instanceof Map) nodes.push([...value].flat(1).map((item, key) => cell(item, at, key)));
    else if (Array.isArray(value)) nodes.push(value.map((item, key) => cell(item, at, key)));
    else nodes.push(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cell(item, at, key)])));
  }
  return { text: JSON.stringify({ nodes, links, maps }), places, size: first + places.size };
}
