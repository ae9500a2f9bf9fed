/** The command that brings a project to what is newest: answers, this version, starters. */
import { UserError } from '../../errors/user-error.ts';
import { answerTo, type Answers } from '../../questions/answers.ts';
import { askOpen, type Ask } from '../../questions/prompts.ts';
import type { Questions } from '../../questions/table.ts';
import { valueProblem } from '../../questions/values.ts';
import { disallowed, type LivingProject } from '../project.ts';
import type { Wanted } from '../wanted.ts';
import { withValues } from './answers.ts';

/**
 * @param assignments answers to questions that a newer starter asks, as KEY=VALUE
 * @param ask null where nobody can be asked
 * @throws UserError (usage) for a question that nobody answers
 */
export async function wantUpdate(project: LivingProject, assignments: readonly string[], ask: Ask | null): Promise<Wanted> {
  const changed = assignments.length === 0 ? { answers: project.current } : withValues(project, assignments);
  const open = unanswered(project, changed.answers);
  if (open.length > 0 && ask === null) throw unansweredError(open);
  const complete = ask === null ? changed.answers : ((await askOpen(ask, changed.answers, open, project.current.name)) as Answers);
  const answers = withoutUnasked(project, project.refs.length === 0 ? complete : { ...complete, starters: project.refs });
  return { answers, reach: 'all', notes: [...(changed.notes ?? []), ...unaskedNotes(project), ...outdatedNotes(project, answers), ...project.notes, ...disallowed({ ...project, current: answers })] };
}

function withoutUnasked({ unasked }: LivingProject, answers: Answers): Answers {
  if (unasked.length === 0) return answers;
  return { ...answers, own: Object.fromEntries(Object.entries(answers.own ?? {}).filter(([key]) => !unasked.some((question) => question.key === key))) };
}

function unaskedNotes({ unasked, current }: LivingProject): readonly string[] {
  return unasked.map((question) => `no starter asks for ${question.key} any more: its answer (${String(answerTo(current, question))}) is gone from pycompose.yaml`);
}

/** Answers that their questions no longer take: others stand in their place. */
function outdatedNotes({ sources, asked }: LivingProject, answers: Answers): readonly string[] {
  return sources.questions.flatMap((question) => {
    const old = question.own === true ? asked.get(question.key) : undefined;
    return old === undefined || valueProblem(question, old) === null ? [] : [`${question.key} was ${String(old)}, which its starter no longer takes: it is ${String(answerTo(answers, question))} now`];
  });
}

/** @throws UserError (usage) for a question of a starter that nobody has answered yet */
export function refuseUnanswered(project: LivingProject): void {
  const open = unanswered(project, project.current);
  if (open.length > 0) throw unansweredError(open);
}

function unanswered({ sources }: LivingProject, answers: Answers): Questions {
  return sources.questions.filter((question) => answerTo(answers, question) === undefined);
}

function unansweredError(open: Questions): UserError {
  const words = open.map(({ key }) => `${key}=...`).join(' ');
  return new UserError(`there is no answer to ${open.map(({ key, help }) => `${key} (${help})`).join(', ')}, which a newer starter asks: run pycompose update ${words}`);
}
