/** What tells one content of a starter from any other. */
import { createHash } from 'node:crypto';
import type { StarterFiles } from '../starter.ts';

/** SHA-256 of all paths and texts, in hexadecimal; lengths tell where one ends and the next begins. */
export function digestOf(files: StarterFiles): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    for (const part of [path, text]) {
      const bytes = Buffer.from(part);
      hash.update(`${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}
