/** What rendering reads, with what starters bring: their images, packages, questions and templates. */
import satisfies from 'semver/functions/satisfies.js';
import type { PackageGraph } from '../catalog/graph.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import type { Sources } from '../render/file-map.ts';
import { broughtBy, titleOf } from './brought.ts';
import { mappedImages } from './images.ts';
import { questionsWith } from './rules.ts';
import type { Starter, StarterRequirements } from './starter.ts';

/** @throws UserError for a starter that is for another version, or asks for images or packages that there are not */
export function withStarters(sources: Sources, starters: readonly Starter[]): Sources {
  const brought = broughtBy(starters);
  if (brought === null) return sources;
  for (const starter of starters) check(starter, sources);
  const packages: PackageGraph = { packages: Object.assign({}, sources.packages.packages, ...starters.map((starter) => starter.packages)) as PackageGraph['packages'] };
  for (const starter of starters) checkPackages(starter, packages);
  return {
    ...sources,
    images: mappedImages(sources.images, Object.assign({}, ...starters.map(({ images }) => images)) as Record<string, string>),
    packages,
    questions: questionsWith(starters),
    brought,
  };
}

function check(starter: Starter, { version, images }: Sources): void {
  if (starter.pycompose !== null && !satisfies(version, starter.pycompose, { includePrerelease: true })) {
    throw new UserError(`starter ${titleOf(starter)} works with pycompose ${starter.pycompose}, and this is ${version}: use one that it works with, or another version of the starter`, EXIT.failure);
  }
  const unknown = Object.keys(starter.images).find((key) => !images.has(key) && !/[./]/.test(key));
  if (unknown !== undefined) throw new UserError(`starter ${titleOf(starter)}, images: ${quoted(unknown)} is no image of pycompose${didYouMean(unknown, [...images.keys()])}; there is ${[...images.keys()].join(', ')}, or a prefix like docker.io/library`);
}

function checkPackages(starter: Starter, { packages }: PackageGraph): void {
  const listed = (place: string, { runtime, test, dev }: StarterRequirements): (readonly [string, string])[] => [...runtime, ...test, ...dev].map((name) => [place, name.replace(/\[.*/, '')]);
  const asked = [
    ...listed('requirements', starter.requirements),
    ...starter.kinds.flatMap((kind) => listed(`kinds.${kind.name}.requirements`, kind.requirements)),
    ...Object.entries(starter.packages).flatMap(([name, { dependencies }]) => dependencies.map((needed) => [`packages.${name}.requires`, needed.name] as const)),
  ];
  const missing = asked.find(([, name]) => !Object.hasOwn(packages, name));
  if (missing === undefined) return;
  const [place, name] = missing;
  throw new UserError(`starter ${titleOf(starter)}, ${place}: nobody has locked ${quoted(name)}: say its version and its hashes below packages${didYouMean(name, Object.keys(packages))}`);
}
