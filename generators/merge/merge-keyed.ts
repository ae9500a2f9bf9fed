/** The three-way merge of mappings: which of their items come, go, stay or change. */
import { arrange } from './arrange.ts';
import type { Block, Item } from './keyed.ts';
import { mergeComment } from './lines.ts';
import { mergeEntry, mergeRemoved, type Needed } from './merge-entry.ts';
import { conflicting, dropped, printSlots, settled, type MergedBlock, type Slot } from './slots.ts';
import { reindent, startsBlank } from './text.ts';

type Items = ReadonlyMap<string, Item>;

/** Merges what the generator made of the base into the user's mapping; without a base two-way. */
export function mergeMap(base: Block | null, yours: Block, generated: Block, needed: Needed): MergedBlock {
  const column = yours.items.length === 0 ? generated.indent : yours.indent;
  const b = aligned(base, column);
  const y = aligned(yours, column);
  const g = aligned(generated, column);
  // A paragraph of the generator's does not come between the lines of one of the user's.
  const passes = (key: string, added: string): boolean =>
    !b.has(key) && !g.has(key) && !startsBlank(y.get(key)?.lead ?? '\n') && startsBlank(g.get(added)?.lead ?? '');
  const slots = arrange([...y.keys()], [...g.keys()], passes).map((key) => mergeItem(key, b.get(key), y.get(key), g.get(key), needed, yours.container));
  const heading = mergeComment(base && base.heading, yours.heading, generated.heading);
  const trail = mergeComment(base && moved(base.trail, base, column), yours.trail, moved(generated.trail, generated, column));
  return printSlots(slots, yours, generated, heading, trail);
}

function mergeItem(key: string, base: Item | undefined, yours: Item | undefined, generated: Item | undefined, needed: Needed, container: boolean): Slot {
  // two services of one name are two services, not halves of one
  if (!base && yours && generated && container && yours.value !== generated.value) return conflicting(mergeComment(null, yours.lead, generated.lead), null, yours, generated);
  if (yours && generated) return mergeEntry(base ?? null, yours, generated, needed);
  if (yours) return base ? mergeRemoved(base, yours, needed) : settled(yours);
  if (!generated || base?.value === generated.value) return dropped(key);
  if (!base) return settled(generated);
  // The user removed what the generator has changed since.
  return { key, lead: '', parts: [{ yours: '', base: base.lead + base.body, generated: generated.lead + generated.body }], keep: [], take: [generated.value] };
}

/** The items as they are at a column; the blocks in them keep the text that they were read from. */
function aligned(block: Block | null, column: number): Items {
  const items = block?.items.map((item): [string, Item] => [
    item.key,
    { ...item, lead: moved(item.lead, block, column), body: moved(item.body, block, column), atom: movedAtom(item.atom, block, column) },
  ]);
  return new Map(items);
}

function moved(text: string, block: Block, column: number): string {
  return reindent(text, column - block.indent);
}

/** The first line of a value stands behind its key. */
function movedAtom(atom: string, block: Block, column: number): string {
  const end = atom.indexOf('\n') + 1;
  return end === 0 ? atom : atom.slice(0, end) + moved(atom.slice(end), block, column);
}
