/** What `starter check` has to say. */

export const FINDINGS = {
  wrong: 'cannot be rendered, or what comes out is not well formed',
  stale: 'overrides one of our templates that has changed since',
  unrecorded: 'overrides one of our templates, and nobody knows what that was like',
  unknown: 'is remembered of a template that is not there',
  dead: 'comes into no project that the starter allows',
  note: 'may be meant',
} as const;

export type FindingKind = keyof typeof FINDINGS;

export interface Finding {
  readonly kind: FindingKind;
  /** A file of the starter, or a key of starter.yaml. */
  readonly path: string;
  /** What is wrong, and what to do. */
  readonly message: string;
  /** What has changed, as a unified diff. */
  readonly diff?: string;
}
