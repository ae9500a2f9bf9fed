/** What a service of a Compose file refers to, attribute by attribute. */
import { entriesOf, itemsOf, textOf, type Mapping, type Value } from './value.ts';

export const SECTIONS = ['services', 'networks', 'volumes', 'secrets', 'configs'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Use {
  readonly section: Section;
  readonly name: string;
  /** As a sentence has it between the service and the name. */
  readonly says: string;
  /** Whether it takes away what an earlier file says. */
  readonly reset: boolean;
}

type Named = readonly (readonly [name: string, value: Value])[];

interface Attribute {
  readonly name: string;
  readonly section: Section;
  readonly says: string;
  readonly read: (value: Value) => Named;
}

/** Once per attribute; `build` brings its own secrets and services. */
const ATTRIBUTES: readonly Attribute[] = [
  { name: 'networks', section: 'networks', says: 'uses the network', read: listOrMap },
  { name: 'depends_on', section: 'services', says: 'depends on the service', read: (value) => listOrMap(value).filter(([, how]) => textOf(entriesOf(how).get('required')) !== 'false') },
  { name: 'secrets', section: 'secrets', says: 'uses the secret', read: shortOrLong },
  { name: 'configs', section: 'configs', says: 'uses the config', read: shortOrLong },
  { name: 'volumes', section: 'volumes', says: 'uses the volume', read: (value) => named(value, volumeOf) },
  { name: 'links', section: 'services', says: 'links to the service', read: (value) => named(value, (item) => head(textOf(item))) },
  { name: 'volumes_from', section: 'services', says: 'mounts the volumes of the service', read: (value) => named(value, (item) => (textOf(item)?.startsWith('container:') ? null : head(textOf(item)))) },
  { name: 'extends', section: 'services', says: 'extends the service', read: (value) => only(value, value.kind === 'map' ? extended(value) : textOf(value)) },
  ...['network_mode', 'pid', 'ipc'].map((name): Attribute => ({ name, section: 'services', says: 'shares a namespace with the service', read: (value) => only(value, serviceOf(textOf(value))) })),
];

const BUILD: readonly Attribute[] = [
  { name: 'secrets', section: 'secrets', says: 'is built with the secret', read: shortOrLong },
  { name: 'additional_contexts', section: 'services', says: 'is built from the service', read: (value) => named(value, (item) => serviceOf(textOf(item)?.replace(/^[^=]*=/, '') ?? null)) },
];

/** The uses of each attribute of a service that has any, with the attribute's own value, whose tag may change earlier files. */
export function usesOf(service: Mapping): readonly { readonly attribute: string; readonly value: Value; readonly uses: readonly Use[] }[] {
  const build = service.entries.get('build');
  return [...among(ATTRIBUTES, service.entries, ''), ...(build === undefined ? [] : among(BUILD, entriesOf(build), 'build.'))];
}

function among(attributes: readonly Attribute[], entries: ReadonlyMap<string, Value>, prefix: string): { attribute: string; value: Value; uses: Use[] }[] {
  return attributes.flatMap(({ name, section, says, read }) => {
    const value = entries.get(name);
    if (value === undefined) return [];
    // what a variable of the environment says is not known
    const uses = read(value).flatMap(([target, how]): Use[] => (target.includes('$') ? [] : [{ section, name: target, says, reset: how.tag === '!reset' }]));
    return [{ attribute: `${prefix}${name}`, value, uses }];
  });
}

function listOrMap(value: Value): Named {
  return value.kind === 'map' ? [...value.entries] : named(value, textOf);
}

function shortOrLong(value: Value): Named {
  return named(value, (item) => textOf(item) ?? textOf(entriesOf(item).get('source')));
}

function named(value: Value, nameOf: (item: Value) => string | null): Named {
  const items = value.kind === 'map' ? [...value.entries.values()] : itemsOf(value);
  return items.flatMap((item) => only(item, nameOf(item)));
}

function only(value: Value, name: string | null): Named {
  return name === null ? [] : [[name, value]];
}

/** The service that is extended, where it is one of this project's Compose files and not of another's. */
function extended(value: Mapping): string | null {
  return value.entries.has('file') ? null : textOf(value.entries.get('service'));
}

/** `name:/path`, or long with `type: volume`; a path of the host begins with a sign of its own. */
function volumeOf(item: Value): string | null {
  if (item.kind === 'map') return textOf(item.entries.get('type')) === 'volume' ? textOf(item.entries.get('source')) : null;
  return /^([A-Za-z0-9][\w.-]+):\//.exec(textOf(item) ?? '')?.[1] ?? null;
}

function head(text: string | null): string | null {
  return text?.split(':')[0] ?? null;
}

function serviceOf(text: string | null): string | null {
  return text?.startsWith('service:') ? text.slice('service:'.length) : null;
}
