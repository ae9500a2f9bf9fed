/** Reads the KEY=VALUE words of `pycompose set`. */
import { UserError } from '../../errors/user-error.ts';
import type { Answers, ServiceAnswer } from '../../questions/answers.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { SERVICE_OPTIONS, servicesOf, type Question, type Questions } from '../../questions/table.ts';
import { valueProblem } from '../../questions/values.ts';
import { refuseUnknownService } from './unknown-service.ts';

const SWITCH: Readonly<Record<string, boolean>> = { true: true, false: false, yes: true, no: false, on: true, off: false };

/** @throws UserError (usage) naming the assignment and the remedy */
export function assigned(answers: Answers, assignment: string, table: Questions): { readonly question: Question; readonly value: unknown } {
  const [, key = '', text = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (key === '') throw new UserError(`set ${quoted(assignment)}: write KEY=VALUE, like cache=redis`);
  if (key.startsWith('services.')) return { question: servicesOf(table), value: withOption(answers, key, text, table) };
  const keys = table.map((candidate) => candidate.key);
  const question = table.find((candidate) => candidate.key === key.replace(/^own\./, ''));
  if (question === undefined) throw new UserError(`set: unknown key ${quoted(key)}${didYouMean(key, keys)}; known are ${keys.join(', ')}, and services.NAME.${SERVICE_OPTIONS.join('|')}`);
  if (question.kind === 'services') throw new UserError('set: services come and go with pycompose service NAME and pycompose remove NAME; their options are set like services.web.port=8005');
  const value = question.kind === 'switch' ? (SWITCH[text] ?? text) : text;
  const problem = valueProblem(question, value);
  if (problem !== null) throw new UserError(`${key}: ${problem}`);
  return { question, value };
}

function withOption(answers: Answers, key: string, text: string, table: Questions): readonly ServiceAnswer[] {
  const [, name = '', option = '', ...more] = key.split('.');
  refuseUnknownService(answers, name, 'set: ');
  if (more.length > 0 || !SERVICE_OPTIONS.includes(option)) throw new UserError(`set: unknown key ${quoted(key)}; of a service there is ${SERVICE_OPTIONS.join(', ')}${didYouMean(option, SERVICE_OPTIONS)}`);
  const value = option === 'port' && /^\d+$/.test(text) ? Number(text) : text;
  const services = answers.services.map((service) => (service.name === name ? { ...service, [option]: value } : service));
  // the others are well already, so a problem is one of this option
  const problem = valueProblem(servicesOf(table), services);
  if (problem !== null) throw new UserError(`${key}: ${problem}`);
  return services;
}
