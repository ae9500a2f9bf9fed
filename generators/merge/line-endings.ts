/** What editors and systems put around lines: it is taken off before a merge, and given back as the user has it. */
import type { Merged } from './merged.ts';

export interface Framed {
  /** With LF, a last newline, and no byte-order mark. */
  readonly text: string;
  readonly mark: boolean;
  readonly crlf: boolean;
  /** Whether the last line ends. */
  readonly ended: boolean;
}

export function unframe(source: string): Framed {
  const mark = source.startsWith('\uFEFF');
  const text = mark ? source.slice(1) : source;
  const crlf = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text);
  const plain = crlf ? text.replaceAll('\r\n', '\n') : text;
  const ended = plain === '' || plain.endsWith('\n');
  return { text: ended ? plain : `${plain}\n`, mark, crlf, ended };
}

/**
 * Gives a merged text the user's frame.
 * @param ended whether the last line ends, if it is settled; in a conflict the user's side ends as it did
 */
export function reframe(merged: Merged, yours: Framed, ended: boolean): Merged {
  const lines = (text: string): string => (yours.crlf ? text.replaceAll('\n', '\r\n') : text);
  const open = (text: string): string => text.replace(/\n$/, '');
  return merged.map((part, index) => {
    const start = yours.mark && index === 0 ? '\uFEFF' : '';
    const last = index === merged.length - 1;
    if (typeof part === 'string') return start + lines(last && !ended ? open(part) : part);
    const mine = last && !yours.ended ? open(part.yours) : part.yours;
    return { yours: start + lines(mine), base: lines(part.base), generated: start + lines(part.generated) };
  });
}
