/** A text that matches a pattern, for questions that only a person can answer. */

/** @param pattern of the restricted form that starters may use: characters, classes and counts */
export function exampleOf(pattern: string): string {
  const parts = pattern.matchAll(/(\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\]])(\{(\d+)(?:,\d*)?\}|[*+?])?/g);
  return [...parts].map(([, atom = '', count = '', least]) => characterOf(atom).repeat(least === undefined ? (count === '' || count === '+' ? 1 : 0) : Number(least))).join('');
}

function characterOf(atom: string): string {
  if (atom === '^' || atom === '$') return '';
  const fits = new RegExp(`^${atom}$`, 'u');
  return [...'a1A-_ .:/@'].find((candidate) => fits.test(candidate)) ?? Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).find((candidate) => fits.test(candidate)) ?? 'x';
}
