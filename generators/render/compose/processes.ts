import type { Project, Service } from '../../project/model.ts';
import { serviceSecrets } from '../../project/secrets.ts';
import { buildSecrets } from '../package-index.ts';
import { healthcheck } from './healthcheck.ts';
import type { ComposeService, Condition, Environment } from './model.ts';
import { pair } from './networks.ts';

export type Role = 'web' | 'migrate' | 'worker' | 'beat';

/** The processes of a Python service: one image, one command each. */
export function roles(project: Project): readonly Role[] {
  return [
    'web',
    ...(project.database ? (['migrate'] as const) : []),
    ...(project.broker ? (['worker'] as const) : []),
    ...(project.beat ? (['beat'] as const) : []),
  ];
}

/** The Compose name of a process: the service's own name for its web server. */
export function processName(service: Service, role: Role): string {
  return role === 'web' ? service.name : `${service.name}-${role}`;
}

export function imageName(project: Project, service: Service, tag: string): string {
  return `${project.name}-${service.name}:${tag}`;
}

/** The processes of a service as in compose.yaml, with their Compose names. */
export function baseProcesses(project: Project, service: Service): readonly (readonly [string, ComposeService])[] {
  return roles(project).map((role) => [processName(service, role), baseProcess(project, service, role)]);
}

function baseProcess(project: Project, service: Service, role: Role): ComposeService {
  const dependsOn = dependencies(project, service, role);
  return {
    image: imageName(project, service, '${TAG:-latest}'),
    ...(role === 'web' ? { build: build(project, service) } : { pull_policy: 'never' as const, command: ['sh', `deploy/${role}.sh`] }),
    init: true,
    environment: environment(project, service),
    secrets: secrets(project, service),
    ...(role === 'web' && service.port !== null
      ? { ports: [`\${BIND:-127.0.0.1}:\${${portVariable(service)}:-${service.port}}:8000`] }
      : {}),
    networks: networks(project, service, role),
    ...(Object.keys(dependsOn).length > 0 ? { depends_on: dependsOn } : {}),
    ...(role === 'migrate'
      ? { restart: 'no' }
      : { healthcheck: healthcheck(['CMD', 'sh', 'deploy/healthcheck.sh', role]), stop_grace_period: role === 'worker' ? '60s' : '30s' }),
  };
}

function build(project: Project, service: Service): NonNullable<ComposeService['build']> {
  const names = buildSecrets(project).map(({ name }) => name);
  return { context: `services/${service.name}`, target: 'runtime', ...(names.length > 0 ? { secrets: names } : {}) };
}

/** The variable in .env for the published port of a service that has no proxy before it. */
export function portVariable(service: Service): string {
  return `${service.package.toUpperCase()}_PORT`;
}

function networks(project: Project, service: Service, role: Role): string[] {
  const web = role === 'web';
  return [
    ...(web ? [pair(service, project.proxy ? 'proxy' : 'public')] : []),
    ...(project.database && role !== 'beat' ? [pair(service, 'database')] : []),
    ...(project.cache && (web || role === 'worker') ? [pair(service, 'cache')] : []),
    ...(project.broker && role !== 'migrate' ? [pair(service, 'broker')] : []),
  ];
}

function dependencies(project: Project, service: Service, role: Role): Record<string, { condition: Condition }> {
  const healthy = { condition: 'service_healthy' } as const;
  const done = { condition: 'service_completed_successfully' } as const;
  const serving = role === 'web' || role === 'worker';
  return {
    ...(role === 'migrate' ? { database: healthy, 'database-setup': done } : {}),
    ...(project.database && serving ? { [processName(service, 'migrate')]: done } : {}),
    ...(project.cache && serving ? { cache: healthy } : {}),
    ...(project.broker && role !== 'migrate' ? { broker: healthy } : {}),
  };
}

/** What every process of a service knows about its surroundings; the values of secrets are files. */
function environment(project: Project, service: Service): Environment {
  const { database, cache, broker } = project;
  return {
    ...(service.framework === 'fastapi' ? {} : { SECRET_KEY_FILE: '/run/secrets/secret_key' }),
    ...(service.prefix ? { ROOT_PATH: service.prefix } : {}),
    ...(database
      ? {
          DATABASE_HOST: 'database',
          DATABASE_PORT: database === 'postgres' ? '5432' : '3306',
          DATABASE_NAME: service.package,
          DATABASE_USER: service.package,
          DATABASE_PASSWORD_FILE: '/run/secrets/database_password',
        }
      : {}),
    ...(cache ? { CACHE_HOST: 'cache', CACHE_PORT: cache === 'memcached' ? '11211' : '6379' } : {}),
    ...(cache && cache !== 'memcached' ? { CACHE_USER: service.package, CACHE_PASSWORD_FILE: '/run/secrets/cache_password' } : {}),
    ...(broker
      ? {
          BROKER_HOST: 'broker',
          BROKER_PORT: broker === 'rabbitmq' ? '5672' : '6379',
          BROKER_USER: service.package,
          BROKER_PASSWORD_FILE: '/run/secrets/broker_password',
          CELERY_CONCURRENCY: '${CELERY_CONCURRENCY:-2}',
          ...(broker === 'rabbitmq' ? {} : { CELERY_VISIBILITY_TIMEOUT: '${CELERY_VISIBILITY_TIMEOUT:-600}' }),
        }
      : {}),
    LOG_LEVEL: '${LOG_LEVEL:-INFO}',
    WEB_CONCURRENCY: '${WEB_CONCURRENCY:-2}',
    ...(service.framework === 'fastapi' ? {} : { GUNICORN_THREADS: '${GUNICORN_THREADS:-4}' }),
  };
}

/** A service's own secrets, mounted under their names without the service's. */
function secrets(project: Project, service: Service): { source: string; target: string }[] {
  return serviceSecrets(project, service).map((target) => ({ source: `${service.name}_${target}`, target }));
}
