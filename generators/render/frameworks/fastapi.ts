import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';
import { ownRows, sharedRows } from './sqlalchemy.ts';

/** The files of a FastAPI service beside the common ones. */
export function fastapiRows(project: Project, service: Service): readonly FileRow[] {
  return [
    ...sharedRows(project, service),
    ...ownRows('fastapi', project, service),
    inFastapi(service, 'main.py'),
    inFastapi(service, 'protection.py'),
  ];
}

function inFastapi(service: Service, file: string): FileRow {
  return { template: `service/fastapi/package/${file}`, path: `${service.package}/${file}` };
}
