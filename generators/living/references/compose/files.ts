/** The Compose files of a project, each read once. */
import { hasMarkers } from '../../../merge/merged.ts';
import type { Texts } from '../texts.ts';
import { readCompose, type Read } from './read.ts';
import { SECTIONS, usesOf, type Section } from './uses.ts';
import { entriesOf, textOf, type Mapping, type Tag, type Value } from './value.ts';

export interface ComposeFile {
  readonly path: string;
  readonly dangling: Read['dangling'];
  readonly sections: ReadonlyMap<Section, { readonly tag: Tag; readonly names: ReadonlyMap<string, Value> }>;
  readonly services: ReadonlyMap<string, ServicePart>;
}

/** What one file says of a service. */
export interface ServicePart {
  readonly tag: Tag;
  /** Whether this file alone says what the service runs. */
  readonly based: boolean;
  readonly attributes: ReturnType<typeof usesOf>;
  /** The directory that it is built from. */
  readonly directory: string | null;
}

export class ComposeFiles {
  readonly files = new Map<string, ComposeFile>();
  /** Path to why it cannot be read; null where a conflict is the reason. */
  readonly malformed = new Map<string, string | null>();

  readonly #texts: Texts;

  /** @param earlier what it has read already is not read again */
  constructor(texts: Texts, earlier?: ComposeFiles) {
    this.#texts = texts;
    for (const [path, text] of texts) {
      if (!/^compose[^/]*\.ya?ml$/.test(path)) continue;
      const same = earlier !== undefined && earlier.#texts.get(path) === text ? earlier.files.get(path) : undefined;
      const read = same === undefined ? readCompose(text) : '';
      if (same !== undefined) this.files.set(path, same);
      else if (typeof read === 'string') this.malformed.set(path, hasMarkers(text) ? null : read);
      else this.files.set(path, fileOf(path, read));
    }
  }
}

/** Directories below services/ that some service is built from. */
export function builtDirectories({ files }: ComposeFiles): ReadonlySet<string> {
  const parts = [...files.values()].flatMap(({ services }) => [...services.values()]);
  return new Set(parts.flatMap(({ directory }) => /^(?:\.\/)?services\/([^/]+)\/?$/.exec(directory ?? '')?.[1] ?? []));
}

function fileOf(path: string, { root, dangling }: Read): ComposeFile {
  const top = entriesOf(root);
  const sections = new Map(SECTIONS.map((section) => [section, { tag: top.get(section)?.tag ?? null, names: entriesOf(top.get(section)) }] as const));
  const services = new Map<string, ServicePart>();
  for (const [name, service] of entriesOf(top.get('services'))) services.set(name, partOf(service.kind === 'map' ? service : { kind: 'map', tag: service.tag, entries: new Map() }));
  return { path, dangling, sections, services };
}

function partOf(service: Mapping): ServicePart {
  const build = service.entries.get('build');
  const based = ['image', 'build', 'extends', 'provider'].some((attribute) => {
    const value = service.entries.get(attribute);
    return value !== undefined && value.tag !== '!reset';
  });
  return { tag: service.tag, based, attributes: usesOf(service), directory: textOf(build) ?? textOf(entriesOf(build).get('context')) };
}
