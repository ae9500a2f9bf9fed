/** The resolved package catalogue as data; made by `npm run catalog`, read from templates/catalog/packages.json. */
export interface PackageGraph {
  /** By normalised name. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly version: string;
  /** SHA-256 of every file of the release, in hexadecimal, sorted. */
  readonly hashes: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** Further dependencies, by the name of the extra that brings them. */
  readonly extras?: Readonly<Record<string, readonly Dependency[]>>;
}

export interface Dependency {
  readonly name: string;
  readonly extras?: readonly string[];
  /** A PEP 508 marker: without it the dependency is always needed. */
  readonly marker?: string;
}

/** A package that a set of requirements needs, directly or not, and the marker under which it does. */
export interface NeededPackage {
  readonly name: string;
  readonly package: LockedPackage;
  readonly marker: string | null;
}

/**
 * Everything that the requirements need, sorted by name.
 * Throws when the catalogue does not hold a package: `npm run catalog` has to be run.
 */
export function closure(graph: PackageGraph, requirements: readonly Dependency[]): readonly NeededPackage[] {
  // For each package, the alternative conditions under which it is needed; a condition is what all edges of a path ask for.
  const conditions = new Map<string, Set<string>>();
  const visited = new Set<string>();
  const visit = (dependency: Dependency, path: readonly string[]): void => {
    const node = locked(graph, dependency.name);
    const condition = dependency.marker && !path.includes(dependency.marker) ? [...path, dependency.marker].sort() : path;
    const key = `${dependency.name}[${(dependency.extras ?? []).join()}] ${condition.join(' and ')}`;
    if (visited.has(key)) return;
    visited.add(key);
    const known = conditions.get(dependency.name) ?? new Set();
    conditions.set(dependency.name, known.add(condition.join(' and ')));
    const extras = (dependency.extras ?? []).flatMap((extra) => node.extras?.[extra] ?? []);
    for (const next of [...node.dependencies, ...extras]) visit(next, condition);
  };
  for (const requirement of requirements) visit(requirement, []);
  return [...conditions]
    .map(([name, alternatives]) => ({
      name,
      package: locked(graph, name),
      marker: alternatives.has('') ? null : [...alternatives].sort().join(' or '),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function locked(graph: PackageGraph, name: string): LockedPackage {
  const node = graph.packages[name];
  if (!node) throw new Error(`templates/catalog/packages.json has no package ${name}: run npm run catalog`);
  return node;
}
