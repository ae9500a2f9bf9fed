import type { Images } from '../../catalog/images.ts';
import type { Project, Service } from '../../project/model.ts';
import { baseComponents } from './components.ts';
import type { ComposeFile, ComposeService, Environment } from './model.ts';
import { imageName, processName, roles, type Role } from './processes.ts';
import { persistentVolumes } from './volumes.ts';

/** One network for all: Docker has address space for some thirty networks, and development may be up beside the tests. */
const NETWORK = 'tests';

/** compose.test.yaml: the test layer on the production image, with data that lives in memory; used by `./run test`. */
export function testFile(project: Project, images: Images): ComposeFile {
  const volumes = persistentVolumes(project);
  const inMemory = { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'uid=999,gid=999,mode=0750' } };
  return {
    name: `${project.name}-test`,
    services: {
      ...Object.fromEntries(
        project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), testProcess(project, service, role)])),
      ),
      ...Object.fromEntries(Object.keys(baseComponents(project, images)).map((name) => [name, { networks: [NETWORK] }])),
    },
    networks: { [NETWORK]: { internal: true as const } },
    ...(volumes.length > 0 ? { volumes: Object.fromEntries(volumes.map((name) => [name, inMemory])) } : {}),
  };
}

function testProcess(project: Project, service: Service, role: Role): ComposeService {
  return {
    image: imageName(project, service, 'test'),
    ...(role === 'web' ? { build: { target: 'test' } } : {}),
    environment: testEnvironment(project, service),
    networks: [NETWORK],
  };
}

function testEnvironment(project: Project, service: Service): Environment {
  return {
    ALLOWED_HOSTS: 'localhost,testserver',
    // The tests talk to the service itself, without the proxy that strips the prefix.
    ...(service.prefix ? { ROOT_PATH: '' } : {}),
    ...(service.framework === 'django' ? { SECURE_SSL_REDIRECT: 'false' } : {}),
    ...(project.mail ? { EMAIL_HOST: 'localhost', EMAIL_FROM: 'tests@example.com' } : {}),
  };
}
