/** From what a command wants of a project to the plan that gets it there. */
import { UserError } from '../errors/user-error.ts';
import { writeAnswers } from '../answers/write.ts';
import { migrate, pending } from '../migrations/migrate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/model.ts';
import { resolveProject } from '../project/resolve.ts';
import { secretNames } from '../project/secrets.ts';
import { answerTo, type Answers } from '../questions/answers.ts';
import { valueProblem } from '../questions/values.ts';
import type { FileMap, Sources } from '../render/file-map.ts';
import { INDEX_SETTINGS } from '../render/package-index.ts';
import { ANSWERS_PATH, renderedFiles } from '../render/project-files.ts';
import type { Base } from '../base/base.ts';
import { historyFor } from './history.ts';
import { decisionsOf } from './notes.ts';
import { planRun, type Draft } from './plan-run.ts';
import type { LivingProject } from './project.ts';
import { serviceTarget } from './service-target.ts';
import { targetFiles } from './target.ts';

export interface Wanted {
  readonly answers: Answers;
  /** How far a command reaches: all that this version writes, what a change of answers changes, or one service whole. */
  readonly reach: 'all' | 'answers' | { readonly service: string };
  /** What the user has to know of the answers, a sentence each. */
  readonly notes?: readonly string[];
}

export function planWanted(project: LivingProject, { answers, reach, notes: wantedNotes }: Wanted): Draft {
  const { directory, last, sources } = project;
  const all = reach === 'all';
  if (!all) refuseOlder(project);
  const { base, look, moves, notes } = migrate(project.base, project.look, { last, next: answers }, pending(project.base.generator, sources.version, project.migrations));
  const [old, next] = [resolveProject(last, sources.brought), resolveProject(answers, sources.brought)];
  const after = renderedFiles(answers, sources);
  const target = all ? after : limitedTarget(base.files, renderedFiles(last, sources), after, reach, next);
  // the old answers are resolved with today's starters, which may have brought the index just now
  const had = new Set(secretNames(base.files.has(INDEX_SETTINGS) ? old : { ...old, packageIndex: null }).map(({ file }) => file));
  const history = historyFor(project, old, next);
  const draft = planRun({
    directory,
    base: withAnswersOnDisk(base, project),
    target: history.rewritten(target),
    recorded: target,
    look,
    packages: sources.packages,
    questions: [...project.lenient, ...project.unasked],
    // without its answers there is no project
    adopted: new Set([ANSWERS_PATH]),
    moves,
    secrets: secretNames(next).filter(({ file }) => !had.has(file)),
    generator: all ? sources.version : base.generator,
    notes: [...notes, ...(wantedNotes ?? []), ...decisionsOf(old, next), ...history.notes(base.files)],
  });
  return { ...draft, plan: { ...draft.plan, answers: changedAnswers(project, answers) } };
}

function changedAnswers({ last, asked, sources }: LivingProject, answers: Answers): NonNullable<Plan['answers']> {
  const pairs = [
    ...sources.questions.map((question) => [question.key, question.own === true ? asked.get(question.key) : answerTo(last, question), answerTo(answers, question)] as const),
    ['starters', last.starters, answers.starters] as const,
  ];
  return Object.fromEntries(pairs.filter(([, from, to]) => JSON.stringify(from) !== JSON.stringify(to)).map(([key, from, to]) => [key, { from: from ?? null, to: to ?? null }]));
}

/**
 * What a version has renamed is renamed before anything else changes.
 * @throws UserError (usage) for a project that this version's migrations have not reached
 */
export function refuseOlder({ base, sources, migrations }: LivingProject): void {
  if (pending(base.generator, sources.version, migrations).length > 0) throw new UserError(`this project was written by pycompose ${base.generator}: run pycompose update first, which brings it to ${sources.version}`);
}

function limitedTarget(last: FileMap, before: FileMap, after: FileMap, reach: 'answers' | { readonly service: string }, project: Project): FileMap {
  if (reach === 'answers') return targetFiles(last, before, after, () => false);
  const below = `services/${reach.service}/`;
  const target = targetFiles(last, before, after, (path) => path.startsWith(below));
  return serviceTarget(target, after, project, reach.service);
}

/** What the user has changed in pycompose.yaml is wanted already: it is compared with itself. */
function withAnswersOnDisk(base: Base, { current, sources, unasked, asked }: LivingProject): Base {
  const file = base.files.get(ANSWERS_PATH);
  // an answer that its question no longer takes stands there all the same, for the new one to take its place
  const own = Object.fromEntries(Object.entries(current.own ?? {}).map(([key, answer]) => [key, outdatedAnswer(key, asked, sources) ?? answer]));
  const text = writeAnswers(current.own === undefined ? current : { ...current, own }, [...sources.questions, ...unasked]);
  return { ...base, files: new Map([...base.files, [ANSWERS_PATH, { ...(file ?? { mode: 0o644, ownership: 'managed' }), text }]]) };
}

function outdatedAnswer(key: string, asked: ReadonlyMap<string, unknown>, { questions }: Sources): string | boolean | undefined {
  const question = questions.find((candidate) => candidate.own === true && candidate.key === key);
  const answer = asked.get(key);
  if (question === undefined || (typeof answer !== 'string' && typeof answer !== 'boolean')) return undefined;
  return valueProblem(question, answer) === null ? undefined : answer;
}
