/** The keyed merge of whole files, with the checks that it must pass. */
import type { Format } from './format.ts';
import { canonicalMap, entriesOf, Untrusted, type Entry } from './keyed.ts';
import { mergeMap } from './merge-keyed.ts';
import { settle, type Merged } from './merged.ts';

/** Merges what the format understands; null where the result would not be certain. */
export function mergeStructured(format: Format, base: string | null, yours: string, generated: string): Merged | null {
  try {
    return attempt(format, base, yours, generated, new Set());
  } catch (error) {
    if (error instanceof Untrusted) return null;
    throw error;
  }
}

function attempt(format: Format, base: string | null, yours: string, generated: string, needed: ReadonlySet<string>): Merged | null {
  const { parts, keep, take } = mergeMap(base === null ? null : format.parse(base), format.parse(yours), format.parse(generated), needed);
  // An alias whose anchor got lost: once more, with the anchor kept or put in.
  const missing = format.missing(settle(parts, () => 'keep'));
  if (missing.length > 0) {
    const more = new Set([...needed, ...missing]);
    if (more.size > needed.size) return attempt(format, base, yours, generated, more);
    // with the user's side of a conflict there is no such anchor: then that side cannot be had, but the other can
    const taken = settle(parts, () => 'take');
    return parts.some((part) => typeof part !== 'string') && format.missing(taken).length === 0 && means(format, taken, take) ? parts : null;
  }
  const certain = means(format, settle(parts, () => 'keep'), keep);
  const conflicts = parts.some((part) => typeof part !== 'string');
  // Who takes a removal may have to mend aliases.
  const taken = settle(parts, () => 'take');
  return certain && (!conflicts || format.missing(taken).length > 0 || means(format, taken, take)) ? parts : null;
}

/** Whether a text, read anew, says what the merge meant it to say. */
function means(format: Format, text: string, entries: readonly Entry[]): boolean {
  return canonicalMap('', entriesOf(format.parse(text))) === canonicalMap('', entries);
}
