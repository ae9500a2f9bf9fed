/** YAML as Compose understands it: aliases and merge keys resolved, its own two tags kept. */

/** `!reset` takes away what earlier files say, `!override` replaces it. */
export type Tag = '!reset' | '!override' | null;

export interface Scalar {
  readonly kind: 'scalar';
  readonly tag: Tag;
  /** As it is written, without quotes. */
  readonly text: string;
}

export interface List {
  readonly kind: 'list';
  readonly tag: Tag;
  readonly items: readonly Value[];
}

export interface Mapping {
  readonly kind: 'map';
  readonly tag: Tag;
  readonly entries: ReadonlyMap<string, Value>;
}

export type Value = Scalar | List | Mapping;

export const NOTHING: Mapping = { kind: 'map', tag: null, entries: new Map() };

export function entriesOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value?.kind === 'map' ? value.entries : NOTHING.entries;
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

/** @returns null where there is no text */
export function textOf(value: Value | undefined): string | null {
  return value?.kind === 'scalar' && value.text !== '' ? value.text : null;
}
