/** From layers of partial answers to one complete set, with where each value came from. */
import { EXIT, UserError } from '../errors/user-error.ts';
import { answerTo, withAnswer, type Answers, type AnswerValue, type PartialAnswers } from '../questions/answers.ts';
import { servicesProblem } from '../questions/names.ts';
import { allQuestions, flagName, type Question, type QuestionKey, type Questions, type SwitchQuestion } from '../questions/table.ts';

/** One place that answers can come from. */
export interface Layer {
  readonly answers: PartialAnswers;
  /** Where the value of a key stands, like `--cache` or `answers.yaml:7:1`. */
  readonly where: (key: string) => string;
}

/** Where every value came from: `default`, or what its layer says. */
export type Provenance = Readonly<Record<string, string>>;

export interface Resolved {
  readonly answers: Answers;
  readonly from: Provenance;
}

export interface Merged {
  readonly answers: PartialAnswers;
  readonly from: Partial<Provenance>;
  /** The questions that somebody could be asked. */
  readonly open: readonly Question[];
}

/** The values of the layers, the first layer that has a key winning, and the questions that no layer answers; what is locked is no question. */
export function mergeLayers(layers: readonly Layer[], table: Questions = allQuestions): Merged {
  const starters = layers.find((layer) => layer.answers.starters !== undefined)?.answers.starters;
  let answers: PartialAnswers = starters === undefined ? {} : { starters };
  let from: Partial<Provenance> = {};
  const open: Question[] = [];
  for (const question of table) {
    const layer = layers.find((candidate) => answerTo(candidate.answers, question) !== undefined);
    if (layer !== undefined) {
      answers = withAnswer(answers, question, answerTo(layer.answers, question));
      from = { ...from, [question.key]: layer.where(question.key) };
    } else if (question.locked === undefined) open.push(question);
    else {
      answers = withAnswer(answers, question, question.default);
      from = { ...from, [question.key]: `${question.origin ?? 'default'}, locked` };
    }
  }
  return { answers, from, open };
}

/**
 * Fills what the layers leave open with defaults and checks the answers together.
 * Throws a UserError that names the key and the remedy when they contradict each other.
 */
export function completeAnswers(layers: readonly Layer[], defaultName: string, table: Questions = allQuestions): Resolved {
  let { answers, from } = mergeLayers(layers, table);
  for (const question of table) {
    if (answerTo(answers, question) !== undefined) continue;
    const value = defaultValue(question, answers, defaultName);
    if (value === undefined) throw new UserError(`there is no answer to ${question.key} (${question.help}): give --${flagName(question)}`);
    answers = withAnswer(answers, question, value);
    from = { ...from, [question.key]: defaultReason(question, answers) };
  }
  const complete = answers as Answers;
  const origin = from as Provenance;
  checkTogether(complete, origin, table);
  return { answers: complete, from: origin };
}

/** What an open question is answered with, given the answers before it in the table; undefined where only a person can say it. */
export function defaultValue(question: Question, answers: PartialAnswers, defaultName: string): AnswerValue | undefined {
  switch (question.kind) {
    case 'name':
      return question.default ?? defaultName;
    case 'switch':
      return question.default && !isOff(question, answers);
    default:
      return question.default;
  }
}

function defaultReason(question: Question, answers: PartialAnswers): string {
  return question.kind === 'switch' && isOff(question, answers) ? `default, because ${question.needs?.key} is none` : (question.origin ?? 'default');
}

/** Whether a switch has nothing to switch. */
export function isOff({ needs }: SwitchQuestion, answers: PartialAnswers): boolean {
  return needs !== undefined && answers[needs.key as QuestionKey] === 'none';
}

/** What somebody has answered beyond what was given already. */
export function answeredLayer(answers: Answers, given: PartialAnswers, table: Questions = allQuestions): Layer {
  const answered = table.filter((question) => answerTo(answers, question) !== answerTo(given, question));
  return { answers: answered.reduce<PartialAnswers>((layer, question) => withAnswer(layer, question, answerTo(answers, question)), {}), where: () => 'answered' };
}

/** Refuses answers that are each right but wrong together; of answers that are not there yet, nothing is assumed. */
export function checkTogether(answers: PartialAnswers, from: Partial<Provenance>, table: Questions = allQuestions): void {
  const proxied = answers.proxy !== undefined && answers.proxy !== 'none';
  const services = answers.services === undefined ? null : servicesProblem(answers.services, proxied);
  if (services !== null) throw new UserError(`services (${from['services']}): ${services}`, EXIT.usage);
  for (const question of table) {
    if (question.kind !== 'switch' || question.needs === undefined || answerTo(answers, question) !== true || !isOff(question, answers)) continue;
    const needed = question.needs.key;
    throw new UserError(
      `${question.key} (${from[question.key]}) contradicts ${needed}: none (${from[needed]}): ${question.needs.because}; choose a ${needed} or turn ${question.key} off`,
      EXIT.usage,
    );
  }
}
