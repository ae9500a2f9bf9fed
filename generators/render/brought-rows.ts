/** The table of files with what starters put in the place of our templates, and add to them. */
import type { Project, Service } from '../project/model.ts';
import type { Brought, BroughtFile } from '../starter/brought.ts';
import { groupsOf, outputOf } from '../starter/read/places.ts';
import type { FileRow, Ownership, Sources } from './file-map.ts';

/** A row, and what a starter prints in its place. */
export interface BroughtRow extends FileRow {
  readonly brought?: BroughtFile;
}

/** Where databases look for what has happened to them. */
const MIGRATION = /(^|\/)migrations\/(versions\/)?\d\w*\.py$/;

/** The files of the project's root. */
export function withBroughtRoot(rows: readonly FileRow[], sources: Sources): readonly BroughtRow[] {
  return withBrought(rows, ['project'], sources, (path) => outputOf(path));
}

/** The files of one service; the more special group wins. */
export function withBroughtService(rows: readonly FileRow[], service: Service, sources: Sources): readonly BroughtRow[] {
  return withBrought(rows, groupsOf(service).map((group) => `service/${group}`), sources, (path) => outputOf(path, service));
}

function withBrought(rows: readonly FileRow[], groups: readonly string[], { brought, templates }: Sources, output: (path: string) => string): readonly BroughtRow[] {
  if (brought === null) return rows;
  const byPath = new Map<string, BroughtRow>(rows.map((row) => [row.path, overridden(row, brought)]));
  for (const group of groups) {
    for (const [path, file] of brought.templates) {
      if (!path.startsWith(`${group}/`) || isOurs(path, templates)) continue;
      const written = output(path.slice(group.length + 1));
      const old = byPath.get(written);
      byPath.set(written, { template: path, path: written, brought: file, mode: modeOf(file), ownership: old?.ownership ?? ownershipOf(path, written, brought) });
    }
  }
  return [...byPath.values()];
}

function overridden(row: FileRow, brought: Brought): BroughtRow {
  const file = brought.templates.get(`${row.template}.ejs`) ?? brought.templates.get(row.template);
  return file === undefined ? row : { ...row, brought: file };
}

/** Whether a template takes the place of one of ours: then it is printed only where ours would be. */
function isOurs(path: string, templates: Sources['templates']): boolean {
  return templates.has(path) || templates.has(`${path}.ejs`);
}

function modeOf({ text }: BroughtFile): 0o644 | 0o755 {
  return text.startsWith('#!') ? 0o755 : 0o644;
}

function ownershipOf(path: string, written: string, { seeds }: Brought): Ownership {
  return seeds.has(path) ? 'seed' : MIGRATION.test(written) ? 'history' : 'managed';
}

/** The project as a service of a starter's own kind sees it: our example is no part of it. */
export function projectFor(project: Project, { kind, framework }: Service): Project {
  if (kind === framework) return project;
  return { ...project, example: false, reminders: false, tasks: project.broker === null ? [] : ['ping'] };
}
