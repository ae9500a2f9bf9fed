/** Where a starter has images come from. */
import type { Images } from '../catalog/images.ts';

/** @param map by name in our catalogue, or by a prefix of the full reference (`docker.io/library/postgres`); the longest wins */
export function mappedImages(images: Images, map: Readonly<Record<string, string>>): Images {
  const prefixes = Object.keys(map).filter((key) => !images.has(key)).sort((one, other) => other.length - one.length);
  return new Map(
    [...images].map(([name, reference]) => {
      const byName = Object.hasOwn(map, name) ? map[name] : undefined;
      return [name, byName ?? mapped(reference, prefixes, map)];
    }),
  );
}

function mapped(reference: string, prefixes: readonly string[], map: Readonly<Record<string, string>>): string {
  const full = fullReference(reference);
  const prefix = prefixes.find((candidate) => full === candidate || /^[/:@]/.test(full.slice(candidate.length)) && full.startsWith(candidate));
  const target = prefix === undefined ? undefined : map[prefix];
  if (prefix === undefined || target === undefined) return reference;
  // a target with a tag of its own is the whole reference
  return /\/.*:[^/]+$|@/.test(target) ? target : `${target}${full.slice(prefix.length)}`;
}

/** With the host and the namespace that Docker adds to short names. */
function fullReference(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  if (rest.length === 0) return `docker.io/library/${reference}`;
  return /[.:]|^localhost$/.test(first) ? reference : `docker.io/${reference}`;
}
