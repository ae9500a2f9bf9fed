/** Lists of Python requirements, as requirements.in is. */
import { parseFlat, type FlatEntry } from './flat.ts';
import type { Format } from './format.ts';

const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)[ \t]*(?:\[([^\]]*)\])?[ \t]*(.*)$/s;

export const requirements: Format = {
  parse: (text) => parseFlat(text, read, (line) => !line.trimStart().startsWith('#') && /\\\r?\n$/.test(line)),
  missing: () => [],
  certain: () => true,
  problem: () => null,
};

/** A package's name as PEP 503 normalises it. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function read(lines: string): FlatEntry | null {
  if (lines.trimStart().startsWith('#')) return null;
  // A comment behind needs a space before its sign: without one it is part of an address.
  const after = /(?:[ \t]+#[^\n]*)?[ \t]*\r?\n?$/.exec(lines)?.[0] ?? '';
  const atom = lines.slice(0, lines.length - after.length);
  const plain = atom.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ').trim();
  const [, name, extras, rest = ''] = REQUIREMENT.exec(plain) ?? [];
  if (name === undefined || /^[/\\:+]/.test(rest)) return { key: plain, atom, after, value: plain };
  return { key: normalised(name), atom, after, value: JSON.stringify([normalised(name), extrasOf(extras ?? ''), meaning(rest)]) };
}

function extrasOf(list: string): string[] {
  return list.split(',').map((extra) => normalised(extra.trim())).filter((extra) => extra !== '').sort();
}

/** Version, marker and hashes, independent of spaces, quotes and the order of the hashes. */
function meaning(rest: string): string[] {
  const [requirement = '', ...hashes] = rest.split(/ (?=--hash)/);
  const [version = '', ...marker] = requirement.split(/;|(?<=^@.* );/);
  return [version.replace(/ /g, ''), marker.join(';').replace(/"/g, "'").replace(/ ?([<>=!~()]+) ?/g, '$1').trim(), ...hashes.map((hash) => hash.trim()).sort()];
}
