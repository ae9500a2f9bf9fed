/** Locks anew, without a network, where the catalogue knows everything that is required. */
import type { Dependency, PackageGraph } from '../catalog/graph.ts';
import { lock } from '../render/requirements.ts';
import { normalised } from './requirements.ts';

const PLAIN = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:\[([A-Za-z0-9._, -]+)\])?==([^\s;,*]+)$/;
/** What the generator's own lists say of each other. */
const REFERENCE = /^-[cr] requirements[a-z-]*\.(?:in|txt)$/;

/**
 * The lock of requirement lists: of requirements.in alone, or with -test and -dev.
 * @param inputs the texts of the lists
 * @returns null if a line is anything but `name[extras]==version` in the version of the catalogue
 */
export function relock(inputs: readonly string[], packages: PackageGraph): string | null {
  const dependencies: Dependency[] = [];
  for (const line of inputs.flatMap((input) => input.split(/\r?\n/))) {
    const plain = line.replace(/(?:^|[ \t]+)#.*$/, '').trim();
    if (plain === '' || REFERENCE.test(plain)) continue;
    const dependency = known(plain, packages);
    if (!dependency) return null;
    dependencies.push(dependency);
  }
  return lock(packages, dependencies);
}

function known(line: string, { packages }: PackageGraph): Dependency | null {
  const [, written = '', list, version] = PLAIN.exec(line) ?? [];
  const name = normalised(written);
  const entry = Object.hasOwn(packages, name) ? packages[name] : undefined;
  if (!entry || entry.version !== version) return null;
  if (list === undefined) return { name };
  const extras = list.split(',').map((extra) => normalised(extra.trim()));
  return extras.every((extra) => Object.hasOwn(entry.extras ?? {}, extra)) ? { name, extras } : null;
}
