/** Checks one value against its question, whatever layer it came from. */
import type { ServiceAnswer } from './answers.ts';
import { projectNameProblem, serviceNameProblem } from './names.ts';
import { didYouMean, kindOf, shown } from './nearest.ts';
import { pathProblem, portProblem } from './places.ts';
import { offered, type ChoiceQuestion, type Question, type ServicesQuestion, type TextQuestion } from './table.ts';

/** Says what is wrong with a value for a question and what to do; null when it can be taken as an answer. */
export function valueProblem(question: Question, value: unknown): string | null {
  if (question.locked !== undefined && JSON.stringify(value) !== JSON.stringify(question.default)) return question.locked;
  switch (question.kind) {
    case 'name':
      return typeof value === 'string' ? projectNameProblem(value) : `${kindOf(value)} is no name: write text`;
    case 'text':
      return textProblem(question, value);
    case 'switch':
      return typeof value === 'boolean' ? null : `${shown(value)} is neither true nor false`;
    case 'choice':
      return choiceProblem(question, value);
    case 'services':
      return servicesValueProblem(question, value);
  }
}

/** The longest answer to a starter's question, in characters; its pattern is tried on no more. */
const LONGEST_TEXT = 200;

function textProblem({ pattern, help }: TextQuestion, value: unknown): string | null {
  if (typeof value !== 'string') return `${kindOf(value)} is no text: write it in quotation marks`;
  if (value === '') return `it is empty: ${help}`;
  if (value.length > LONGEST_TEXT) return `${shown(value)} is longer than ${LONGEST_TEXT} characters`;
  if (/\p{Cc}/u.test(value)) return `${shown(value)} has a control character: write one line of plain text`;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) return `${shown(value)} does not match ${pattern}: ${help}`;
  return null;
}

function servicesValueProblem(question: ServicesQuestion, value: unknown): string | null {
  if (!Array.isArray(value)) return `${kindOf(value)} is no list of services`;
  for (const service of value as readonly Partial<ServiceAnswer>[]) {
    const problem =
      serviceNameProblem(String(service.name)) ??
      choiceProblem(question, service.framework) ??
      (service.port === undefined ? null : portProblem(service.port)) ??
      (service.path === undefined ? null : pathProblem(service.path));
    if (problem !== null) return problem;
  }
  return null;
}

/** The same for one word that a question offers. */
export function choiceProblem(question: ChoiceQuestion | ServicesQuestion, value: unknown): string | null {
  const choice = question.choices.find((candidate) => candidate.value === value);
  if (choice?.unavailable !== undefined) return choice.unavailable;
  if (choice !== undefined) return null;
  const known = offered(question).map((candidate) => candidate.value);
  return `${shown(value)} is none of ${known.join(', ')}${typeof value === 'string' ? didYouMean(value, known) : ''}`;
}
