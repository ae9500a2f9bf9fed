/** The Compose files that are used together, and what is broken in them. */
import type { ComposeFile, ComposeFiles, ServicePart } from './files.ts';
import { SECTIONS, type Section, type Use } from './uses.ts';

/** A reference to something that the files together do not define. */
export interface Broken {
  readonly file: string;
  readonly service: string;
  readonly section: Section;
  readonly name: string;
  readonly says: string;
}

/** All that the files of a set say together. */
export interface Merged {
  readonly defined: ReadonlyMap<Section, ReadonlySet<string>>;
  /** By a key that is the same for the same reference at another time. */
  readonly broken: ReadonlyMap<string, Broken>;
}

const BASE = 'compose.yaml';
const WITH = ['compose.override.yaml', 'compose.deploy.yaml', 'compose.test.yaml'];

/** The sets by their paths: those of the project's commands, and the user's own files on top of each of them. */
export function setsOf(paths: Iterable<string>): readonly (readonly string[])[] {
  const sets = [[BASE], ...WITH.map((path) => [BASE, path])];
  const own = [...paths].filter((path) => path !== BASE && !WITH.includes(path)).sort();
  return [...sets, ...own.flatMap((path) => sets.map((set) => [...set, path]))];
}

/** @returns null where one of the files cannot be read, so that nothing is known of the whole */
export function mergeSet({ files, malformed }: ComposeFiles, set: readonly string[]): Merged | null {
  if (set.some((path) => malformed.has(path))) return null;
  const parts = set.flatMap((path) => files.get(path) ?? []);
  const defined = new Map(SECTIONS.map((section) => [section, definedIn(parts, section)] as const));
  // Compose makes this one itself
  defined.get('networks')?.add('default');
  const broken = new Map<string, Broken>();
  const report = (found: Broken): void => void broken.set([found.file, found.service, found.says, found.name].join('\0'), found);
  for (const [service, of] of servicesOf(parts)) {
    if (!of.based) for (const file of of.files) report({ file, service, section: 'services', name: service, says: 'adds to the service' });
    for (const placed of of.uses.values()) {
      for (const [file, { section, name, says }] of placed) if (!defined.get(section)?.has(name)) report({ file, service, section, name, says });
    }
  }
  return { defined, broken };
}

function definedIn(parts: readonly ComposeFile[], section: Section): Set<string> {
  const defined = new Set<string>();
  for (const part of parts) {
    const { tag, names } = part.sections.get(section) ?? { tag: null, names: new Map() };
    if (tag !== null) defined.clear();
    for (const [name, value] of names) {
      if (value.tag === '!reset') defined.delete(name);
      else defined.add(name);
    }
  }
  return defined;
}

interface Whole {
  based: boolean;
  readonly files: string[];
  /** By attribute. */
  readonly uses: Map<string, (readonly [file: string, use: Use])[]>;
}

function servicesOf(parts: readonly ComposeFile[]): ReadonlyMap<string, Whole> {
  const services = new Map<string, Whole>();
  for (const { path, sections, services: own } of parts) {
    if (sections.get('services')?.tag) services.clear();
    for (const [name, part] of own) {
      if (part.tag !== null) services.delete(name);
      if (part.tag === '!reset') continue;
      const whole = services.get(name) ?? { based: false, files: [], uses: new Map() };
      services.set(name, whole);
      add(whole, path, part);
    }
  }
  return services;
}

function add(whole: Whole, file: string, { based, attributes }: ServicePart): void {
  whole.based ||= based;
  whole.files.push(file);
  for (const { attribute, value, uses } of attributes) {
    const earlier = value.tag === null ? (whole.uses.get(attribute) ?? []) : [];
    const reset = new Set(uses.flatMap((use) => (use.reset ? [use.name] : [])));
    const kept = reset.size === 0 ? earlier : earlier.filter(([, use]) => !reset.has(use.name));
    whole.uses.set(attribute, [...kept, ...uses.filter((use) => !use.reset && value.tag !== '!reset').map((use) => [file, use] as const)]);
  }
}
