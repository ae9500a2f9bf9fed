/** The commands that say whose a file is: adopt, eject and files. */
import { UserError } from '../../errors/user-error.ts';
import { didYouMean } from '../../questions/nearest.ts';
import type { Ownership, RenderedFile } from '../../render/file-map.ts';
import { BASE_PATH, type Base } from '../../base/base.ts';
import { ANSWERS_PATH, renderedFiles } from '../../render/project-files.ts';
import { SCHEMA_PATH } from '../../answers/write.ts';
import { isUnedited } from '../decide.ts';
import { planRun, type Draft } from '../plan-run.ts';
import type { LivingProject } from '../project.ts';
import { refuseOlder } from '../wanted.ts';
import { refusePending } from './pending.ts';

/** What a project cannot be without: nobody can take it over. */
const OURS = new Set([ANSWERS_PATH, SCHEMA_PATH, BASE_PATH]);

/** @throws UserError (usage) for what the generator does not write, or nobody can take over */
export function planEject(project: LivingProject, paths: readonly string[]): Draft {
  refuseOlder(project);
  const generated = renderedFiles(project.current, project.sources);
  const files = new Map(project.base.files);
  for (const path of paths) {
    if (OURS.has(path)) throw new UserError(`${path} cannot be taken over: the project is regenerated from it`);
    const file = files.get(path) ?? generated.get(path);
    if (file === undefined) throw notGenerated(path, [...files.keys()]);
    files.set(path, file);
  }
  return planOwnership(project, { ...project.base, files, ejected: new Set([...project.base.ejected, ...paths]) }, files, []);
}

/** @throws UserError (usage) for what the generator does not write */
export function planAdopt(project: LivingProject, paths: readonly string[]): Draft {
  refuseOlder(project);
  refusePending(project);
  const generated = renderedFiles(project.current, project.sources);
  const target = new Map(project.base.files);
  for (const path of paths) {
    const file = generated.get(path);
    if (file === undefined) throw notGenerated(path, [...generated.keys()]);
    target.set(path, file);
  }
  return planOwnership(project, { ...project.base, ejected: new Set([...project.base.ejected].filter((path) => !paths.includes(path))) }, target, paths);
}

function planOwnership(project: LivingProject, base: Base, target: ReadonlyMap<string, RenderedFile>, adopted: readonly string[]): Draft {
  const { directory, look, sources, lenient, unasked } = project;
  return planRun({ directory, base, target, look, packages: sources.packages, questions: [...lenient, ...unasked], adopted: new Set(adopted), moves: new Map(), secrets: [], generator: base.generator, notes: [] });
}

function notGenerated(path: string, known: readonly string[]): UserError {
  if (known.some((file) => file.startsWith(`${path}/`))) return new UserError(`${path} is a directory: name its files, which \`pycompose files\` lists`);
  return new UserError(`${path} is no file that pycompose writes: it is yours already${didYouMean(path, known) || '; `pycompose files` lists what it writes'}`);
}

export type Owner = Ownership | 'yours';

export interface OwnedFile {
  readonly path: string;
  readonly owner: Owner;
  /** What is to be said of it, like that it was deleted. */
  readonly state: 'as generated' | 'edited' | 'deleted' | 'taken over';
}

/** All files that were generated, and whose each is now: an example is the user's from the first edit on. */
export function ownedFiles({ base, look }: LivingProject): readonly OwnedFile[] {
  return [...base.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, file]): OwnedFile => {
    if (base.ejected.has(path)) return { path, owner: 'yours', state: 'taken over' };
    const seen = look(path);
    const state = seen.kind === 'free' ? 'deleted' : seen.kind === 'file' && isUnedited(seen, file.text) ? 'as generated' : 'edited';
    if (file.ownership === 'managed') return { path, owner: 'managed', state };
    return { path, owner: state === 'as generated' ? file.ownership : 'yours', state };
  });
}
