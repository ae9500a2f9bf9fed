/** What a run changes in a project, as data. */

/** What is at a path; a mode is the permission bits alone. */
export type Found =
  | { readonly kind: 'file'; readonly sha256: string; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string };

export interface Change {
  /** Inside the project, with forward slashes: never absolute, never with '..'. */
  readonly path: string;
  /** What the plan saw; null when nothing was there. */
  readonly before: Found | null;
  /** What is to be there; null deletes. */
  readonly after: { readonly bytes: Uint8Array; readonly mode: number } | null;
}

/** Whether two looks at a path saw the same. */
export function sameFound(one: Found | null, other: Found | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.kind === 'link') return other.kind === 'link' && one.target === other.target;
  return other.kind === 'file' && one.sha256 === other.sha256 && sameMode(one.mode, other.mode);
}

/** Windows keeps no permission bits, so that what it says of them means nothing. */
export function sameMode(one: number, other: number): boolean {
  return process.platform === 'win32' || one === other;
}

/** Whether a step changes nothing but the mode, which is done in place. */
export function isModeOnly(before: Found | null, after: Found | null): boolean {
  return before?.kind === 'file' && after?.kind === 'file' && before.sha256 === after.sha256;
}
