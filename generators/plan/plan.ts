/** What a run is about to do, as data: printed by --dry-run, --json and diff, and carried out. */
import type { Seen } from './seen.ts';
import type { Merged } from '../merge/merged.ts';

export type Action =
  | 'create'
  /** A file that nobody has edited gets its new text. */
  | 'update'
  /** A file that the user has edited gets what is new, and keeps the edits. */
  | 'merge'
  /** Only the mode changes. */
  | 'mode'
  | 'delete'
  /** It stays as it is, for a reason. */
  | 'keep'
  | 'conflict';

export interface PlannedFile {
  /** Inside the project, with forward slashes. */
  readonly path: string;
  readonly mode: number;
  /** The text to write; null for a secret, which is made when it is written, and for what is not written. */
  readonly text: string | null;
  readonly action: Action;
  /** Why a conflict is one, or why a file stays. */
  readonly reason?: string;
  /** Whether a file that stays is the user's own work by now: its base stays, too, so that adopt can merge later. */
  readonly yours?: true;
  /** Whether no side settles the conflict, but only what the remedy says. */
  readonly blocked?: true;
  /** What would end the conflict, unless it is to move the file away. */
  readonly remedy?: string;
  /** Where a renamed file comes from, and what is there; that goes when the file is written. */
  readonly from?: { readonly path: string; readonly seen: Seen };
  /** What is there now; only in the plan for a living project. */
  readonly before?: Seen;
  /** The merge of a conflict that can be settled place by place; without it, only the whole file can be. */
  readonly merged?: Merged;
  /** Whether the text to write has conflict markers, for somebody to settle. */
  readonly marked?: true;
  /** What the generator would write, for settling a conflict of the whole file. */
  readonly generated?: string;
}

export interface Plan {
  /** The project's directory, absolute. */
  readonly directory: string;
  readonly files: readonly PlannedFile[];
  /** The answers that a run changes, as they were and as they will be. */
  readonly answers?: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
  /** What the user has to know or decide, a sentence each. */
  readonly notes: readonly string[];
}
