/** The commands that change a project's answers: service, remove and set. */
import { checkTogether, isOff, type Provenance } from '../../answers/layers.ts';
import { UserError } from '../../errors/user-error.ts';
import { withoutService, withService } from '../../project/services.ts';
import { answerTo, withAnswer, type Answers } from '../../questions/answers.ts';
import { serviceNameProblem } from '../../questions/names.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { offered, servicesOf, type Question, type Questions } from '../../questions/table.ts';
import { choiceProblem } from '../../questions/values.ts';
import { ANSWERS_PATH } from '../../render/project-files.ts';
import type { LivingProject } from '../project.ts';
import type { Wanted } from '../wanted.ts';
import { assigned } from './assignment.ts';
import { refusePending } from './pending.ts';
import { refuseUnknownService } from './unknown-service.ts';

/** Asks for the framework of a new service; undefined where nobody can be asked. */
export type AskFramework = ((name: string, frameworks: readonly string[]) => Promise<string>) | undefined;

/** @throws UserError (usage) */
export async function wantService(project: LivingProject, name: string, framework: string | undefined, ask: AskFramework): Promise<Wanted> {
  const table = project.sources.questions;
  const question = servicesOf(table);
  const frameworks = offered(question).map(({ value }) => value);
  refuseLocked(question);
  refusePending(project, name);
  const problem = serviceNameProblem(name);
  if (problem !== null) throw new UserError(problem);
  const old = project.current.services.find((service) => service.name === name);
  const chosen = framework ?? old?.framework ?? (await ask?.(name, frameworks));
  if (chosen === undefined) throw new UserError(`there is no service ${quoted(name)} yet: write pycompose service ${name} --framework ${frameworks.join('|')} to add it${didYouMean(name, project.current.services.map((service) => service.name))}`);
  const wrong = chosen === old?.framework ? null : choiceProblem(question, chosen);
  if (wrong !== null) throw new UserError(`--framework: ${wrong}`);
  const service = { ...old, name, framework: chosen };
  return { answers: checked(table, withService(project.current, service), `service ${name}`), reach: { service: name } };
}

/** @throws UserError (usage) */
export function wantRemoval(project: LivingProject, name: string): Wanted {
  refuseUnknownService(project.current, name);
  refuseLocked(servicesOf(project.sources.questions));
  if (project.current.services.length === 1) throw new UserError(`"${name}" is the only service: add another one first, or delete the project's directory`);
  refusePending(project, name);
  return { answers: checked(project.sources.questions, withoutService(project.current, name), `remove ${name}`), reach: 'answers' };
}

/** @throws UserError (usage) naming the assignment and the remedy */
export function wantValues(project: LivingProject, assignments: readonly string[]): Wanted {
  return { ...withValues(project, assignments), reach: 'answers' };
}

/**
 * The project's answers, changed by KEY=VALUE words.
 * @throws UserError (usage) naming the assignment and the remedy
 */
export function withValues(project: LivingProject, assignments: readonly string[]): Pick<Wanted, 'answers' | 'notes'> {
  let answers = project.current;
  const table = project.sources.questions;
  const given = new Map<string, string>();
  for (const assignment of assignments) {
    const { question, value } = assigned(answers, assignment, table);
    refuseSecond(given.get(question.key), assignment);
    answers = withAnswer(answers, question, value);
    given.set(question.key, assignment);
  }
  const complete = withoutUseless(table, answers, given);
  return { answers: checked(table, complete, undefined, given), notes: switchedOff(table, answers, complete) };
}

function refuseLocked({ key, locked }: Question): void {
  if (locked !== undefined) throw new UserError(`${key}: ${locked}`);
}

function switchedOff(table: Questions, wanted: Answers, complete: Answers): string[] {
  return table.flatMap((question) =>
    question.kind === 'switch' && question.needs !== undefined && answerTo(wanted, question) === true && answerTo(complete, question) === false
      ? [`${question.key} is off, too, because ${question.needs.because}: \`pycompose set ${question.needs.key}=... ${question.key}=true\` brings it back`]
      : [],
  );
}

function refuseSecond(first: string | undefined, second: string): void {
  const key = (assignment: string): string => assignment.slice(0, assignment.indexOf('='));
  if (first !== undefined && key(first) === key(second) && first !== second) throw new UserError(`set: ${key(second)} is given twice, as ${quoted(first)} and as ${quoted(second)}: keep one`);
}

/** A switch goes off with what it needs, unless the same command says otherwise. */
function withoutUseless(table: Questions, answers: Answers, given: ReadonlyMap<string, string>): Answers {
  return table.reduce((kept, question) => {
    if (question.kind !== 'switch' || given.has(question.key) || question.needs === undefined || !given.has(question.needs.key)) return kept;
    return isOff(question, kept) ? withAnswer(kept, question, false) : kept;
  }, answers);
}

function checked(table: Questions, answers: Answers, command: string | undefined, given: ReadonlyMap<string, string> = new Map()): Answers {
  const from: Provenance = Object.fromEntries(table.map(({ key }) => [key, given.get(key) ?? (key === 'services' ? command : undefined) ?? ANSWERS_PATH]));
  checkTogether(answers, from, table);
  return answers;
}
