import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';

export function fastapiRows(_project: Project, _service: Service): readonly FileRow[] {
  return [];
}
