import type { Block } from './keyed.ts';

/** A file format that the keyed merge understands. */
export interface Format {
  /** @throws Untrusted for a text that is malformed, or has a form that the keyed merge does not know */
  parse(text: string): Block;
  /** The anchors that a text refers to and does not define. */
  missing(text: string): readonly string[];
  /** Whether a text that was merged by line can be trusted to mean what was meant. */
  certain(text: string): boolean;
  /** Why no program could read the text; null where one can. */
  problem(text: string): string | null;
}
