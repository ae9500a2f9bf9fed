import type { FileRow } from './file-map.ts';

/** What users replace with their own: the example application and the tests. */
export function seed(row: FileRow): FileRow {
  return { ...row, ownership: 'seed' };
}

/** What databases remember: migrations. */
export function history(row: FileRow): FileRow {
  return { ...row, ownership: 'history' };
}
