import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';
import { ownRows, sharedRows } from './sqlalchemy.ts';

/** The files of a Flask service beside the common ones. */
export function flaskRows(project: Project, service: Service): readonly FileRow[] {
  return [
    ...sharedRows(project, service),
    ...ownRows('flask', project, service),
  ];
}
