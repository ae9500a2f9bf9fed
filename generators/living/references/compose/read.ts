/** Reads a Compose file into values, in one walk through its nodes. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { NOTHING, type Tag, type Value } from './value.ts';

/** An alias whose anchor is nowhere before it. */
export interface Dangling {
  /** The keys on the way to it, as `services.export`; a sentence needs no more of them than two. */
  readonly place: string;
  readonly anchor: string;
}

export interface Read {
  readonly root: Value;
  readonly dangling: readonly Dangling[];
}

/** @returns why it is no YAML, where it is none */
export function readCompose(text: string): Read | string {
  // Compose reads YAML 1.1, and its tags are no errors
  const document = parseDocument(text, { version: '1.1', merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return error.message;
  const reader = new Reader();
  return { root: reader.read(document.contents, []), dangling: reader.dangling };
}

class Reader {
  readonly dangling: Dangling[] = [];
  readonly #anchors = new Map<string, Value>();

  read(node: unknown, place: readonly string[]): Value {
    if (isAlias(node)) return this.#alias(node.source, place);
    if (isMap(node)) return this.#map(node, place);
    if (isSeq(node)) {
      const items: Value[] = [];
      return this.#named(node.anchor, { kind: 'list', tag: tagOf(node.tag), items }, () => {
        for (const item of node.items) items.push(this.read(item, place));
      });
    }
    if (!isScalar(node)) return { kind: 'scalar', tag: null, text: '' };
    return this.#named(node.anchor, { kind: 'scalar', tag: tagOf(node.tag), text: textOf(node) });
  }

  #map(node: YAMLMap, place: readonly string[]): Value {
    const entries = new Map<string, Value>();
    const merged: Value[] = [];
    return this.#named(node.anchor, { kind: 'map', tag: tagOf(node.tag), entries }, () => {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? textOf(key) : '';
        const read = this.read(value, place.length < 2 ? [...place, name] : place);
        if (isScalar(key) && isMerge(key)) merged.push(...(read.kind === 'list' ? read.items : [read]));
        else entries.set(name, read);
      }
      // what a map says itself wins over what is merged into it, and the first merged over the later ones
      for (const source of merged) if (source.kind === 'map') for (const [name, value] of source.entries) if (!entries.has(name)) entries.set(name, value);
    });
  }

  /** The anchor stands before what it holds, so that an alias inside of itself ends. */
  #named(anchor: string | undefined, value: Value, fill: () => void = () => {}): Value {
    if (anchor !== undefined) this.#anchors.set(anchor, value);
    fill();
    return value;
  }

  #alias(anchor: string, place: readonly string[]): Value {
    const value = this.#anchors.get(anchor);
    if (value === undefined) this.dangling.push({ place: place.join('.'), anchor });
    return value ?? NOTHING;
  }
}

interface Plain {
  readonly value: unknown;
  readonly source?: string;
  readonly type?: string;
}

/** A name like 3.10 or on is no number and no truth value here. */
function textOf({ value, source, type }: Plain): string {
  if (type !== undefined && type !== 'PLAIN') return String(value);
  return value === null || value === undefined ? '' : (source ?? String(value));
}

function isMerge({ source, type }: Plain): boolean {
  return source === '<<' && type === 'PLAIN';
}

function tagOf(tag: string | undefined): Tag {
  return tag === '!reset' || tag === '!override' ? tag : null;
}
