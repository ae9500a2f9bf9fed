/** What one version of the generator changes for projects of older ones, beyond what a merge does by itself. */
import type { Answers } from '../questions/answers.ts';

export type Side = 'base' | 'yours';

/** The answers that the project was generated from last, and those that it is to be generated from. */
export interface Change {
  readonly last: Answers;
  readonly next: Answers;
}

export interface Migration {
  /** The version that it brings a project to. */
  readonly to: string;
  /** The file's text as if the older version had written it in the new way; `yours` may keep what a rename must not lose. */
  readonly rewrite?: (path: string, text: string, side: Side, answers: Change) => string;
  /** Path of the older version to today's, for files that have another name; the user's edits go with them. */
  readonly moves?: (answers: Answers) => ReadonlyMap<string, string>;
  /** What the user has to know or decide, a sentence each. */
  readonly notes?: (answers: Answers) => readonly string[];
}
