import { MARKERS } from '../../merge/merged.ts';

/** Path inside the project to text, of all files that matter: compose*.yaml, and *.py, *.ini, *.toml, *.sh and requirements*.in below services/. */
export type Texts = ReadonlyMap<string, string>;

/** A text with the markers of a conflict has two sides: what it refers to is for its owner to say. */
export function hasConflict(text: string): boolean {
  return text.includes(MARKERS.yours);
}
