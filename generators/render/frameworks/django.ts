import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';
import { history, seed } from '../ownership.ts';

const TEMPLATES = 'service/django';

type Row = (path: string, more?: Partial<FileRow>) => FileRow;
type InPackage = (file: string) => FileRow;

/** The files of a Django service beside the common ones. */
export function djangoRows(project: Project, service: Service): readonly FileRow[] {
  const row: Row = (path, more = {}) => ({ template: `${TEMPLATES}/${path}`, path, ...more });
  const inPackage: InPackage = (file) => row(`package/${file}`, { path: `${service.package}/${file}` });
  const script = (path: string): FileRow => row(path, { mode: 0o755 });
  return [
    script('manage.py'),
    ...['__init__.py', 'settings.py', 'urls.py', 'wsgi.py', 'health.py'].map(inPackage),
    ...(project.database || project.cache || project.mail ? [inPackage('connections.py')] : []),
    row('develop/settings.py'),
    script('develop/run.sh'),
    row('deploy/settings.py'),
    script('deploy/run.sh'),
    ...(project.database ? [script('deploy/migrate.sh'), inPackage('migrations/__init__.py')] : []),
    ...(project.broker ? [inPackage('celery.py'), seed(inPackage('tasks.py'))] : []),
    ...(project.example ? exampleRows(service, row, inPackage) : []),
    ...testRows(project).map((path) => seed(row(path))),
  ];
}

function exampleRows(service: Service, row: Row, inPackage: InPackage): readonly FileRow[] {
  return [
    ...['models.py', 'admin.py', 'items.py', 'stats.py', 'api.py', 'pages.py'].map(inPackage).map(seed),
    history(inPackage('migrations/0001_initial.py')),
    seed(row('package/templates/index.html', { path: `${service.package}/templates/${service.package}/index.html` })),
    seed({ template: 'service/common/style.css', path: `${service.package}/static/${service.package}/style.css` }),
  ];
}

function testRows(project: Project): readonly string[] {
  return [
    'tests/__init__.py',
    'tests/test_health.py',
    ...(project.database ? ['tests/conftest.py', 'tests/test_migrations.py'] : []),
    ...(project.broker ? ['tests/test_tasks.py'] : []),
    ...(project.example ? ['tests/test_items.py'] : []),
  ];
}
