/** The items of a merged block, decided one by one and printed together. */
import type { Block, Entry, Item } from './keyed.ts';
import { Parts } from './parts.ts';
import type { Merged } from './merged.ts';
import { startsBlank, withoutLeadingBlanks } from './text.ts';

export interface Slot {
  readonly key: string;
  readonly lead: string;
  readonly parts: Merged;
  /** The canonical values if conflicts are settled for the user: none where there is then no such item. */
  readonly keep: readonly string[];
  /** The canonical values if conflicts are settled for the generator. */
  readonly take: readonly string[];
  /** Of an item that goes: the comments that the user had put above it, which stay. */
  readonly carry?: string;
}

/** A merged block: its text, and what it should mean whichever way its conflicts are settled. */
export interface MergedBlock {
  readonly parts: Merged;
  readonly keep: readonly Entry[];
  readonly take: readonly Entry[];
}

export function settled(item: Item, lead = item.lead): Slot {
  return { key: item.key, lead, parts: [item.body], keep: [item.value], take: [item.value] };
}

export function conflicting(lead: string, base: Item | null, yours: Item, generated: Item): Slot {
  return { key: yours.key, lead, parts: [{ yours: yours.body, base: base?.body ?? '', generated: generated.body }], keep: [yours.value], take: [generated.value] };
}

export function dropped(key: string, carry = ''): Slot {
  return { key, lead: '', parts: [], keep: [], take: [], carry };
}

/** Prints the slots between heading and trail, with blank lines between them where the user has such. */
export function printSlots(slots: readonly Slot[], yours: Block, generated: Block, heading: string, trail: string): MergedBlock {
  const parts = new Parts();
  parts.text(heading);
  let carry = '';
  let first = true;
  for (const slot of slots) {
    if (slot.parts.length === 0) {
      carry += slot.carry ?? '';
      continue;
    }
    parts.text(carry + (first && carry === '' ? firstLead(slot, yours) : furtherLead(slot, yours, generated)));
    parts.add(slot.parts);
    carry = '';
    first = false;
  }
  parts.text(carry + trail);
  return { parts: parts.done(), keep: entries(slots, 'keep'), take: entries(slots, 'take') };
}

function entries(slots: readonly Slot[], side: 'keep' | 'take'): Entry[] {
  return slots.flatMap((slot) => slot[side].map((value): Entry => [slot.key, value]));
}

/** Whoever comes first now needs no blank line above, if the one that came first had none. */
function firstLead({ lead }: Slot, yours: Block): string {
  const before = yours.items[0];
  return before && !startsBlank(before.lead) ? withoutLeadingBlanks(lead) : lead;
}

/** Whoever came first, in the user's file or in the generated one, may need a blank line now that it comes later. */
function furtherLead({ key, lead, parts }: Slot, yours: Block, generated: Block): string {
  if (startsBlank(lead) || typeof parts[0] !== 'string') return lead;
  const mine = yours.items.find((item) => item.key === key);
  const spaced = mine ? startsBlank(mine.lead) : generated.items[0]?.key === key && startsBlank(generated.items[1]?.lead ?? '');
  return spaced ? `\n${lead}` : lead;
}
