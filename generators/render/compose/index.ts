import type { Project } from '../../project/model.ts';
import type { Sources } from '../file-map.ts';
import { baseFile } from './base.ts';
import { deployFile } from './deploy.ts';
import { developFile } from './develop.ts';
import { processName, roles } from './processes.ts';
import { testFile } from './testing.ts';
import { printCompose } from './yaml.ts';

/** Whether a path of a project is that of one of its Compose files. */
export function isComposePath(path: string): boolean {
  return /^compose(\.\w+)?\.yaml$/.test(path);
}

/** The compose files of a project, by path. */
export function composeFiles(project: Project, sources: Pick<Sources, 'images'>): ReadonlyMap<string, string> {
  const owners = new Map(project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), service.name])));
  const ownerOf = (name: string): string => owners.get(name) ?? name;
  return new Map([
    [
      'compose.yaml',
      printCompose(
        ['The whole system. Alone it is neither: compose.override.yaml makes it the development', 'environment, compose.deploy.yaml the production system, compose.test.yaml the tests.'],
        baseFile(project, sources.images),
        { ownerOf, logging: true },
      ),
    ],
    ['compose.override.yaml', printCompose(['Development: `docker compose` adds this file to compose.yaml by itself.'], developFile(project, sources.images), { ownerOf })],
    ['compose.deploy.yaml', printCompose(['Production: docker compose -f compose.yaml -f compose.deploy.yaml'], deployFile(project), { ownerOf })],
    ['compose.test.yaml', printCompose(['Tests: ./run test'], testFile(project, sources.images), { ownerOf, override: ['networks'] })],
  ]);
}
