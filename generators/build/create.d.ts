export interface CreateOptions {
  /** The directory of the starter, or a file in it, as `import.meta.url` is; a path, or a file: URL. */
  readonly starter: string | URL;
}

/**
 * Runs the program of pycompose with a starter of its own: `npm init @acme/service`, with all flags and commands.
 * Sets the exit code of the process; errors are printed, not thrown.
 */
export declare function create(options: CreateOptions): Promise<void>;
