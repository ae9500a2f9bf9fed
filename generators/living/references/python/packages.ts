/** Packages that a run took out of a service's requirements, by the names that Python imports them under. */
import { normalised } from '../../../merge/requirements.ts';
import type { Texts } from '../texts.ts';
import { PROVIDES } from './provides.ts';

/** Import name to the package that brought it and is no longer asked for. */
export function removedPackages(before: Texts, after: Texts): ReadonlyMap<string, string> {
  const now = packagesIn(after);
  const provided = new Set([...now.names, ...now.extras].flatMap(importNames));
  const removed = [...packagesIn(before).names].filter((name) => !now.names.has(name));
  return new Map(removed.flatMap((name) => importNames(name).map((imported) => [imported, name] as const)).filter(([imported]) => !provided.has(imported)));
}

/** Of all requirements*.in, and of locks where they are known; an extra may bring the package that it is named after. */
function packagesIn(files: Texts): { readonly names: ReadonlySet<string>; readonly extras: ReadonlySet<string> } {
  const [names, extras] = [new Set<string>(), new Set<string>()];
  for (const [path, text] of files) {
    if (!/^requirements[\w-]*\.(?:in|txt)$/.test(path)) continue;
    for (const [, name = '', list = ''] of text.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]*(?:\[([^\]\n]*)\])?/gm)) {
      names.add(normalised(name));
      for (const extra of list.split(',')) extras.add(normalised(extra.trim()));
    }
  }
  return { names, extras };
}

function importNames(name: string): readonly string[] {
  // stubs are for tools alone
  if (/^types-|-stubs$/.test(name)) return [];
  return PROVIDES.get(name) ?? [name.replaceAll('-', '_')];
}
