import type { Project, Service } from '../../project/model.ts';
import type { ComposeFile, ComposeService, Environment, Limits } from './model.ts';
import { pair } from './networks.ts';
import { processName, roles, type Role } from './processes.ts';

/** compose.deploy.yaml: production, used as `-f compose.yaml -f compose.deploy.yaml`. */
export function deployFile(project: Project): ComposeFile {
  const processes = project.services.flatMap((service) =>
    roles(project).map((role) => [processName(service, role), deployProcess(project, service, role)] as const),
  );
  return {
    name: project.name,
    services: { ...Object.fromEntries(processes), ...components(project) },
    ...(project.mail
      ? {
          networks: Object.fromEntries(project.services.map((service) => [pair(service, 'egress'), {}])),
          secrets: { email_password: { file: 'secrets/email_password' } },
        }
      : {}),
  };
}

/** A read-only root without any privilege, and limits. */
function hardened(limits: Limits, tmpfs: readonly string[], more: ComposeService = {}): ComposeService {
  return {
    read_only: true,
    tmpfs,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    deploy: { resources: { limits } },
    restart: 'unless-stopped',
    ...more,
  };
}

function deployProcess(project: Project, service: Service, role: Role): ComposeService {
  const sends = project.mail && (role === 'web' || role === 'worker');
  const memory = { web: '512M', migrate: '512M', worker: '512M', beat: '256M' }[role];
  return hardened({ cpus: role === 'beat' ? '0.5' : '2.0', memory, pids: 128 }, ['/tmp:mode=1777'], {
    environment: deployEnvironment(project, service),
    ...(project.mail ? { secrets: ['email_password'] } : {}),
    ...(sends ? { networks: [pair(service, 'egress')] } : {}),
    ...(role === 'migrate' ? { restart: 'no' as const } : {}),
  });
}

function deployEnvironment(project: Project, service: Service): Environment {
  return {
    ALLOWED_HOSTS: '${ALLOWED_HOSTS:?set ALLOWED_HOSTS in .env to the host names of this site}',
    ...(service.framework === 'django'
      ? { TRUSTED_ORIGINS: '${TRUSTED_ORIGINS:-}', SECURE_SSL_REDIRECT: '${SECURE_SSL_REDIRECT:-true}' }
      : {}),
    ...(project.mail
      ? {
          EMAIL_HOST: '${EMAIL_HOST:?set EMAIL_HOST in .env to the SMTP server for outgoing mail}',
          EMAIL_PORT: '${EMAIL_PORT:-587}',
          EMAIL_USER: '${EMAIL_USER:-}',
          EMAIL_PASSWORD_FILE: '/run/secrets/email_password',
          EMAIL_USE_TLS: '${EMAIL_USE_TLS:-true}',
          EMAIL_FROM: '${EMAIL_FROM:?set EMAIL_FROM in .env to the sender of outgoing mail}',
        }
      : {}),
  };
}

function components(project: Project): Record<string, ComposeService> {
  const owned = (path: string): string => `${path}:uid=999,gid=999,mode=0755`;
  const socket = project.database === 'postgres' ? '/var/run/postgresql' : '/run/mysqld';
  return {
    ...(project.database
      ? {
          database: hardened({ cpus: '2.0', memory: '1G', pids: 256 }, ['/tmp:mode=1777', owned(socket)]),
          'database-setup': hardened({ cpus: '1.0', memory: '128M', pids: 32 }, ['/tmp:mode=1777'], { restart: 'no' }),
        }
      : {}),
    ...(project.cache ? { cache: hardened({ cpus: '1.0', memory: '128M', pids: 64 }, ['/tmp:mode=1777']) } : {}),
    ...(project.broker
      ? {
          broker:
            project.broker === 'rabbitmq'
              ? hardened({ cpus: '1.0', memory: '768M', pids: 256 }, ['/tmp:mode=1777', owned('/var/log/rabbitmq')])
              : hardened({ cpus: '1.0', memory: '256M', pids: 256 }, ['/tmp:mode=1777']),
        }
      : {}),
    ...(project.proxy === 'nginx'
      ? { proxy: hardened({ cpus: '1.0', memory: '128M', pids: 64 }, ['/tmp:mode=1777']) }
      : {}),
    ...(project.proxy === 'caddy'
      ? // The binary carries this file capability, and the kernel refuses to start it without.
        { proxy: hardened({ cpus: '1.0', memory: '128M', pids: 64 }, ['/tmp:mode=1777', '/data:mode=1777', '/config:mode=1777'], { cap_add: ['NET_BIND_SERVICE'] }) }
      : {}),
  };
}
