/** Another value for an item, around which the user's spacing and comment stay. */
import type { Item } from './keyed.ts';

/** The user's item with the generator's value in the place of the user's. */
export function withValue(yours: Item, generated: Item): string {
  return header(yours.before, generated.atom) + yours.after + blockText(generated);
}

/** What stands before a value and the value, with a space between them where there has to be one. */
export function header(before: string, atom: string): string {
  if (atom === '') return before.trimEnd();
  return before === '' || /\s$/.test(before) ? before + atom : `${before} ${atom}`;
}

/** The lines of an item's block. */
function blockText({ block, body }: Item): string {
  return block && !block.flow ? body.slice(body.indexOf('\n') + 1) : '';
}
