import leven from 'leven';

/** `; did you mean "x"?` for the known word nearest to a mistyped one, or '' when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, distance: leven(word, candidate) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? `; did you mean "${best.candidate}"?` : '';
}
