/** From what a command wants of a project to the plan that gets it there. */
import { writeAnswers } from '../answers/write.ts';
import { migrate, pending } from '../migrations/migrate.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveProject } from '../project/resolve.ts';
import { secretNames } from '../project/secrets.ts';
import type { Answers } from '../questions/answers.ts';
import type { FileMap } from '../render/file-map.ts';
import { ANSWERS_PATH, renderedFiles } from '../render/project-files.ts';
import type { Base } from '../base/base.ts';
import { decisionsOf } from './notes.ts';
import { baseAfter, planRun } from './plan-run.ts';
import type { LivingProject } from './project.ts';
import { serviceTarget } from './service-target.ts';
import { targetFiles } from './target.ts';

export interface Wanted {
  readonly answers: Answers;
  /** How far a command reaches: all that this version writes, what a change of answers changes, or one service whole. */
  readonly reach: 'all' | 'answers' | { readonly service: string };
}

export function planWanted(project: LivingProject, { answers, reach }: Wanted): Plan {
  const { directory, last, current, sources } = project;
  const all = reach === 'all';
  const { base, look, moves, notes } = migrate(project.base, project.look, last, all ? pending(project.base.generator, sources.version, project.migrations) : []);
  const after = renderedFiles(answers, sources);
  const target = all ? after : limitedTarget(base.files, renderedFiles(last, sources), after, reach, answers);
  const [old, next] = [resolveProject(last), resolveProject(answers)];
  const had = new Set(secretNames(old).map(({ file }) => file));
  // another server has never seen the migrations
  const forgotten = old.database !== next.database;
  return planRun({
    directory,
    base: withAnswersOnDisk(forgotten ? { ...base, files: withoutHistory(base.files) } : base, current),
    target: forgotten ? withoutHistory(target) : target,
    look,
    packages: sources.packages,
    // without its answers there is no project
    adopted: new Set([ANSWERS_PATH]),
    moves,
    secrets: secretNames(next).filter(({ file }) => !had.has(file)),
    after: baseAfter(base, target, all ? sources.version : base.generator),
    notes: [...notes, ...decisionsOf(old, next)],
  });
}

function limitedTarget(last: FileMap, before: FileMap, after: FileMap, reach: 'answers' | { readonly service: string }, answers: Answers): FileMap {
  if (reach === 'answers') return targetFiles(last, before, after, () => false);
  const below = `services/${reach.service}/`;
  const target = targetFiles(last, before, after, (path) => path.startsWith(below));
  return serviceTarget(target, after, resolveProject(answers), reach.service);
}

/** Migrations as files like an example's: they follow until somebody edits them. */
function withoutHistory(files: FileMap): FileMap {
  return new Map([...files].map(([path, file]) => [path, file.ownership === 'history' ? { ...file, ownership: 'seed' } : file]));
}

/** What the user has changed in pycompose.yaml is wanted already: it is compared with itself. */
function withAnswersOnDisk(base: Base, current: Answers): Base {
  const file = base.files.get(ANSWERS_PATH);
  const text = writeAnswers(current);
  return { ...base, files: new Map([...base.files, [ANSWERS_PATH, { ...(file ?? { mode: 0o644, ownership: 'managed' }), text }]]) };
}
