/** Lists of blocks (`- item` lines) and lists on one line (`[item, item]`). */
import { entriesOf, type Block, type Entry, type Item } from './keyed.ts';
import { mergeComment } from './lines.ts';
import { planOrdered, planSet, type Step } from './plan-list.ts';
import { dropped, printSlots, settled, type MergedBlock, type Slot } from './slots.ts';
import { addedLines, reindent } from './text.ts';

/** Merges a list into the user's, which has an item on each line. */
export function mergeList(base: Block | null, yours: Block, generated: Block): MergedBlock {
  const b = index(base);
  const y = index(yours);
  const column = yours.items.length === 0 ? generated.indent : yours.indent;
  const added = index(asLines(generated, column));
  const steps = plan(base, yours, generated);
  const present = new Set(steps.flatMap((step) => (typeof step === 'string' ? [step] : step.yours)));
  const slots = steps.map((step): Slot => {
    if (typeof step !== 'string') return clash(step, b, y, added);
    const item = y.get(step) ?? added.get(step);
    if (!item) return dropped(step);
    return settled(item);
  });
  const trail = mergeComment(base?.trail ?? null, yours.trail, generated.trail);
  const carry = yours.items.filter(({ key }) => !present.has(key)).map(({ key, lead }) => addedLines(lead, b.get(key)?.lead ?? ''));
  return printSlots(slots, yours, generated, '', carry.join('') + trail);
}

function clash(step: Exclude<Step, string>, b: ReadonlyMap<string, Item>, y: ReadonlyMap<string, Item>, g: ReadonlyMap<string, Item>): Slot {
  const text = (keys: readonly string[], items: ReadonlyMap<string, Item>, leads: boolean): string =>
    keys.map((key) => (leads ? (items.get(key)?.lead ?? '') : '') + (items.get(key)?.body ?? '')).join('');
  const value = (keys: readonly string[], items: ReadonlyMap<string, Item>): string[] => keys.map((key) => items.get(key)?.value ?? '');
  return {
    key: step.yours[0] ?? step.generated[0] ?? '',
    lead: '',
    parts: [{ yours: text(step.yours, y, true), base: text(step.base, b, false), generated: text(step.generated, g, true) }],
    keep: value(step.yours, y),
    take: value(step.generated, g),
  };
}

/** The merged list between its brackets; null where the two sides exclude each other. */
export function mergeFlow(base: Block | null, yours: Block, generated: Block): { readonly text: string; readonly entries: readonly Entry[] } | null {
  const y = index(yours);
  const g = index(generated);
  const items: Item[] = [];
  for (const step of plan(base, yours, generated)) {
    const item = typeof step === 'string' ? (y.get(step) ?? g.get(step)) : undefined;
    if (!item) return null;
    items.push(item);
  }
  return { text: `[${items.map(inline).join(', ')}]`, entries: items.map(({ key, value }): Entry => [key, value]) };
}

/** A plain scalar of a list of lines may hold what ends an item between brackets. */
function inline({ atom }: Item): string {
  return /^["'*&!{[]/.test(atom) || !/[[\]{},]|: |:$/.test(atom) ? atom : JSON.stringify(atom);
}

function plan(base: Block | null, yours: Block, generated: Block): Step[] {
  const keys = (block: Block | null): string[] => (block ? entriesOf(block).map(([key]) => key) : []);
  return (yours.ordered ? planOrdered : planSet)(keys(base), keys(yours), keys(generated));
}

/** The items as lines at a column, whatever they are in the list. */
function asLines(list: Block, column: number): Block {
  const items = list.items.map((item): Item =>
    list.flow
      ? { ...item, body: `${' '.repeat(column)}- ${item.atom}\n` }
      : { ...item, lead: reindent(item.lead, column - list.indent), body: reindent(item.body, column - list.indent) },
  );
  return { ...list, flow: false, indent: column, items };
}

function index(block: Block | null): ReadonlyMap<string, Item> {
  return new Map(block?.items.map((item) => [item.key, item]));
}
