import type { Project, Service } from '../project/model.ts';
import type { FileRow } from './file-map.ts';
import { djangoRows } from './frameworks/django.ts';
import { fastapiRows } from './frameworks/fastapi.ts';
import { flaskRows } from './frameworks/flask.ts';
import { commonRows } from './frameworks/common.ts';

const FRAMEWORKS = { django: djangoRows, flask: flaskRows, fastapi: fastapiRows };

/** The printed files of one service, with paths inside its directory. */
export function serviceRows(project: Project, service: Service): readonly FileRow[] {
  return [...commonRows(project, service), ...FRAMEWORKS[service.framework](project, service)];
}
