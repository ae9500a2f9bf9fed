/** The three-way merge of one item that the user's file has: its value, or what is in it. */
import { canonical, type Block, type Item } from './keyed.ts';
import { mergeComment } from './lines.ts';
import { mergeFlow, mergeList } from './merge-list.ts';
import { mergeMap } from './merge-keyed.ts';
import { conflicting, dropped, settled, type Slot } from './slots.ts';
import { addedLines, splitLines } from './text.ts';
import { header, withValue } from './with-value.ts';

/** Anchors that aliases of the merged text refer to, and that it must therefore define. */
export type Needed = ReadonlySet<string>;

/** Merges an item that both sides have; without a base both have added it. */
export function mergeEntry(base: Item | null, yours: Item, generated: Item, needed: Needed): Slot {
  const lead = mergeComment(base && base.lead, yours.lead, generated.lead);
  const same = sameAnchors(yours, generated, needed);
  if (same && base && yours.body === base.body) return settled(generated, lead);
  if (same && base && generated.body === base.body) return settled(yours, lead);
  if (alike(yours, generated)) {
    return mergeBlocks(base, yours, generated, lead, needed) ?? conflicting(lead, base, yours, generated);
  }
  if (same && (yours.value === generated.value || base?.value === generated.value)) return settled(yours, lead);
  if (same && base?.value === yours.value && !hasOwnComments(base, yours)) return settled({ ...generated, body: withValue(yours, generated) }, lead);
  return conflicting(lead, base, yours, generated);
}

/**
 * Merges an item that the generator no longer has. It goes if the user did not change it, and what the user wrote above it
 * stays. Lists and containers lose what the generator had written; anything else that the user changed, be it by a comment
 * alone, is a conflict, since half a service is none.
 */
export function mergeRemoved(base: Item, yours: Item, needed: Needed): Slot {
  const apart = yours.anchors.some((anchor) => needed.has(anchor));
  const commented = splitLines(yours.body).some((line) => /(?:^|\s)#/.test(line) && !base.body.includes(line));
  if (!apart && base.value === yours.value && !commented) return dropped(yours.key, addedLines(yours.lead, base.lead));
  if (!apart && base.block && yours.block && base.block.kind === yours.block.kind && base.value !== yours.value && mayShrink(yours.block)) {
    const empty: Block = { ...base.block, heading: '', trail: '', items: [] };
    const merged = mergeBlocks(base, yours, { ...base, block: empty }, yours.lead, needed);
    if (merged) return merged;
  }
  return { key: yours.key, lead: '', parts: [{ yours: yours.lead + yours.body, base: base.lead + base.body, generated: '' }], keep: [yours.value], take: [] };
}

function mayShrink(block: Block): boolean {
  return block.container || (block.kind === 'list' && !block.ordered);
}

/** Merges the blocks of two items; null where they cannot be. */
function mergeBlocks(base: Item | null, yours: Item, generated: Item, lead: string, needed: Needed): Slot | null {
  const own = mergeOwn(base, yours, generated, needed);
  if (!own || !yours.block || !generated.block) return null;
  const before = base?.block?.kind === yours.block.kind ? base.block : null;
  if (yours.block.flow) {
    const merged = mergeFlow(before, yours.block, generated.block);
    if (!merged) return null;
    const value = canonical(own.own, 'list', merged.entries);
    const body = value === yours.value ? yours.body : header(yours.before, `${own.props} ${merged.text}`.trimStart()) + yours.after;
    return { key: yours.key, lead, parts: [body], keep: [value], take: [value] };
  }
  const merged = yours.block.kind === 'map' ? mergeMap(before, yours.block, generated.block, needed) : mergeList(before, yours.block, generated.block);
  const empty = { keep: merged.keep.length === 0, take: merged.take.length === 0 };
  // A key without a value would be null, which is something else than to have nothing of it.
  if (empty.keep && empty.take) return dropped(yours.key, addedLines(yours.lead, base?.lead ?? ''));
  if (empty.keep || empty.take) return null;
  const head = own === yours ? yours.body.slice(0, yours.body.indexOf('\n') + 1) : header(yours.before, own.props) + yours.after;
  const value = (side: 'keep' | 'take'): string[] => [canonical(own.own, yours.block?.kind ?? 'map', merged[side])];
  return { key: yours.key, lead, parts: [head, ...merged.parts], keep: value('keep'), take: value('take') };
}

/** The anchor and the tag before a block are decided on their own; an anchor that is needed stays or comes. */
function mergeOwn(base: Item | null, yours: Item, generated: Item, needed: Needed): Item | null {
  const defines = (item: Item): boolean => [...needed].some((anchor) => item.own.split(' ').includes(`&${anchor}`));
  if (defines(yours)) return yours;
  if (defines(generated)) return generated;
  if (yours.own === generated.own || base?.own === generated.own) return yours;
  if (base?.own === yours.own) return generated;
  if (base) return null;
  return yours.own === '' ? generated : generated.own === '' ? yours : null;
}

/** Whether the user has written comments into a value, which would be lost with it. */
function hasOwnComments(base: Item, { body, block, atom }: Item): boolean {
  const inside = block && !block.flow ? splitLines(body).slice(1) : atom.includes('\n') ? splitLines(atom) : [];
  return inside.some((line) => /(?:^|\s)#/.test(line) && !base.body.includes(line));
}

/** Whether the values can be merged by what is in them: under another tag, like !reset, the same items are something else. */
function alike(yours: Item, generated: Item): boolean {
  const tag = ({ own }: Item): string => own.replace(/&\S+ ?/, '');
  return yours.block !== null && yours.block.kind === generated.block?.kind && tag(yours) === tag(generated);
}

/** Whether what is needed is defined on both sides or on none, so that either can stand for the other. */
function sameAnchors(yours: Item, generated: Item, needed: Needed): boolean {
  return [...needed].every((anchor) => yours.anchors.includes(anchor) === generated.anchors.includes(anchor));
}
