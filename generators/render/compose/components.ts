/** The components beside the Python services: database, cache, broker and proxy, as in compose.yaml. */
import { image, type Images } from '../../catalog/images.ts';
import type { Broker, Cache, Database, Project, Proxy } from '../../project/model.ts';
import { healthcheck } from './healthcheck.ts';
import type { ComposeService } from './model.ts';
import { pair, PUBLIC_NETWORK, SETUP_NETWORK } from './networks.ts';
import { dataVolume } from './volumes.ts';

/** The user of the Debian-based images of all databases, caches and brokers: with it they start without root. */
const DAEMON = '999:999';

/** Caddy's image is not sure to have an HTTP client, so the kernel is asked: state 0A on port 8080, 1F90, is listening. */
const LISTENS = "grep -q ':1F90 0*:0000 0A' /proc/net/tcp /proc/net/tcp6";

export function baseComponents(project: Project, images: Images): Record<string, ComposeService> {
  return {
    ...(project.database
      ? { database: database(project, project.database, images), 'database-setup': databaseSetup(project, project.database, images) }
      : {}),
    ...(project.cache ? { cache: cache(project, project.cache, images) } : {}),
    ...(project.broker ? { broker: broker(project, project.broker, images) } : {}),
    ...(project.proxy ? { proxy: proxy(project, project.proxy, images) } : {}),
  };
}

function database(project: Project, kind: Database, images: Images): ComposeService {
  const postgres = kind === 'postgres';
  return {
    image: image(images, kind),
    user: DAEMON,
    environment: postgres
      ? { POSTGRES_PASSWORD_FILE: '/run/secrets/database_admin_password' }
      : { MARIADB_ROOT_PASSWORD_FILE: '/run/secrets/database_admin_password', MARIADB_AUTO_UPGRADE: '1' },
    secrets: ['database_admin_password'],
    volumes: [`${dataVolume(kind)}:${postgres ? '/var/lib/postgresql' : '/var/lib/mysql'}`],
    networks: [SETUP_NETWORK, ...project.services.map((service) => pair(service, 'database'))],
    // By TCP: the server that initialises an empty volume listens on its socket alone.
    healthcheck: healthcheck(postgres ? ['CMD', 'pg_isready', '-h', '127.0.0.1', '-U', 'postgres'] : ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized']),
    stop_grace_period: '60s',
    ...(postgres ? { shm_size: '128mb' } : {}),
  };
}

function databaseSetup(project: Project, kind: Database, images: Images): ComposeService {
  return {
    image: image(images, kind),
    user: DAEMON,
    entrypoint: ['sh', '/etc/pycompose/setup.sh'],
    secrets: ['database_admin_password', ...project.services.map((service) => `${service.name}_database_password`)],
    volumes: ['./services/database/setup.sh:/etc/pycompose/setup.sh:ro'],
    networks: [SETUP_NETWORK],
    depends_on: { database: { condition: 'service_healthy' } },
    restart: 'no',
  };
}

function cache(project: Project, kind: Cache, images: Images): ComposeService {
  const networks = project.services.map((service) => pair(service, 'cache'));
  if (kind === 'memcached') {
    const version = "exec 3<>/dev/tcp/127.0.0.1/11211; printf 'version\\r\\n' >&3; read -r answer <&3; [[ $$answer == VERSION* ]]";
    return {
      image: image(images, kind),
      command: ['memcached', '--memory-limit=64', '--max-item-size=2m', '--conn-limit=1024'],
      networks,
      healthcheck: healthcheck(['CMD', 'bash', '-c', version]),
    };
  }
  return {
    image: image(images, kind),
    user: DAEMON,
    entrypoint: ['sh', '/etc/pycompose/start.sh'],
    secrets: project.services.map((service) => `${service.name}_cache_password`),
    volumes: ['./services/cache/start.sh:/etc/pycompose/start.sh:ro'],
    // Nothing is kept: without it the image's own volume would be.
    tmpfs: ['/data'],
    networks,
    healthcheck: pong(kind),
  };
}

function broker(project: Project, kind: Broker, images: Images): ComposeService {
  const rabbitmq = kind === 'rabbitmq';
  return {
    image: image(images, kind),
    user: DAEMON,
    // RabbitMQ keeps its data under the name of its host.
    ...(rabbitmq ? { hostname: 'broker' } : {}),
    entrypoint: ['sh', '/etc/pycompose/start.sh'],
    secrets: project.services.map((service) => `${service.name}_broker_password`),
    volumes: ['./services/broker/start.sh:/etc/pycompose/start.sh:ro', `${dataVolume(kind)}:${rabbitmq ? '/var/lib/rabbitmq' : '/data'}`],
    networks: project.services.map((service) => pair(service, 'broker')),
    healthcheck: rabbitmq
      ? { ...healthcheck(['CMD', 'rabbitmq-diagnostics', '-q', 'check_port_listener', '5672'], '30s'), timeout: '15s', start_interval: '3s' }
      : pong(kind),
    stop_grace_period: '30s',
  };
}

function pong(kind: 'redis' | 'valkey') {
  return healthcheck(['CMD-SHELL', `${kind}-cli ping | grep -q PONG`]);
}

function proxy(project: Project, kind: Proxy, images: Images): ComposeService {
  const nginx = kind === 'nginx';
  return {
    image: image(images, kind),
    ...(nginx ? {} : { user: '10001:10001' }),
    volumes: [
      nginx
        ? './services/proxy/default.conf:/etc/nginx/conf.d/default.conf:ro'
        : './services/proxy/Caddyfile:/etc/caddy/Caddyfile:ro',
    ],
    ports: ['${BIND:-127.0.0.1}:${PORT:-8000}:8080'],
    networks: [PUBLIC_NETWORK, ...project.services.map((service) => pair(service, 'proxy'))],
    depends_on: Object.fromEntries(project.services.map((service) => [service.name, { condition: 'service_healthy' as const }])),
    healthcheck: healthcheck(nginx ? ['CMD', 'curl', '-fsS', 'http://127.0.0.1:8081/healthz'] : ['CMD-SHELL', LISTENS]),
    stop_grace_period: '40s',
  };
}
