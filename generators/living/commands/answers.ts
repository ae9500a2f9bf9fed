/** The commands that change a project's answers: service, remove and set. */
import { checkTogether, type Provenance } from '../../answers/layers.ts';
import { UserError } from '../../errors/user-error.ts';
import { withoutService, withService } from '../../project/services.ts';
import type { Answers, ServiceAnswer } from '../../questions/answers.ts';
import { serviceNameProblem } from '../../questions/names.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { allQuestions, offered, servicesQuestion, type QuestionKey } from '../../questions/table.ts';
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
  refusePending(project, name);
  const problem = serviceNameProblem(name);
  if (problem !== null) throw new UserError(problem);
  const old = project.current.services.find((service) => service.name === name);
  const chosen = framework ?? old?.framework ?? (await ask?.(name, frameworks()));
  if (chosen === undefined) throw new UserError(`there is no service ${quoted(name)} yet: write pycompose service ${name} --framework ${frameworks().join('|')} to add it${didYouMean(name, project.current.services.map((service) => service.name))}`);
  const wrong = choiceProblem(servicesQuestion, chosen);
  if (wrong !== null) throw new UserError(`--framework: ${wrong}`);
  const service = { ...old, name, framework: chosen as ServiceAnswer['framework'] };
  return { answers: checked(withService(project.current, service), `service ${name}`), reach: { service: name } };
}

/** @throws UserError (usage) */
export function wantRemoval(project: LivingProject, name: string): Wanted {
  refuseUnknownService(project.current, name);
  if (project.current.services.length === 1) throw new UserError(`"${name}" is the only service: add another one first, or delete the project's directory`);
  refusePending(project, name);
  return { answers: checked(withoutService(project.current, name), `remove ${name}`), reach: 'answers' };
}

/** @throws UserError (usage) naming the assignment and the remedy */
export function wantValues(project: LivingProject, assignments: readonly string[]): Wanted {
  let answers = project.current;
  const given = new Map<QuestionKey, string>();
  for (const assignment of assignments) {
    const { key, value } = assigned(answers, assignment);
    refuseSecond(given.get(key), assignment);
    answers = { ...answers, [key]: value };
    given.set(key, assignment);
  }
  const complete = withoutUseless(answers, given);
  return { answers: checked(complete, undefined, given), reach: 'answers', notes: switchedOff(answers, complete) };
}

function switchedOff(wanted: Answers, complete: Answers): string[] {
  return allQuestions.flatMap((question) =>
    question.kind === 'switch' && wanted[question.key] === true && complete[question.key] === false
      ? [`${question.key} is off, too, because ${question.needs.because}: \`pycompose set ${question.needs.key}=... ${question.key}=true\` brings it back`]
      : [],
  );
}

function refuseSecond(first: string | undefined, second: string): void {
  const key = (assignment: string): string => assignment.slice(0, assignment.indexOf('='));
  if (first !== undefined && key(first) === key(second) && first !== second) throw new UserError(`set: ${key(second)} is given twice, as ${quoted(first)} and as ${quoted(second)}: keep one`);
}

/** A switch goes off with what it needs, unless the same command says otherwise. */
function withoutUseless(answers: Answers, given: ReadonlyMap<QuestionKey, string>): Answers {
  return allQuestions.reduce((kept, question) => {
    if (question.kind !== 'switch' || given.has(question.key) || !given.has(question.needs.key as QuestionKey)) return kept;
    return kept[question.needs.key as QuestionKey] === 'none' ? { ...kept, [question.key]: false } : kept;
  }, answers);
}

function checked(answers: Answers, command: string | undefined, given: ReadonlyMap<QuestionKey, string> = new Map()): Answers {
  const from = Object.fromEntries(allQuestions.map(({ key }) => [key, given.get(key) ?? (key === 'services' ? command : undefined) ?? ANSWERS_PATH])) as Provenance;
  checkTogether(answers, from);
  return answers;
}

function frameworks(): string[] {
  return offered(servicesQuestion).map(({ value }) => value);
}
