/** Checks one value against its question, whatever layer it came from. */
import type { PartialAnswers, ServiceAnswer } from './answers.ts';
import { projectNameProblem, serviceNameProblem } from './names.ts';
import { didYouMean, kindOf, shown } from './nearest.ts';
import { pathProblem, portProblem } from './places.ts';
import { offered, type ChoiceQuestion, type Question, type ServicesQuestion } from './table.ts';

/** Says what is wrong with a value for a question and what to do; null when it can be taken as an answer. */
export function valueProblem(question: Question, value: unknown): string | null {
  switch (question.kind) {
    case 'text':
      return typeof value === 'string' ? projectNameProblem(value) : `${kindOf(value)} is no name: write text`;
    case 'switch':
      return typeof value === 'boolean' ? null : `${shown(value)} is neither true nor false`;
    case 'choice':
      return choiceProblem(question, value);
    case 'services':
      return servicesValueProblem(question, value);
  }
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

/** Puts a checked value under its key. */
export function withAnswer(answers: PartialAnswers, question: Question, value: unknown): PartialAnswers {
  return { ...answers, [question.key]: value };
}
