/** The merge by line, for files that have no keys and for those that cannot be understood. */
import { diff3Merge, diffComm } from 'node-diff3';
import type { Merged } from './merged.ts';
import { Parts } from './parts.ts';
import { splitLines } from './text.ts';

type Region = { readonly settled: readonly string[] } | { readonly yours: readonly string[]; readonly base: readonly string[]; readonly generated: readonly string[] };

/** Merges by line; without a base only what both sides have in common is settled. */
export function mergeLines(base: string | null, yours: string, generated: string): Merged {
  const parts = new Parts();
  for (const region of regions(base, splitLines(yours), splitLines(generated))) {
    if ('settled' in region) parts.text(region.settled.join(''));
    else trimmed(parts, region.yours, region.base, region.generated);
  }
  return parts.done();
}

function regions(base: string | null, yours: string[], generated: string[]): Region[] {
  if (base === null) {
    return diffComm(yours, generated).map(({ common, buffer1, buffer2 }) =>
      common ? { settled: common } : { yours: buffer1 ?? [], base: [], generated: buffer2 ?? [] },
    );
  }
  return diff3Merge<string>(yours, splitLines(base), generated, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    conflict ? { yours: conflict.a, base: conflict.o, generated: conflict.b } : { settled: ok ?? [] },
  );
}

/** What both sides have alike at the edges of a conflict is none. */
function trimmed(parts: Parts, yours: readonly string[], base: readonly string[], generated: readonly string[]): void {
  const most = Math.min(yours.length, generated.length);
  let head = 0;
  while (head < most && yours[head] === generated[head]) head++;
  let tail = 0;
  while (tail < most - head && yours[yours.length - 1 - tail] === generated[generated.length - 1 - tail]) tail++;
  const middle = (lines: readonly string[]): string => lines.slice(head, lines.length - tail).join('');
  parts.text(yours.slice(0, head).join(''));
  if (middle(yours) !== middle(generated)) parts.conflict({ yours: middle(yours), base: without(base, yours, head, tail), generated: middle(generated) });
  parts.text(yours.slice(yours.length - tail, yours.length).join(''));
}

/** The base without the lines that were trimmed off the sides, where it has them too. */
function without(base: readonly string[], yours: readonly string[], head: number, tail: number): string {
  let from = 0;
  while (from < head && base[from] === yours[from]) from++;
  let to = base.length;
  while (to > from && base.length - to < tail && base[to - 1] === yours[yours.length - 1 - (base.length - to)]) to--;
  return base.slice(from, to).join('');
}

/** A comment changed on both sides is no reason to ask: what cannot be merged by line stays as the user has it. */
export function mergeComment(base: string | null, yours: string, generated: string): string {
  if (base === null || base === generated) return yours;
  if (base === yours) return generated;
  const merged = mergeLines(base, yours, generated);
  return merged.every((part) => typeof part === 'string') ? merged.join('') : yours;
}
