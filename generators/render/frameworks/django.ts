import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';

const TEMPLATES = 'service/django';

/** The files of a Django service beside the common ones. */
export function djangoRows(project: Project, service: Service): readonly FileRow[] {
  const row = (path: string, more: Partial<FileRow> = {}): FileRow => ({ template: `${TEMPLATES}/${path}`, path, ...more });
  const inPackage = (file: string): FileRow => row(`package/${file}`, { path: `${service.package}/${file}` });
  const script = (path: string): FileRow => row(path, { mode: 0o755 });
  return [
    script('manage.py'),
    ...['__init__.py', 'settings.py', 'urls.py', 'wsgi.py', 'health.py'].map(inPackage),
    ...(project.database || project.cache || project.mail ? [inPackage('connections.py')] : []),
    row('develop/settings.py'),
    script('develop/run.sh'),
    row('deploy/settings.py'),
    script('deploy/run.sh'),
    row('tests/__init__.py'),
    row('tests/test_health.py'),
    ...(project.database ? [script('deploy/migrate.sh'), row('tests/conftest.py'), row('tests/test_migrations.py'), inPackage('migrations/__init__.py')] : []),
    ...(project.broker ? [...['celery.py', 'tasks.py'].map(inPackage), row('tests/test_tasks.py')] : []),
    ...(project.example ? exampleRows(service, row, inPackage) : []),
  ];
}

function exampleRows(service: Service, row: (path: string, more?: Partial<FileRow>) => FileRow, inPackage: (file: string) => FileRow): readonly FileRow[] {
  return [
    ...['models.py', 'admin.py', 'items.py', 'stats.py', 'api.py', 'pages.py', 'migrations/0001_initial.py'].map(inPackage),
    row('package/templates/index.html', { path: `${service.package}/templates/${service.package}/index.html` }),
    { template: 'service/common/style.css', path: `${service.package}/static/${service.package}/style.css` },
    row('tests/test_items.py'),
  ];
}
