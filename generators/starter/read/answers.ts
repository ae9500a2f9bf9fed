/** Checks what a starter says of questions: it has to be something that could be answered. */
import { didYouMean, quoted, shown } from '../../questions/nearest.ts';
import { allQuestions, type OwnQuestion, type Question } from '../../questions/table.ts';
import { valueProblem } from '../../questions/values.ts';
import { servicesValue, withKinds } from '../rules.ts';
import type { AnswerRule, ServiceKind } from '../starter.ts';
import type { Described } from './description.ts';

export function checkAnswers({ description, refuse }: Described, kinds: readonly ServiceKind[], own: readonly OwnQuestion[]): void {
  const table = [...withKinds(allQuestions, kinds), ...own];
  for (const [key, rule] of Object.entries(description.answers ?? {})) {
    const question = table.find((candidate) => candidate.key === key);
    if (question === undefined) return refuse(['answers', key], `there is no question ${quoted(key)}${didYouMean(key, table.map((known) => known.key))}; there is ${table.map((known) => known.key).join(', ')}`);
    const problem = ruleProblem(question, rule);
    if (problem !== null) refuse(['answers', key, problem.part], `${key}.${problem.part}: ${problem.message}`);
  }
}

function ruleProblem(question: Question, { locked, default: given, allowed, because }: AnswerRule): { readonly part: string; readonly message: string } | null {
  const wrong = (part: string, value: unknown): { part: string; message: string } | null => {
    const message = valueProblem(question, question.kind === 'services' ? servicesValue(value) : value);
    return message === null ? null : { part, message };
  };
  if (locked !== undefined && (given !== undefined || allowed !== undefined)) return { part: 'locked', message: 'what is locked has no other value: leave default and allowed out' };
  if (locked !== undefined) return wrong('locked', locked);
  if (given !== undefined && wrong('default', given) !== null) return wrong('default', given);
  if (allowed === undefined) return because === undefined || given !== undefined ? null : { part: 'because', message: 'there is nothing that it is a reason for' };
  if (!('choices' in question)) return { part: 'allowed', message: `${question.key} has no list of values: say default or locked` };
  const known = question.choices.filter(({ unavailable }) => unavailable === undefined).map(({ value }) => value);
  const unknown = allowed.find((value) => !known.includes(String(value)));
  if (unknown !== undefined) return { part: 'allowed', message: `${shown(unknown)} is none of ${known.join(', ')}${didYouMean(String(unknown), known)}` };
  const fallback = given ?? question.default;
  const used = question.kind === 'services' ? servicesValue(fallback)?.map(({ framework }) => framework) ?? [] : [String(fallback)];
  const outside = used.find((value) => !allowed.includes(value));
  return outside === undefined ? null : { part: given === undefined ? 'allowed' : 'default', message: `the default is ${quoted(outside)}, which is not allowed: say another default` };
}
