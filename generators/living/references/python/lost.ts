/** What a run took from a service, as words: a file that it left alone and that has none of them refers to nothing of it. */
import type { Modules } from './modules.ts';

/**
 * @param changed the modules whose files differ
 * @returns null where nothing is lost
 */
export function lostWords(before: Modules, after: Modules, changed: readonly string[], packages: ReadonlyMap<string, string>): RegExp | null {
  const words = new Set(packages.keys());
  const lastOf = (module: string): string => module.slice(module.lastIndexOf('.') + 1);
  for (const module of before.all()) if (!after.has(module)) words.add(lastOf(module));
  for (const module of changed) {
    const [old, now] = [before.of(module), after.of(module)];
    for (const name of old.names) if (!now.names.has(name)) words.add(name);
    // names that could not be seen
    if (old.isDynamic && !now.isDynamic) words.add(lastOf(module));
  }
  const found = [...words].filter((word) => /^[\p{L}\p{N}_]+$/u.test(word));
  return found.length === 0 ? null : new RegExp(found.join('|'), 'u');
}
