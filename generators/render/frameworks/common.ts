import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';
import { seed } from '../ownership.ts';

const TEMPLATES = 'service/common';

/** The files that every Python service has, whatever its framework. */
export function commonRows(project: Project, service: Service): readonly FileRow[] {
  const row = (path: string, more: Partial<FileRow> = {}): FileRow => ({ template: `${TEMPLATES}/${path}`, path, ...more });
  const inPackage = (file: string): FileRow => row(`package/${file}`, { path: `${service.package}/${file}` });
  return [
    row('Dockerfile'),
    row('_dockerignore', { path: '.dockerignore' }),
    seed(row('README.md')),
    row('pyproject.toml'),
    inPackage('environment.py'),
    row('deploy/__init__.py'),
    row('deploy/gunicorn.conf.py'),
    row('deploy/logs.py'),
    row('deploy/healthcheck.sh', { mode: 0o755 }),
    row('develop/__init__.py'),
    ...(project.broker ? workerRows(project, row, inPackage) : []),
  ];
}

function workerRows(project: Project, row: (path: string, more?: Partial<FileRow>) => FileRow, inPackage: (file: string) => FileRow): readonly FileRow[] {
  return [
    inPackage('heartbeat.py'),
    inPackage('celery_settings.py'),
    row('deploy/worker.sh', { mode: 0o755 }),
    row('develop/worker.sh', { mode: 0o755 }),
    ...(project.beat ? [row('deploy/beat.sh', { mode: 0o755 }), row('develop/beat.sh', { mode: 0o755 })] : []),
  ];
}
