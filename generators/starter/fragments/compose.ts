/** Puts fragments of Compose files into the data that a Compose file is printed from. */
import { isScalar, visit } from 'yaml';
import { mapEntries } from '../../answers/entries.ts';
import { parseAnswers, type Fail } from '../../answers/parse.ts';
import { didYouMean, kindOf, quoted } from '../../questions/nearest.ts';
import type { ComposeFile } from '../../render/compose/model.ts';
import { isRecord, merged, type Data } from './merge-data.ts';

/** Sections of a Compose file to names to data. */
export type ComposeFragment = Readonly<Record<string, Readonly<Record<string, Data>>>>;

export interface Spots {
  /** By the Compose name of each process of the Python services. */
  readonly processes: ReadonlyMap<string, { readonly role: string; readonly kind: string; readonly framework: string }>;
  /** The names of components, whether this project has them or not. */
  readonly components: ReadonlySet<string>;
}

export interface PlacedCompose {
  readonly file: ComposeFile;
  /** Spots of the fragment that the file does not have. */
  readonly missing: readonly string[];
}

const SECTIONS = ['services', 'networks', 'volumes', 'secrets', 'configs'];

/** The Compose file with a fragment merged in: mappings by key, lists added to, other values replaced. */
export function placeInCompose(file: ComposeFile, fragment: ComposeFragment, spots: Spots): PlacedCompose {
  const { services: placed = {}, ...sections } = fragment;
  const services = new Map(Object.entries(file.services as Readonly<Record<string, Data>>));
  const missing: string[] = [];
  // general spots first, so that special ones have the last word
  for (const [spot, data] of Object.entries(placed).sort(([one], [other]) => generality(one, spots) - generality(other, spots))) {
    const names = [...services.keys()].filter((name) => isAt(spot, name, spots));
    if (names.length > 0) for (const name of names) services.set(name, merged(services.get(name) ?? {}, data));
    else if (!isKnown(spot, spots) && isRecord(data) && data['image'] !== undefined) services.set(spot, data);
    else missing.push(spot);
  }
  const whole = merged(file as unknown as Data, sections as Data) as unknown as ComposeFile;
  return { file: { ...whole, services: Object.fromEntries(services) as ComposeFile['services'] }, missing };
}

function isAt(spot: string, name: string, { processes, components }: Spots): boolean {
  const process = processes.get(name);
  if (process === undefined) return components.has(spot) && spot === name;
  return spot === 'process' || spot === process.role || spot === process.kind || spot === process.framework;
}

function isKnown(spot: string, { components }: Spots): boolean {
  return components.has(spot) || ['process', 'web', 'migrate', 'worker', 'beat'].includes(spot);
}

function generality(spot: string, { processes }: Spots): number {
  if (spot === 'process') return 0;
  const all = [...processes.values()];
  return all.some(({ framework }) => framework === spot) ? 1 : all.some(({ kind }) => kind === spot) ? 2 : 3;
}

/**
 * @param print prints a text in which something is to be printed
 * @throws UserError (usage) with `source:line:column`
 */
export function readComposeFragment(text: string, source: string, print: (text: string) => string): ComposeFragment {
  const { document, fail } = parseAnswers(text, source, 'fragment');
  if (document.contents === null) return {};
  visit(document, { Map: (_, map) => void mapEntries(map, fail, '') });
  for (const { key, node, offset } of mapEntries(document.contents, fail, 'a fragment is no mapping: write `services:` and what goes into them below')) checkSection(key, node?.toJSON(), offset, fail);
  visit(document, {
    Scalar: (key, node) => {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string' && node.value.includes('<%')) node.value = print(node.value).trim();
    },
  });
  return document.toJS() as ComposeFragment;
}

function checkSection(key: string, value: unknown, offset: number, fail: Fail): void {
  if (!SECTIONS.includes(key) && !key.startsWith('x-')) fail(offset, `unknown key ${quoted(key)}${didYouMean(key, SECTIONS)}; known are ${SECTIONS.join(', ')} and x-…`);
  if (!isRecord(value)) fail(offset, `${key} is ${kindOf(value)}: write a name and what goes there, a line each`);
  if (key !== 'services') return;
  const wrong = Object.entries(value as object).find(([, service]) => !isRecord(service));
  if (wrong !== undefined) fail(offset, `services.${wrong[0]} is ${kindOf(wrong[1])}: write \`key: value\` lines below it`);
}
