import { NO_COMPANY, type BroughtFile } from '../starter/brought.ts';
import { placeInDockerfile } from '../starter/fragments/dockerfile.ts';
import { printSandboxed } from '../starter/sandbox/print.ts';
import type { Project, Service } from '../project/model.ts';
import { secretNames } from '../project/secrets.ts';
import type { OwnAnswers } from '../questions/answers.ts';
import { projectFor, withBroughtRoot, withBroughtService, type BroughtRow } from './brought-rows.ts';
import { diagram } from './diagram.ts';
import { print } from './ejs.ts';
import type { FileMap, ProjectContext, RenderedFile, Sources, TemplateContext } from './file-map.ts';
import { composeFiles } from './compose/index.ts';
import { withLicence } from './licence-header.ts';
import { buildSecretMounts, packageIndexFiles } from './package-index.ts';
import { requirementFiles } from './requirements.ts';
import { rootRows } from './root-files.ts';
import { serviceRows } from './service-files.ts';

/** Renders a whole project: the same project and sources give the same bytes. */
export function renderProject(project: Project, sources: Sources, own: OwnAnswers = {}): FileMap {
  const context = projectContext(project, sources, own);
  const licence = context.company.licence;
  const files = new Map<string, RenderedFile>();
  const add = (path: string, file: RenderedFile): void => {
    if (files.has(path)) throw new Error(`two templates print ${path}`);
    files.set(path, { ...file, text: withLicence(path, file.text, licence) });
  };
  for (const [path, text] of composeFiles(project, sources, (file) => printBrought(file, context))) add(path, managed(text));
  for (const [path, text] of packageIndexFiles(project)) add(path, managed(text));
  for (const [path, file] of printRows(withBroughtRoot(rootRows(project), sources), sources, context)) add(path, file);
  for (const service of project.services) {
    for (const [path, file] of renderService(contextFor(context, service), service, sources)) add(`services/${service.name}/${path}`, file);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files of one service, by path inside its directory. */
function renderService(context: ProjectContext, service: Service, sources: Sources): FileMap {
  const files = printRows(withBroughtService(serviceRows(context.project, service), service, sources), sources, { ...context, service }, context);
  const dockerfile = files.get('Dockerfile');
  if (dockerfile !== undefined) files.set('Dockerfile', { ...dockerfile, text: withFragments(dockerfile.text, sources, context, service) });
  for (const [path, text] of requirementFiles(context.project, service, sources)) files.set(path, managed(text));
  return files;
}

function withFragments(dockerfile: string, { brought }: Sources, shared: ProjectContext, service: Service): string {
  let text = dockerfile;
  for (const [name, layers] of brought?.fragments ?? []) {
    const [, stage] = /^Dockerfile\.(.+)$/.exec(name) ?? [];
    if (stage === undefined) continue;
    for (const file of layers) text = placeInDockerfile(text, new Map([[stage, printBrought(file, shared, { service })]])).text;
  }
  return text;
}

/** Computed once: each part grows with the number of services. */
function projectContext(project: Project, { images, uv, brought }: Sources, own: OwnAnswers): ProjectContext {
  const company = brought?.company ?? NO_COMPANY;
  return { project, images, secretFiles: secretNames(project), diagram: diagram(project), uv, secretMounts: buildSecretMounts(project), company, own };
}

/** One context for all services that see the same project: a sandbox is given each of them once. */
const withoutExample = new WeakMap<ProjectContext, ProjectContext>();

function contextFor(context: ProjectContext, service: Service): ProjectContext {
  const project = projectFor(context.project, service);
  if (project === context.project) return context;
  const known = withoutExample.get(context) ?? { ...context, project };
  withoutExample.set(context, known);
  return known;
}

/** @param shared what all services see, where that is not all of the context */
function printRows(rows: readonly BroughtRow[], sources: Sources, context: TemplateContext, shared: ProjectContext = context): Map<string, RenderedFile> {
  const { service } = context;
  const files = new Map<string, RenderedFile>();
  for (const row of rows) {
    const text = row.brought === undefined ? print(sources, row.template, context) : printBrought(row.brought, shared, service === undefined ? {} : { service });
    // a starter's template that prints nothing says that there is to be no file
    if (row.brought === undefined || text.trim() !== '') files.set(row.path, { text, mode: row.mode ?? 0o644, ownership: row.ownership ?? 'managed' });
  }
  return files;
}

function printBrought(file: BroughtFile, shared: ProjectContext, own: object = {}): string {
  return file.name.endsWith('.ejs') || file.name.startsWith('fragments/') ? printSandboxed(file, shared, own) : file.text;
}

function managed(text: string): RenderedFile {
  return { text, mode: 0o644, ownership: 'managed' };
}
