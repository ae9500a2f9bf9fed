/** Lines, blanks and indentation. */

/** The lines with their ends, so that they give the text again. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Moves every line that is not blank to the right or, with a negative number, to the left. */
export function reindent(text: string, by: number): string {
  if (by === 0) return text;
  const spaces = ' '.repeat(Math.max(by, 0));
  const outdent = new RegExp(`^ {0,${Math.max(-by, 0)}}`);
  return splitLines(text).map((line) => (line.trim() === '' ? line : spaces + line.replace(outdent, ''))).join('');
}

export function startsBlank(text: string): boolean {
  return /^[ \t]*\r?\n/.test(text);
}

export function withoutLeadingBlanks(text: string): string {
  return text.replace(/^(?:[ \t]*\r?\n)+/, '');
}

/** The comment that heads a file: what is above the first blank line, if something follows it there. */
export function splitHeading(above: string): { readonly heading: string; readonly lead: string } {
  const heading = /^(?:[^\n]*\n)*---[^\n]*\n/.exec(above)?.[0] ?? /^(?:[ \t]*#[^\n]*\n)+(?:[ \t]*\r?\n)+/.exec(above)?.[0] ?? '';
  return { heading, lead: above.slice(heading.length) };
}

/** The lines of a comment that another text does not have, blank ones left out. */
export function addedLines(text: string, base: string): string {
  const known = splitLines(base);
  const added = splitLines(text).filter((line) => {
    const at = known.indexOf(line);
    if (at >= 0) known.splice(at, 1);
    return at < 0 && line.trim() !== '';
  });
  return added.length > 0 && startsBlank(text) ? `\n${added.join('')}` : added.join('');
}
