/** Reads which starters a project was made with. */
import { isSeq, type Node } from 'yaml';
import valid from 'semver/functions/valid.js';
import { quoted, shown } from '../questions/nearest.ts';
import type { StarterRef } from '../starter/starter.ts';
import { mapEntries, type Entry } from './entries.ts';
import type { Fail } from './parse.ts';

const KEYS = ['from', 'version', 'commit'];
const FORM = 'write { from: SOURCE, version: 1.2.3 }';

export function readStarters({ node, offset }: Entry, fail: Fail): readonly StarterRef[] {
  if (!isSeq(node)) return fail(node?.range?.[0] ?? offset, `starters: no list; ${FORM} behind a dash for each`);
  return node.items.map((item) => readStarter(item as Node, fail));
}

function readStarter(node: Node, fail: Fail): StarterRef {
  const entries = new Map(mapEntries(node, fail, `starters: no mapping; ${FORM}`).map((entry) => [entry.key, entry]));
  const start = node.range?.[0] ?? 0;
  const text = (key: string): string | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    const value: unknown = entry.node?.toJSON();
    return typeof value === 'string' && value !== '' ? value : fail(entry.offset, `starters: ${key} is ${shown(value)} and no text`);
  };
  const unknown = [...entries.values()].find(({ key }) => !KEYS.includes(key));
  if (unknown !== undefined) fail(unknown.offset, `starters: unknown key ${quoted(unknown.key)}; known are ${KEYS.join(', ')}`);
  const from = text('from') ?? fail(start, `starters: no from; ${FORM}`);
  const version = text('version') ?? fail(start, `starters: no version; ${FORM}`);
  if (valid(version) !== version) fail(entries.get('version')?.offset ?? start, `starters: ${quoted(version)} is no exact version: write it like 1.2.3`);
  const commit = text('commit');
  if (commit !== undefined && !/^[0-9a-f]{40}$/.test(commit)) fail(entries.get('commit')?.offset ?? start, 'starters: commit is no commit: it has 40 hexadecimal digits');
  return { from, version, ...(commit === undefined ? {} : { commit }) };
}
