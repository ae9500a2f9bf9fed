import type { Project, Service } from '../project/model.ts';
import { secretNames } from '../project/secrets.ts';
import { diagram } from './diagram.ts';
import { print } from './ejs.ts';
import type { FileMap, FileRow, ProjectContext, RenderedFile, Sources, TemplateContext } from './file-map.ts';
import { composeFiles } from './compose/index.ts';
import { requirementFiles } from './requirements.ts';
import { rootRows } from './root-files.ts';
import { serviceRows } from './service-files.ts';

/** Renders a whole project: the same project and sources give the same bytes. */
export function renderProject(project: Project, sources: Sources): FileMap {
  const files = new Map<string, RenderedFile>();
  const add = (path: string, file: RenderedFile): void => {
    if (files.has(path)) throw new Error(`two templates print ${path}`);
    files.set(path, file);
  };
  for (const [path, text] of composeFiles(project, sources)) add(path, managed(text));
  const context = projectContext(project, sources);
  for (const row of rootRows(project)) add(row.path, printRow(row, sources, context));
  for (const service of project.services) {
    for (const [path, file] of renderService(context, service, sources)) add(path, file);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files of one service, by path inside the project. */
function renderService(context: ProjectContext, service: Service, sources: Sources): FileMap {
  const { project } = context;
  const below = (path: string): string => `services/${service.name}/${path}`;
  const files = new Map<string, RenderedFile>();
  for (const row of serviceRows(project, service)) files.set(below(row.path), printRow(row, sources, { ...context, service }));
  for (const [path, text] of requirementFiles(project, service, sources.packages)) files.set(below(path), managed(text));
  return files;
}

/** Computed once: each part grows with the number of services. */
function projectContext(project: Project, { images }: Sources): ProjectContext {
  return { project, images, secretFiles: secretNames(project), diagram: diagram(project) };
}

function printRow(row: FileRow, sources: Sources, context: TemplateContext): RenderedFile {
  return { text: print(sources, row.template, context), mode: row.mode ?? 0o644, ownership: row.ownership ?? 'managed' };
}

function managed(text: string): RenderedFile {
  return { text, mode: 0o644, ownership: 'managed' };
}
