import type { Project, Service } from '../../project/model.ts';
import { persistentVolumes } from './base.ts';
import type { ComposeFile, ComposeService, Environment } from './model.ts';
import { imageName, processName, roles, type Role } from './processes.ts';

/** compose.test.yaml: the test layer on the production image, with data that lives in memory; used by `./run test`. */
export function testFile(project: Project): ComposeFile {
  const volumes = persistentVolumes(project);
  const inMemory = { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'uid=999,gid=999,mode=0750' } };
  return {
    name: `${project.name}-test`,
    services: Object.fromEntries(
      project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), testProcess(project, service, role)])),
    ),
    ...(volumes.length > 0 ? { volumes: Object.fromEntries(volumes.map((name) => [name, inMemory])) } : {}),
  };
}

function testProcess(project: Project, service: Service, role: Role): ComposeService {
  return {
    image: imageName(project, service, 'test'),
    ...(role === 'web' ? { build: { target: 'test' } } : {}),
    environment: testEnvironment(project, service),
  };
}

function testEnvironment(project: Project, service: Service): Environment {
  return {
    ALLOWED_HOSTS: 'localhost,testserver',
    ...(service.framework === 'django' ? { SECURE_SSL_REDIRECT: 'false' } : {}),
    ...(project.mail ? { EMAIL_HOST: 'localhost', EMAIL_FROM: 'tests@example.com' } : {}),
  };
}
