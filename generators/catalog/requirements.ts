import type { Project, Service } from '../project/model.ts';
import type { Dependency } from './graph.ts';

/** What a service asks for itself, by the file that lists it. */
export interface Requirements {
  readonly runtime: readonly Dependency[];
  readonly test: readonly Dependency[];
  readonly dev: readonly Dependency[];
}

/** The packages of the chosen options, and no other. */
export function requirements(project: Project, service: Service): Requirements {
  const { framework } = service;
  const django = framework === 'django';
  return {
    runtime: sorted([
      'gunicorn',
      framework,
      ...(django && project.database ? ['whitenoise'] : []),
      ...(framework === 'fastapi' ? ['uvicorn', 'uvicorn-worker'] : []),
      ...(framework === 'fastapi' && project.example ? ['jinja2', 'python-multipart'] : []),
      ...database(project, service),
      ...cache(project),
      ...tasks(project),
    ]),
    test: sorted(['pytest', ...(django ? ['pytest-django'] : []), ...(framework === 'fastapi' ? ['httpx2'] : [])]),
    dev: sorted([
      'mypy',
      'ruff',
      ...(project.broker ? ['watchfiles'] : []),
      ...(django ? ['django-stubs'] : []),
      ...(framework === 'flask' && project.database === 'mariadb' ? ['types-pymysql'] : []),
    ]),
  };
}

/** The same with what starters ask for. */
export function withRequirements(own: Requirements, starters: readonly { readonly [group in keyof Requirements]: readonly string[] }[]): Requirements {
  if (starters.length === 0) return own;
  const group = (name: keyof Requirements): readonly Dependency[] => sorted([...own[name].map(written), ...starters.flatMap((starter) => starter[name])]);
  return { runtime: group('runtime'), test: group('test'), dev: group('dev') };
}

function written({ name, extras }: Dependency): string {
  return extras === undefined ? name : `${name}[${extras.join(',')}]`;
}

function database({ database }: Project, { framework }: Service): readonly string[] {
  if (!database) return [];
  const driver = database === 'postgres' ? 'psycopg[binary]' : { django: 'mysqlclient', flask: 'pymysql', fastapi: 'asyncmy' }[framework];
  if (framework === 'django') return [driver];
  return [driver, 'alembic', framework === 'fastapi' ? 'sqlalchemy[asyncio]' : 'sqlalchemy'];
}

function cache({ cache }: Project): readonly string[] {
  if (!cache) return [];
  return [cache === 'memcached' ? 'pymemcache' : 'redis'];
}

/** Celery reaches Redis and Valkey alike by its extra, whether they carry tasks or keep results. */
function tasks({ broker, results }: Project): readonly string[] {
  if (!broker) return [];
  return broker !== 'rabbitmq' || results?.redis ? ['celery[redis]', 'redis'] : ['celery'];
}

/** Without doubles, as `name` or `name[extra,extra]` read into dependencies. */
function sorted(names: readonly string[]): readonly Dependency[] {
  return [...new Set(names)].sort().map((text) => {
    const [name = '', extras] = text.replace(']', '').split('[');
    return extras ? { name, extras: extras.split(',') } : { name };
  });
}
