/** The migrations of all versions, oldest first; a version without an entry needs none. */
import type { Migration } from './migration.ts';
import { volumesByServer } from './volumes-by-server.ts';

export const migrations: readonly Migration[] = [volumesByServer];
