/** What a message says of a word or a value that is not taken. */
import leven from 'leven';

/** `; did you mean "x"?` for the known word nearest to a mistyped one, or '' when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, distance: leven(word, candidate) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? `; did you mean "${best.candidate}"?` : '';
}

/** The longest part of a word that a message repeats, in characters. */
const LONGEST_ECHO = 80;

/** A word of the user's as a message repeats it: cut where it has no end. */
export function echoed(word: string): string {
  return word.length > LONGEST_ECHO ? `${word.slice(0, LONGEST_ECHO - 1)}…` : word;
}

/** The same in quotation marks. */
export function quoted(word: string): string {
  return `"${echoed(word)}"`;
}

/** Any value as a message repeats it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : value === undefined || value === null ? 'nothing' : typeof value === 'object' ? kindOf(value) : String(value);
}

/** What sort of value it is, in the words of an answers file. */
export function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : typeof value === 'object' ? 'a mapping' : `${typeof value} ${String(value)}`;
}
