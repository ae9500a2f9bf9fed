/** The three-way merge of one file: what the generator wrote last, what the user made of it, what it would write now. */
import { formatOf } from './formats.ts';
import { reframe, unframe } from './line-endings.ts';
import { mergeLines } from './lines.ts';
import type { Merged } from './merged.ts';
import { mergeStructured } from './structured.ts';

/**
 * @param path decides about the format, by the file's name
 * @param base null if the generator did not write the file before: then both sides have added it
 */
export function mergeFile(path: string, base: string | null, yours: string, generated: string): Merged {
  if (yours === generated || base === generated) return [yours];
  if (base === yours) return [generated];
  const y = unframe(yours);
  const g = unframe(generated);
  const b = base === null ? null : unframe(base);
  // A newline at the end is a change like any other: the generator's, unless the user made it.
  const ended = b && b.ended === y.ended ? g.ended : y.ended;
  return reframe(mergeText(path, b && b.text, y.text, g.text), y, ended);
}

/** Whether a file consists of entries with names, and so is merged by these. */
export function isStructured(path: string): boolean {
  return formatOf(path) !== null;
}

/** Why no program could read a text, with its line; null for one that can be read, or that needs no reading. */
export function unreadable(path: string, text: string): string | null {
  return formatOf(path)?.problem(unframe(text).text) ?? null;
}

/** What a text needs and does not have, so that no program can read it: anchors of YAML. */
export function missingIn(path: string, text: string): readonly string[] {
  return formatOf(path)?.missing(unframe(text).text) ?? [];
}

function mergeText(path: string, base: string | null, yours: string, generated: string): Merged {
  if (yours === generated || base === generated) return [yours];
  if (base === yours) return [generated];
  const format = formatOf(path);
  if (!format) return mergeLines(base, yours, generated);
  const structured = mergeStructured(format, base, yours, generated);
  if (structured) return structured;
  const merged = mergeLines(base, yours, generated);
  const clean = merged.every((part) => typeof part === 'string');
  return clean && !format.certain(merged.join('')) ? [{ yours, base: base ?? '', generated }] : merged;
}
