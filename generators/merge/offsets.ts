/** From offsets in a text to its lines. */
import { Untrusted } from './keyed.ts';

/** The offset behind the line that an offset is in. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The offset of the line of something before which there are only spaces. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  if (!/^ *$/.test(text.slice(start, offset))) throw new Untrusted('something else on the line');
  return start;
}
