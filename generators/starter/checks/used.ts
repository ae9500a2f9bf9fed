/** What of a starter comes into projects: the rest of it is dead. */
import { readComposeFragment, placeInCompose } from '../fragments/compose.ts';
import { placeInDockerfile } from '../fragments/dockerfile.ts';
import { mappedImages } from '../images.ts';
import type { Starter } from '../starter.ts';
import { parseDocument } from 'yaml';
import type { Images } from '../../catalog/images.ts';
import type { Project } from '../../project/model.ts';
import { offered, servicesOf, type Questions } from '../../questions/table.ts';
import { projectFor, withBroughtRoot, withBroughtService } from '../../render/brought-rows.ts';
import { spotsOf } from '../../render/compose/index.ts';
import type { ComposeFile } from '../../render/compose/model.ts';
import type { FileMap, Sources } from '../../render/file-map.ts';
import { rootRows } from '../../render/root-files.ts';
import { serviceRows } from '../../render/service-files.ts';
import type { Finding } from './finding.ts';

/** Adds up over projects which parts of a starter they have. */
export class Used {
  readonly #starter: Starter;
  readonly #sources: Sources;
  readonly #parts = new Set<string>();

  constructor(starter: Starter, sources: Sources) {
    this.#starter = starter;
    this.#sources = sources;
  }

  add(project: Project, files: FileMap): void {
    for (const { brought, path } of withBroughtRoot(rootRows(project), this.#sources)) if (brought !== undefined && files.has(path)) this.#parts.add(brought.name);
    for (const service of project.services) {
      const rows = withBroughtService(serviceRows(projectFor(project, service), service), service, this.#sources);
      for (const { brought, path } of rows) if (brought !== undefined && files.has(`services/${service.name}/${path}`)) this.#parts.add(brought.name);
      const dockerfile = files.get(`services/${service.name}/Dockerfile`)?.text ?? '';
      for (const stage of this.#stages()) if (placeInDockerfile(dockerfile, new Map([[stage, 'RUN true']])).missing.length === 0) this.#parts.add(`fragments/Dockerfile.${stage}`);
    }
    for (const [name, text] of this.#starter.fragments) if (name.startsWith('compose')) this.#addSpots(name, text, project, files);
    for (const [path, { text }] of files) {
      if (!/requirements[^/]*\.txt$/.test(path)) continue;
      for (const name of Object.keys(this.#starter.packages)) if (text.includes(`\n${name}==`)) this.#parts.add(`packages.${name}`);
    }
  }

  /** @param images as our catalogue has them */
  dead(table: Questions, images: Images): readonly Finding[] {
    const { templates, fragments, kinds, packages, images: map, seeds } = this.#starter;
    const kindsOffered = offered(servicesOf(table)).map(({ value }) => value);
    const parts = [
      ...[...templates.keys()].map((path) => [`templates/${path}`, 'no project has it: take it out, or see whether its name is right'] as const),
      ...this.#stages().map((stage) => [`fragments/Dockerfile.${stage}`, `no Dockerfile has a stage ${stage}`] as const),
      ...[...fragments].filter(([name]) => name.startsWith('compose')).flatMap(([name, text]) => spotsIn(name, text).map((spot) => [`fragments/${name} services.${spot}`, 'no project has such a service: see whether it is a spot of that file'] as const)),
      ...Object.keys(packages).map((name) => [`packages.${name}`, 'nothing asks for it'] as const),
    ];
    const mapsNothing = Object.keys(map).filter((key) => same(mappedImages(images, map), mappedImages(images, Object.fromEntries(Object.entries(map).filter(([other]) => other !== key)))));
    return [
      ...parts.filter(([part]) => !this.#parts.has(part)).map(([path, message]): Finding => ({ kind: 'dead', path, message })),
      ...mapsNothing.map((key): Finding => ({ kind: 'dead', path: `images.${key}`, message: 'no image comes from there' })),
      ...kinds.filter(({ name }) => !kindsOffered.includes(name)).map(({ name }): Finding => ({ kind: 'dead', path: `kinds.${name}`, message: 'answers.services does not allow it' })),
      ...seeds.filter((seed) => this.#sources.templates.has(seed)).map((seed): Finding => ({ kind: 'dead', path: `seeds ${seed}`, message: 'it overrides a template of ours, which says whose the file is' })),
    ];
  }

  #stages(): readonly string[] {
    return [...this.#starter.fragments.keys()].flatMap((name) => (name.startsWith('Dockerfile.') ? [name.slice('Dockerfile.'.length)] : []));
  }

  #addSpots(name: string, text: string, project: Project, files: FileMap): void {
    const file = parseDocument(files.get(name)?.text ?? '', { version: '1.1', logLevel: 'silent' }).toJS() as ComposeFile | null;
    if (file === null) return;
    const { missing } = placeInCompose({ ...file, services: file.services ?? {} }, readComposeFragment(text, name, String), spotsOf(project, this.#sources.brought));
    for (const spot of spotsIn(name, text)) if (!missing.includes(spot)) this.#parts.add(`fragments/${name} services.${spot}`);
  }
}

function spotsIn(name: string, text: string): readonly string[] {
  return Object.keys((readComposeFragment(text, name, String)['services'] ?? {}) as object);
}

function same(one: Images, other: Images): boolean {
  return [...one].every(([name, reference]) => other.get(name) === reference);
}
