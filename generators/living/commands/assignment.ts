/** Reads the KEY=VALUE words of `pycompose set`. */
import { UserError } from '../../errors/user-error.ts';
import type { Answers, ServiceAnswer } from '../../questions/answers.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { pathProblem, portProblem } from '../../questions/places.ts';
import { allQuestions, type QuestionKey } from '../../questions/table.ts';
import { choiceProblem, valueProblem } from '../../questions/values.ts';

const SWITCH: Readonly<Record<string, boolean>> = { true: true, false: false, yes: true, no: false, on: true, off: false };
const OF_SERVICE = ['framework', 'port', 'path'];

/** @throws UserError (usage) naming the assignment and the remedy */
export function assigned(answers: Answers, assignment: string): { readonly key: QuestionKey; readonly value: unknown } {
  const [, key = '', text = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (key === '') throw new UserError(`set ${quoted(assignment)}: write KEY=VALUE, like cache=redis`);
  if (key.startsWith('services.')) return { key: 'services', value: withOption(answers, key, text) };
  const keys = allQuestions.map((candidate) => candidate.key);
  const question = allQuestions.find((candidate) => candidate.key === key);
  if (question === undefined) throw new UserError(`set: unknown key ${quoted(key)}${didYouMean(key, keys)}; known are ${keys.join(', ')}, and services.NAME.${OF_SERVICE.join('|')}`);
  if (question.kind === 'services') throw new UserError('set: services come and go with pycompose service NAME and pycompose remove NAME; their options are set like services.web.port=8005');
  const value = question.kind === 'switch' ? (SWITCH[text] ?? text) : text;
  const problem = valueProblem(question, value);
  if (problem !== null) throw new UserError(`${key}: ${problem}`);
  return { key: question.key, value };
}

function withOption(answers: Answers, key: string, text: string): readonly ServiceAnswer[] {
  const [, name = '', option = '', ...more] = key.split('.');
  const names = answers.services.map((service) => service.name);
  if (!names.includes(name)) throw new UserError(`set: there is no service ${quoted(name)}; there is ${names.join(', ')}${didYouMean(name, names)}`);
  if (more.length > 0 || !OF_SERVICE.includes(option)) throw new UserError(`set: unknown key ${quoted(key)}; of a service there is ${OF_SERVICE.join(', ')}${didYouMean(option, OF_SERVICE)}`);
  const value = option === 'port' && /^\d+$/.test(text) ? Number(text) : text;
  const problem = problemOf(option, value);
  if (problem !== null) throw new UserError(`${key}: ${problem}`);
  return answers.services.map((service) => (service.name === name ? { ...service, [option]: value } : service));
}

function problemOf(option: string, value: unknown): string | null {
  if (option === 'port') return portProblem(value);
  if (option === 'path') return pathProblem(value);
  const question = allQuestions.find((candidate) => candidate.kind === 'services');
  return question?.kind === 'services' ? choiceProblem(question, value) : null;
}
