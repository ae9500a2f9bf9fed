/** Locks: they are made of whole entries, so a merge by line would only break them. */
import { reframe, unframe } from './line-endings.ts';
import { settle } from './merged.ts';

interface Lock {
  /** The comments above the first entry. */
  readonly header: string;
  /** The text of each entry, by the package's name. */
  readonly entries: ReadonlyMap<string, string>;
  /** The comments above an entry, which are the user's. */
  readonly comments: ReadonlyMap<string, string>;
  /** The comments below the last entry. */
  readonly trail: string;
}

const ENTRY = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?:\[[^\]]*\])?==[^\s\\;]+(?: ; [^\\\n]+?)?(?: \\)?$/;
const FURTHER = /^ {4}(?:--hash=[a-z0-9]+:[0-9a-f]+(?: \\)?|#.*)$/;

/**
 * Merges locks in uv's format by package: what one side changed is taken from it, what both changed is the generator's.
 * @param base null if the generator did not write the lock before
 * @returns null for a lock in another format, which is the user's own
 */
export function mergeLock(base: string | null, yours: string, generated: string): string | null {
  const framed = unframe(yours);
  if (framed.text === generated || base === generated) return yours;
  const merged = base === framed.text ? generated : mergeEntries(base, framed.text, generated);
  return merged === null ? null : settle(reframe([merged], framed, true), () => 'keep');
}

function mergeEntries(base: string | null, yours: string, generated: string): string | null {
  const y = read(yours);
  const g = read(generated);
  const b = base === null ? { header: '', entries: new Map<string, string>(), comments: new Map<string, string>(), trail: '' } : read(base);
  if (!y || !g || !b) return null;
  const names = [...y.entries.keys()];
  // What the user added may need what the generator no longer does.
  const own = names.some((name) => !b.entries.has(name) && !g.entries.has(name));
  const merged = [...new Set([...names, ...g.entries.keys()])];
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  if (sorted) merged.sort();
  // what stands above an entry that goes stays for the one behind it
  const text = merged.map((name) => (y.comments.get(name) ?? '') + (decide(b.entries.get(name), y.entries.get(name), g.entries.get(name), own) ?? ''));
  return y.header + text.join('') + y.trail;
}

function decide(base: string | undefined, yours: string | undefined, generated: string | undefined, own: boolean): string | undefined {
  if (generated === undefined) return base === undefined || own || yours === undefined ? yours : undefined;
  return base === generated ? yours : generated;
}

/** The entries of a lock; null for another format. */
function read(text: string): Lock | null {
  const entries = new Map<string, string>();
  const comments = new Map<string, string>();
  let header = '';
  let name: string | null = null;
  let above = '';
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const start = ENTRY.exec(line);
    if (start) {
      name = start[1] ?? '';
      if (entries.has(name)) return null;
      entries.set(name, `${line}\n`);
      if (above !== '') comments.set(name, above);
      above = '';
    } else if (name === null && (line === '' || line.startsWith('#'))) header += `${line}\n`;
    else if (name !== null && above === '' && FURTHER.test(line)) entries.set(name, `${entries.get(name) ?? ''}${line}\n`);
    else if (name !== null && (line === '' || line.startsWith('#'))) above += `${line}\n`;
    else return null;
  }
  return entries.size === 0 ? null : { header, entries, comments, trail: above };
}
