/** What an answers file says of starters: read before anything else of it, since they say what else there can be. */
import { isMap } from 'yaml';
import type { StarterRef } from '../starter/starter.ts';
import { mapEntries, type Entry } from './entries.ts';
import { parseAnswers, type Fail } from './parse.ts';
import { readStarters } from './read-starters.ts';

/**
 * The starters that the file names.
 * @throws UserError (usage) with `source:line:column`
 */
export function peekStarters(text: string, source: string): readonly StarterRef[] {
  return peek(text, source, 'starters', readStarters) ?? [];
}

/** The answers to the starters' own questions, as they are written, by key. */
export function peekOwn(text: string, source: string): ReadonlyMap<string, unknown> {
  return new Map(peek(text, source, 'own', ({ node }, fail) => (isMap(node) ? mapEntries(node, fail, '').map((entry) => [entry.key, entry.node?.toJSON() as unknown] as const) : [])));
}

function peek<T>(text: string, source: string, key: string, read: (entry: Entry, fail: Fail) => T): T | undefined {
  const { document, fail } = parseAnswers(text, source);
  if (!isMap(document.contents)) return undefined;
  const entry = mapEntries(document.contents, fail, '').find((candidate) => candidate.key === key);
  return entry === undefined ? undefined : read(entry, fail);
}
