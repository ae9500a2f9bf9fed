/** Fragments of Compose files: data that is merged into the data of ours before it is printed. */
import type { ComposeFile } from '../../render/compose/model.ts';
import { isMapping, mergeMappings, type Mapping } from './merge-compose.ts';

export { readComposeFragment } from './read-compose.ts';

/** A fragment as data: services, networks, volumes, secrets and so on. */
export type ComposeFragment = Readonly<Record<string, unknown>>;

export interface Spots {
  /** The Compose name of each process of the Python services, and what it is. */
  readonly processes: ReadonlyMap<string, { readonly role: string; readonly kind: string; readonly framework: string }>;
  /** The names of components, whether this project has them or not. */
  readonly components: ReadonlySet<string>;
  /** The kinds that starters bring, whether this project has services of them or not. */
  readonly kinds?: ReadonlySet<string>;
}

export interface PlacedCompose {
  readonly file: ComposeFile;
  /** Spots of the fragment that the file does not have. */
  readonly missing: readonly string[];
}

/** Ways to name processes, from the general to the special: what is said last is what holds. */
const WAYS = ['process', 'framework', 'kind', 'role'] as const;
type Way = (typeof WAYS)[number];
/** Names that are never those of a new Compose service, whichever processes this project has. */
const KNOWN: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['process', 'process'],
  ...['django', 'flask', 'fastapi'].map((name) => [name, 'framework'] as const),
  ...['web', 'migrate', 'worker', 'beat'].map((name) => [name, 'role'] as const),
]);

/** The Compose file with a fragment merged in. */
export function placeInCompose(file: ComposeFile, fragment: ComposeFragment, spots: Spots): PlacedCompose {
  const { services: placed, ...sections } = fragment;
  const services = new Map<string, unknown>(Object.entries(file.services));
  const missing: string[] = [];
  for (const [spot, data] of inOrder(isMapping(placed) ? placed : {}, spots)) {
    const names = namesAt(spot, data, services, spots);
    if (names.length === 0) missing.push(spot);
    for (const name of names) {
      const before = services.get(name);
      services.set(name, isMapping(before) && isMapping(data) ? mergeMappings(before, data) : data);
    }
  }
  return { file: mergeMappings({ ...file, services: Object.fromEntries(services) }, sections) as unknown as ComposeFile, missing };
}

function inOrder(placed: Mapping, spots: Spots): readonly (readonly [string, unknown])[] {
  const rank = (spot: string): number => {
    const way = wayOf(spot, spots);
    return way === null ? WAYS.length : WAYS.indexOf(way);
  };
  return Object.entries(placed).sort(([one], [other]) => rank(one) - rank(other));
}

/** How a spot names processes; null where it names none. */
function wayOf(spot: string, { processes, kinds }: Spots): Way | null {
  return KNOWN.get(spot) ?? (kinds?.has(spot) === true || [...processes.values()].some(({ kind }) => kind === spot) ? 'kind' : null);
}

/** The names of the Compose services that a spot stands for: none, one that is there or is new, or those of processes. */
function namesAt(spot: string, data: unknown, services: ReadonlyMap<string, unknown>, spots: Spots): readonly string[] {
  const way = wayOf(spot, spots);
  if (way !== null) return [...spots.processes].filter(([name, process]) => services.has(name) && (way === 'process' || process[way] === spot)).map(([name]) => name);
  // a process goes by what it is, since no starter knows what its users call their services
  if (spots.processes.has(spot)) return [];
  const isNew = !spots.components.has(spot) && isMapping(data) && typeof data['image'] === 'string' && data['image'].trim() !== '';
  return services.has(spot) || isNew ? [spot] : [];
}
