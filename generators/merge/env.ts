/** Files of environment variables, as .env.example is. */
import { parseFlat, type FlatEntry } from './flat.ts';
import type { Format } from './format.ts';
import { splitLines } from './text.ts';
import { Untrusted } from './keyed.ts';

const LIVE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;
/** `#KEY=value`; with a space after the sign only if it can be no sentence. */
const OFF = /^#(?:([A-Za-z_]\w*)=| ([A-Z_][A-Z0-9_]*)=(?=\S*[ \t]*\r?$))/m;
const VALUE = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:(?![ \t]+#)[^\n])*?(?=[ \t]*\r?$|[ \t]+#))/m;

export const env: Format = {
  parse(text) {
    const live = new Set(splitLines(text).flatMap((line) => LIVE.exec(line)?.[1] ?? []));
    const off = new Set<string>();
    return parseFlat(text, (line) => read(line, live, off), () => false);
  },
  missing: () => [],
  certain: () => true,
  problem: () => null,
};

function read(line: string, live: ReadonlySet<string>, off: Set<string>): FlatEntry | null {
  const on = LIVE.exec(line);
  if (on) return entry(line, on[1] ?? '', on[0].length, 'on');
  const commented = OFF.exec(line);
  const key = commented?.[1] ?? commented?.[2];
  if (commented && key !== undefined) {
    // An example above the line that the user made of it, or a second one, is a comment.
    if (live.has(key) || off.has(key)) return null;
    off.add(key);
    return entry(line, key, commented[0].length, 'off');
  }
  if (!line.trimStart().startsWith('#')) throw new Untrusted('no variable');
  return null;
}

function entry(line: string, key: string, start: number, state: string): FlatEntry {
  const source = VALUE.exec(line.slice(start))?.[0] ?? '';
  const after = line.slice(start + source.length);
  // A quoted value over several lines, or text behind the closing quote.
  if (!/^[ \t]*(?:#[^\n]*)?\r?\n?$/.test(after)) throw new Untrusted('an unusual value');
  if (/^["']/.test(source) && !/^(["'])[^]*\1$/.test(source)) throw new Untrusted('an open quote');
  const value = /^(["']).*\1$/.test(source) && source.length > 1 ? source.slice(1, -1) : source;
  return { key, atom: line.slice(0, start + source.length), after, value: JSON.stringify([state, value]) };
}
