/** What several starters bring together: the later one wins. */
import type { Company, PackageIndex, ServiceKind, Starter, StarterRequirements } from './starter.ts';

/** A file of a starter, with what messages call it. */
export interface BroughtFile {
  readonly text: string;
  /** Its path in the starter. */
  readonly name: string;
  /** The starter that it is of, like `acme 1.4.0`. */
  readonly starter: string;
}

export interface Brought {
  /** The first one undermost. */
  readonly starters: readonly Starter[];
  readonly company: Company;
  readonly kinds: ReadonlyMap<string, ServiceKind>;
  readonly index: PackageIndex | null;
  readonly requirements: StarterRequirements;
  /** By path below templates/. */
  readonly templates: ReadonlyMap<string, BroughtFile>;
  /** By name below fragments/, in the order of the layers. */
  readonly fragments: ReadonlyMap<string, readonly BroughtFile[]>;
  /** Paths below templates/. */
  readonly seeds: ReadonlySet<string>;
  readonly hints: readonly string[];
}

export const NO_COMPANY: Company = { organisation: '', owner: '', contact: '', licence: '', facts: {} };

/** @returns null without starters */
export function broughtBy(starters: readonly Starter[]): Brought | null {
  if (starters.length === 0) return null;
  return {
    starters,
    company: starters.reduce<Company>((company, starter) => ({ ...company, ...starter.company, facts: { ...company.facts, ...starter.company.facts } }), NO_COMPANY),
    kinds: new Map(starters.flatMap(({ kinds }) => kinds.map((kind) => [kind.name, kind]))),
    index: starters.findLast(({ index }) => index !== null)?.index ?? null,
    requirements: {
      runtime: starters.flatMap(({ requirements }) => requirements.runtime),
      test: starters.flatMap(({ requirements }) => requirements.test),
      dev: starters.flatMap(({ requirements }) => requirements.dev),
    },
    templates: new Map(starters.flatMap((starter) => [...starter.templates].map(([path, text]) => [path, broughtFile(starter, `templates/${path}`, text)]))),
    fragments: fragments(starters),
    seeds: new Set(starters.flatMap(({ seeds }) => seeds)),
    hints: starters.flatMap(({ hints }) => hints),
  };
}

function fragments(starters: readonly Starter[]): ReadonlyMap<string, readonly BroughtFile[]> {
  const files = new Map<string, readonly BroughtFile[]>();
  for (const starter of starters) {
    for (const [name, text] of starter.fragments) files.set(name, [...(files.get(name) ?? []), broughtFile(starter, `fragments/${name}`, text)]);
  }
  return files;
}

function broughtFile(starter: Starter, name: string, text: string): BroughtFile {
  return { text, name, starter: titleOf(starter) };
}

/** What messages call a starter. */
export function titleOf({ name, ref }: Pick<Starter, 'name' | 'ref'>): string {
  return `${name} ${ref.version}`;
}
