/** The library: a company's own `npm init` is a package with a starter whose program calls create. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';

export interface CreateOptions {
  /** The directory of the starter, or a file in it, as `import.meta.url` is; a path, or a file: URL. */
  readonly starter: string | URL;
}

/**
 * Runs the program of pycompose with a starter of its own: `npm init @acme/service`, with all flags and commands.
 * Sets the exit code of the process; errors are printed, not thrown.
 */
export async function create({ starter }: CreateOptions): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), { directory: directoryOf(starter) });
}

function directoryOf(starter: string | URL): string {
  const text = String(starter);
  if (!text.startsWith('file:')) return resolve(text);
  const path = fileURLToPath(text);
  return text.endsWith('/') ? path : dirname(path);
}
