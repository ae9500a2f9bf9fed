import type { Images } from '../../catalog/images.ts';
import type { Project } from '../../project/model.ts';
import { secretNames } from '../../project/secrets.ts';
import { buildSecrets } from '../package-index.ts';
import { baseComponents } from './components.ts';
import type { ComposeFile } from './model.ts';
import { baseNetworks } from './networks.ts';
import { baseProcesses } from './processes.ts';
import { persistentVolumes } from './volumes.ts';

/** compose.yaml: the whole system, complete but for what development and deployment add. */
export function baseFile(project: Project, images: Images): ComposeFile {
  const secrets = [
    ...secretNames(project).filter(({ generated }) => generated).map(({ file }) => ({ name: file.replace('secrets/', ''), file })),
    ...buildSecrets(project),
  ];
  return {
    name: project.name,
    services: {
      ...Object.fromEntries(project.services.flatMap((service) => baseProcesses(project, service))),
      ...baseComponents(project, images),
    },
    networks: baseNetworks(project),
    ...volumes(project),
    ...(secrets.length > 0 ? { secrets: Object.fromEntries(secrets.map(({ name, file }) => [name, { file }])) } : {}),
  };
}

function volumes(project: Project): Pick<ComposeFile, 'volumes'> {
  const names = persistentVolumes(project);
  return names.length > 0 ? { volumes: Object.fromEntries(names.map((name) => [name, {}])) } : {};
}
