/** What Flask and FastAPI services share: settings modules, SQLAlchemy models, Alembic, plain SMTP. */
import type { Project, Service } from '../../project/model.ts';
import type { FileRow } from '../file-map.ts';
import { history, seed } from '../ownership.ts';

export function sharedRows(project: Project, service: Service): readonly FileRow[] {
  const row = (template: string, path: string, mode?: 0o755): FileRow => ({ template: `service/sqlalchemy/${template}`, path, ...(mode ? { mode } : {}) });
  const inPackage = (file: string): FileRow => row(`package/${file}`, `${service.package}/${file}`);
  return [
    inPackage('settings.py'),
    row('develop-settings.py', 'develop/settings.py'),
    row('deploy-settings.py', 'deploy/settings.py'),
    ...(project.database
      ? [
          row('migrate.sh', 'deploy/migrate.sh', 0o755),
          row('alembic.ini', 'alembic.ini'),
          row('migrations/script.py.mako', 'migrations/script.py.mako'),
          row('migrations/versions/__init__.py', 'migrations/versions/__init__.py'),
          seed(inPackage('models.py')),
        ]
      : []),
    ...(project.broker ? [inPackage('celery.py')] : []),
    ...(project.reminders ? [seed(inPackage('mail.py'))] : []),
    ...(project.example
      ? [
          // It keeps other sites' forms out: no part of the example that is the user's to replace.
          inPackage('origin.py'),
          seed(row('index.html', `${service.package}/templates/index.html`)),
          seed({ template: 'service/common/style.css', path: `${service.package}/static/style.css` }),
          history(row('migrations/versions/0001_items.py', 'migrations/versions/0001_items.py')),
        ]
      : []),
    ...testRows(project).map((path) => seed(row(path, path))),
  ];
}

function testRows(project: Project): readonly string[] {
  return [
    'tests/__init__.py',
    'tests/conftest.py',
    'tests/test_health.py',
    ...(project.database ? ['tests/test_migrations.py'] : []),
    ...(project.broker ? ['tests/test_tasks.py'] : []),
    ...(project.example ? ['tests/test_items.py'] : []),
  ];
}

/** The files that each of the two frameworks writes in its own way. */
export function ownRows(framework: 'flask' | 'fastapi', project: Project, service: Service): readonly FileRow[] {
  const row = (path: string, mode?: 0o755): FileRow => ({ template: `service/${framework}/${path}`, path, ...(mode ? { mode } : {}) });
  const inPackage = (file: string): FileRow => ({ template: `service/${framework}/package/${file}`, path: `${service.package}/${file}` });
  return [
    inPackage('__init__.py'),
    inPackage('health.py'),
    row('develop/run.sh', 0o755),
    row('deploy/run.sh', 0o755),
    ...(project.database ? [inPackage('database.py'), row('migrations/env.py')] : []),
    ...(project.cache ? [inPackage('cache.py')] : []),
    ...(project.broker ? [seed(inPackage('tasks.py'))] : []),
    ...(project.example ? ['items.py', 'stats.py', 'api.py', 'pages.py'].map(inPackage).map(seed) : []),
  ];
}
