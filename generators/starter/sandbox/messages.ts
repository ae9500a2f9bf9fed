/** What goes between the program and the thread of the sandbox: text and numbers alone. */
export interface Request {
  readonly template: string;
  /** The encoded shared context, when it is another one than last time. */
  readonly shared?: string;
  readonly own: string;
}

/** Why there is no text; the line is the template's, null where none is known. */
export interface Problem {
  readonly problem: string;
  readonly line: number | null;
  /** The thread cannot go on after it. */
  readonly broken?: true;
}

export type Answer = { readonly text: string } | Problem;
