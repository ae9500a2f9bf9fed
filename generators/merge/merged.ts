/** What a merge gives: text that is settled, and places that somebody has to decide. */

/** One place where the user's text and the generated one both changed, and not to the same; each side is whole lines. */
export interface Conflict {
  readonly yours: string;
  /** What the generator wrote before; empty where there was nothing. */
  readonly base: string;
  readonly generated: string;
}

/** The merged text in order, cut at its conflicts. */
export type Merged = readonly (string | Conflict)[];

/** How a conflict is settled: the user's side, the generated side, both between markers, or one behind the other. */
export type Side = 'keep' | 'take' | 'markers' | 'both';

export const MARKERS = { yours: '<<<<<<< yours', middle: '=======', generated: '>>>>>>> pycompose' } as const;

/** Whether somebody has still to settle what a run has left between markers. */
export function hasMarkers(text: string): boolean {
  return text.split(/\r?\n/).includes(MARKERS.yours);
}

export function conflictsOf(merged: Merged): readonly Conflict[] {
  return merged.filter((part) => typeof part !== 'string');
}

/** The text that comes of a merge once each conflict, by its number from 0, is settled. */
export function settle(merged: Merged, side: (conflict: Conflict, index: number) => Side): string {
  let index = 0;
  return merged.map((part) => (typeof part === 'string' ? part : settleOne(part, side(part, index++)))).join('');
}

function settleOne(conflict: Conflict, side: Side): string {
  if (side === 'keep') return conflict.yours;
  if (side === 'take') return conflict.generated;
  if (side === 'both') return closed(conflict.yours) + conflict.generated;
  const end = `${conflict.yours}${conflict.generated}`.includes('\r\n') ? '\r\n' : '\n';
  return [MARKERS.yours, end, closed(conflict.yours), MARKERS.middle, end, closed(conflict.generated), MARKERS.generated, end].join('');
}

/** A text whose last line ends, so that a marker can follow. */
function closed(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
