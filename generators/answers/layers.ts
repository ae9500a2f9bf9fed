/** From layers of partial answers to one complete set, with where each value came from. */
import { EXIT, UserError } from '../errors/user-error.ts';
import type { Answers, PartialAnswers } from '../questions/answers.ts';
import { servicesProblem } from '../questions/names.ts';
import { allQuestions, type Question, type QuestionKey } from '../questions/table.ts';

/** One place that answers can come from. */
export interface Layer {
  readonly answers: PartialAnswers;
  /** Where the value of a key stands, like `--cache` or `answers.yaml:7:1`. */
  readonly where: (key: QuestionKey) => string;
}

/** Where every value came from: `default`, or what its layer says. */
export type Provenance = Readonly<Record<QuestionKey, string>>;

export interface Resolved {
  readonly answers: Answers;
  readonly from: Provenance;
}

/** The values of the layers, the first layer that has a key winning, and the keys that no layer has. */
export function mergeLayers(layers: readonly Layer[]): { answers: PartialAnswers; from: Partial<Provenance>; open: QuestionKey[] } {
  let answers: PartialAnswers = {};
  let from: Partial<Provenance> = {};
  const open: QuestionKey[] = [];
  for (const { key } of allQuestions) {
    const layer = layers.find((candidate) => candidate.answers[key] !== undefined);
    if (layer === undefined) open.push(key);
    else {
      answers = { ...answers, [key]: layer.answers[key] };
      from = { ...from, [key]: layer.where(key) };
    }
  }
  return { answers, from, open };
}

/**
 * Fills what the layers leave open with defaults and checks the answers together.
 * Throws a UserError that names the key and the remedy when they contradict each other.
 */
export function completeAnswers(layers: readonly Layer[], defaultName: string): Resolved {
  const merged = mergeLayers(layers);
  let answers = merged.answers;
  let from = merged.from;
  for (const question of allQuestions) {
    if (answers[question.key] !== undefined) continue;
    answers = { ...answers, [question.key]: defaultValue(question, answers, defaultName) };
    from = { ...from, [question.key]: defaultReason(question, answers) };
  }
  const complete = answers as Answers;
  const origin = from as Provenance;
  checkTogether(complete, origin);
  return { answers: complete, from: origin };
}

/** What an open question is answered with, given the answers before it in the table. */
export function defaultValue(question: Question, answers: PartialAnswers, defaultName: string): Answers[QuestionKey] {
  switch (question.kind) {
    case 'text':
      return defaultName;
    case 'services':
      return [{ name: 'web', framework: 'django' }];
    case 'choice':
      return question.default as Answers[QuestionKey];
    case 'switch':
      return question.default && !isOff(question.needs.key, answers);
  }
}

function defaultReason(question: Question, answers: PartialAnswers): string {
  return question.kind === 'switch' && isOff(question.needs.key, answers) ? `default, because ${question.needs.key} is none` : 'default';
}

function isOff(key: string, answers: PartialAnswers): boolean {
  return answers[key as QuestionKey] === 'none';
}

/** What somebody has answered beyond what was given already. */
export function answeredLayer(answers: Answers, given: PartialAnswers): Layer {
  const answered = allQuestions.filter(({ key }) => answers[key] !== given[key]).map(({ key }) => [key, answers[key]]);
  return { answers: Object.fromEntries(answered) as PartialAnswers, where: () => 'answered' };
}

/** Refuses answers that are each right but wrong together; of answers that are not there yet, nothing is assumed. */
export function checkTogether(answers: PartialAnswers, from: Partial<Provenance>): void {
  const proxied = answers.proxy !== undefined && answers.proxy !== 'none';
  const services = answers.services === undefined ? null : servicesProblem(answers.services, proxied);
  if (services !== null) throw new UserError(`services (${from.services}): ${services}`, EXIT.usage);
  for (const question of allQuestions) {
    if (question.kind !== 'switch' || answers[question.key] !== true || !isOff(question.needs.key, answers)) continue;
    const needed = question.needs.key as QuestionKey;
    throw new UserError(
      `${question.key} (${from[question.key]}) contradicts ${needed}: none (${from[needed]}): ${question.needs.because}; choose a ${needed} or turn ${question.key} off`,
      EXIT.usage,
    );
  }
}
