import type { Project } from '../project/model.ts';
import type { FileRow } from './file-map.ts';

export function rootRows(_project: Project): readonly FileRow[] {
  return [];
}
