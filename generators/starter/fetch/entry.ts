/** A file of a starter that is not on the disk yet. */
export interface Entry {
  /** From the starter's directory, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}
