/** Regular expressions of starters: only such as cannot be made to take long. */

/** As many quantifiers without an end as a text of the longest length is tried on in no time. */
const MOST_UNBOUNDED = 3;

/** Says what is wrong with a pattern, or null: groups and references are what makes matching explode, so there are none. */
export function patternProblem(pattern: string): string | null {
  const bare = pattern.replace(/\\[pP]\{[^}]*\}/g, 'a').replace(/\\[^0-9k]/g, 'a').replace(/\[(?:\\.|[^\]\\])*\]/g, 'a');
  if (/[()|]/.test(bare)) return 'has a group or an alternative: write it without, or as a choice';
  if (/\\/.test(bare)) return 'has a reference: write it without';
  if ((bare.match(/[*+]|\{\d+,\}/g) ?? []).length > MOST_UNBOUNDED) return `repeats without an end more than ${MOST_UNBOUNDED} times: say how often, like [a-z]{1,20}`;
  if (/\{(\d{4,}|\d*,\d{4,})/.test(bare)) return 'repeats too often';
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return null;
  } catch {
    return 'is no regular expression';
  }
}
