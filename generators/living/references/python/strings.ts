/** How the text of Python is read sign by sign: where strings end, how far a line is indented. */

export interface Prefix {
  readonly quote: string;
  readonly raw: boolean;
  /** f-strings and t-strings: parts of them are code. */
  readonly formatted: boolean;
  /** Whether what is between the quotes is the text itself. */
  readonly plain: boolean;
}

export function prefixOf(opening: string): Prefix {
  const letters = /^[A-Za-z]*/.exec(opening)?.[0].toLowerCase() ?? '';
  const formatted = letters.includes('f') || letters.includes('t');
  return { quote: opening.slice(letters.length), raw: letters.includes('r'), formatted, plain: !formatted && !letters.includes('b') };
}

/** @returns where the closing quote is; null when there is none */
export function literalEnd(text: string, from: number, quote: string): number | null {
  const [one] = quote;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    // in raw strings, too, a backslash keeps a quote from closing
    if (sign === '\\') at += 1;
    else if (sign === one && text.startsWith(quote, at)) return at;
    else if (quote.length === 1 && sign === '\n') return null;
  }
  return null;
}

/** How far the text of an f-string goes at once; 0 where an expression begins. */
export function literalStep(text: string, at: number, raw: boolean): number {
  const two = text.slice(at, at + 2);
  if (two === '{{' || two === '}}') return 2;
  if (two[0] === '{') return 0;
  if (two[0] !== '\\') return 1;
  // \N{DASH} is one sign, but \{ is a backslash and an expression
  if (two[1] === 'N' && !raw && text[at + 2] === '{') return (/\{[^}\n"']*\}?/y.exec(text.slice(at + 2, at + 100))?.[0].length ?? 0) + 2;
  return two[1] === '{' ? 1 : 2;
}

/** The columns before the first sign of a line. */
export function indentAt(text: string, at: number): number {
  let columns = 0;
  for (let index = at; ; index++) {
    const sign = text[index];
    if (sign === ' ') columns += 1;
    else if (sign === '\t') columns += 8 - (columns % 8);
    // a form feed counts from the beginning
    else if (sign === '\f') columns = 0;
    else return columns;
  }
}
