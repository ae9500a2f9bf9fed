/** The exit codes of the program; docs/cli.md lists them for users. */
export const EXIT = { ok: 0, failure: 1, usage: 2, conflicts: 3, drift: 4, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something the user can put right: printed as its one line on stderr, never with a stack. */
export class UserError extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = EXIT.usage) {
    super(message);
    this.name = 'UserError';
    this.code = code;
  }
}

/** An error that standard output has told already, as part of the JSON of a plan. */
export class ReportedError extends UserError {
  constructor({ message, code }: UserError) {
    super(message, code);
  }
}
