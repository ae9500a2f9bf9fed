import { image, type Images } from '../../catalog/images.ts';
import type { Project, Service } from '../../project/model.ts';
import { healthcheck } from './healthcheck.ts';
import type { ComposeFile, ComposeService } from './model.ts';
import { pair } from './networks.ts';
import { imageName, processName, roles, type Role } from './processes.ts';

const MAIL_UI_NETWORK = 'mail-ui';

/** compose.override.yaml: development, picked up by `docker compose` itself. */
export function developFile(project: Project, images: Images): ComposeFile {
  return {
    // A name of its own: a deployment on the same machine keeps its own containers and data.
    name: `${project.name}-develop`,
    services: {
      ...Object.fromEntries(
        project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), developProcess(project, service, role)])),
      ),
      ...(project.mail ? { mail: mail(project, images) } : {}),
    },
    ...(project.mail
      ? {
          networks: {
            [MAIL_UI_NETWORK]: {},
            ...Object.fromEntries(project.services.map((service) => [pair(service, 'mail'), { internal: true as const }])),
          },
        }
      : {}),
  };
}

function developProcess(project: Project, service: Service, role: Role): ComposeService {
  const sends = project.mail && (role === 'web' || role === 'worker');
  return {
    image: imageName(project, service, 'develop'),
    ...(role === 'web' ? { build: { target: 'develop' } } : {}),
    user: '${APP_UID:-10001}:${APP_GID:-10001}',
    ...(role === 'worker' || role === 'beat' ? { command: ['sh', `develop/${role}.sh`] } : {}),
    environment: { HOME: '/tmp', ...(project.mail ? { EMAIL_HOST: 'mail', EMAIL_PORT: '1025' } : {}) },
    volumes: [`./services/${service.name}:/app`],
    ...(sends ? { networks: [pair(service, 'mail')], depends_on: { mail: { condition: 'service_healthy' as const } } } : {}),
  };
}

/** Catches all mail; its inbox is a web page. */
function mail(project: Project, images: Images): ComposeService {
  return {
    image: image(images, 'mailpit'),
    environment: { MP_MAX_MESSAGES: '500' },
    ports: ['127.0.0.1:${MAIL_PORT:-8025}:8025'],
    networks: [MAIL_UI_NETWORK, ...project.services.map((service) => pair(service, 'mail'))],
    healthcheck: healthcheck(['CMD', '/mailpit', 'readyz']),
  };
}
