import type { Project } from '../../project/model.ts';
import type { Brought, BroughtFile } from '../../starter/brought.ts';
import { placeInCompose, readComposeFragment, type Spots } from '../../starter/fragments/compose.ts';
import type { Sources } from '../file-map.ts';
import { baseFile } from './base.ts';
import { deployFile } from './deploy.ts';
import { developFile } from './develop.ts';
import type { ComposeFile } from './model.ts';
import { processName, roles } from './processes.ts';
import { testFile } from './testing.ts';
import { printCompose } from './yaml.ts';

/** Whether a path of a project is that of one of its Compose files. */
export function isComposePath(path: string): boolean {
  return /^compose(\.\w+)?\.yaml$/.test(path);
}

/** Where fragments of starters can be placed in a project's Compose files. */
export function spotsOf(project: Project, brought: Brought | null): Spots {
  const processes = project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), { role, kind: service.kind, framework: service.framework }] as const));
  return { processes: new Map(processes), components: COMPONENTS, kinds: new Set(brought?.kinds.keys()) };
}

const COMPONENTS: ReadonlySet<string> = new Set(['database', 'database-setup', 'cache', 'broker', 'proxy', 'mail']);

/**
 * The compose files of a project, by path.
 * @param printBrought prints text of a starter
 */
export function composeFiles(project: Project, sources: Pick<Sources, 'images' | 'brought'>, printBrought: (file: BroughtFile) => string = ({ text }) => text): ReadonlyMap<string, string> {
  const spots = spotsOf(project, sources.brought);
  const placed = (path: string, file: ComposeFile): ComposeFile =>
    (sources.brought?.fragments.get(path) ?? []).reduce((kept, fragment) => {
      const data = readComposeFragment(fragment.text, `starter ${fragment.starter}: ${fragment.name}`, (text) => printBrought({ ...fragment, text }));
      return placeInCompose(kept, data, spots).file;
    }, file);
  const owners = new Map(project.services.flatMap((service) => roles(project).map((role) => [processName(service, role), service.name])));
  const ownerOf = (name: string): string => owners.get(name) ?? name;
  return new Map([
    [
      'compose.yaml',
      printCompose(
        ['The whole system. Alone it is neither: compose.override.yaml makes it the development', 'environment, compose.deploy.yaml the production system, compose.test.yaml the tests.'],
        placed('compose.yaml', baseFile(project, sources.images)),
        { ownerOf, logging: true },
      ),
    ],
    ['compose.override.yaml', printCompose(['Development: `docker compose` adds this file to compose.yaml by itself.'], placed('compose.override.yaml', developFile(project, sources.images)), { ownerOf })],
    ['compose.deploy.yaml', printCompose(['Production: docker compose -f compose.yaml -f compose.deploy.yaml'], placed('compose.deploy.yaml', deployFile(project)), { ownerOf })],
    ['compose.test.yaml', printCompose(['Tests: ./run test'], placed('compose.test.yaml', testFile(project, sources.images)), { ownerOf, override: ['networks'] })],
  ]);
}
