/** The table of questions as prompts: asks for what is still open, and for changes on the review screen. */
import { styleText } from 'node:util';
import { defaultValue, isOff } from '../answers/layers.ts';
import { answerTo, withAnswer, type Answers, type PartialAnswers, type ServiceAnswer } from './answers.ts';
import { serviceNameProblem, servicesProblem } from './names.ts';
import { offered, type Choice, type Question, type Questions, type ServicesQuestion } from './table.ts';
import { valueProblem } from './values.ts';

interface PromptChoice {
  readonly name: string;
  readonly short: string;
  readonly value: string;
  readonly description?: string;
}

/** One prompt in inquirer's form. */
export interface Prompt {
  readonly type: 'input' | 'select' | 'confirm';
  readonly name: 'value';
  readonly message: string;
  readonly default?: string | boolean;
  readonly choices?: readonly PromptChoice[];
  readonly validate?: (value: string) => true | string;
}

/** Shows a prompt and gives what was answered. */
export type Ask = (prompt: Prompt) => Promise<string | boolean>;

/** Asks with what shows a list of prompts and gives their answers, as Yeoman does. */
export function askWith(show: (prompts: never[]) => Promise<unknown>): Ask {
  return async (prompt) => ((await show([prompt as never])) as { value: string | boolean }).value;
}

/** Asks the open questions in the table's order; a switch whose component is not there is not asked. */
export async function askOpen(ask: Ask, given: PartialAnswers, open: Questions, defaultName: string): Promise<PartialAnswers> {
  let answers = given;
  for (const question of open) {
    answers = withAnswer(answers, question, await askOne(ask, question, answers, defaultName));
  }
  return answers;
}

/** The review screen: gives the answers once there is no problem with them and they are confirmed, null when the user cancels. */
export async function review(
  ask: Ask,
  print: (text: string) => void,
  answers: Answers,
  table: Questions,
  show: (answers: Answers) => string,
  problemOf: (answers: Answers) => string | null,
): Promise<Answers | null> {
  let reviewed = answers;
  for (;;) {
    print(show(reviewed));
    const problem = problemOf(reviewed);
    if (problem !== null) print(`${styleText('red', problem)}\n`);
    const action = await ask({
      type: 'select',
      name: 'value',
      message: 'Write this project?',
      choices: [
        ...(problem === null ? [{ name: 'Yes, write it', short: 'yes', value: 'write' }] : []),
        { name: 'Change an answer', short: 'change', value: 'change' },
        { name: 'Cancel, write nothing', short: 'cancel', value: 'cancel' },
      ],
    });
    if (action === 'write') return reviewed;
    if (action === 'cancel') return null;
    reviewed = await change(ask, reviewed, table);
  }
}

async function change(ask: Ask, answers: Answers, table: Questions): Promise<Answers> {
  const open = table.filter(({ locked }) => locked === undefined);
  const key = await ask({
    type: 'select',
    name: 'value',
    message: 'Which one?',
    choices: open.map((question) => ({ name: question.message, short: question.key, value: question.key, description: question.help })),
  });
  const question = open.find((candidate) => candidate.key === key);
  if (question === undefined) return answers;
  const changed = withAnswer(answers, question, await askOne(ask, question, answers, answers.name));
  return dropImpossible(changed, table) as Answers;
}

/** Turns a switch off whose component has just been taken away. */
function dropImpossible(answers: PartialAnswers, table: Questions): PartialAnswers {
  return table.reduce((kept, question) => (question.kind === 'switch' && isOff(question, kept) ? withAnswer(kept, question, false) : kept), answers);
}

async function askOne(ask: Ask, question: Question, answers: PartialAnswers, defaultName: string): Promise<unknown> {
  const fallback = answerTo(answers, question) ?? defaultValue(question, answers, defaultName);
  const message = question.message;
  switch (question.kind) {
    case 'name':
    case 'text':
      return ask({ type: 'input', name: 'value', message: question.kind === 'text' ? `${message} (${question.help})` : message, ...(fallback === undefined ? {} : { default: String(fallback) }), validate: (value) => valueProblem(question, value) ?? true });
    case 'choice':
      return ask({ type: 'select', name: 'value', message, default: String(fallback), choices: offered(question).map(promptChoice) });
    case 'switch':
      if (isOff(question, answers)) return false;
      return ask({ type: 'confirm', name: 'value', message: `${message}?`, default: fallback === true });
    case 'services':
      // the proxy is asked later: until it is known, there may be one
      return askServices(ask, question, answers.proxy !== 'none');
  }
}

async function askServices(ask: Ask, question: ServicesQuestion, proxied: boolean): Promise<readonly ServiceAnswer[]> {
  const services: ServiceAnswer[] = [];
  do {
    const first = services.length === 0;
    const name = await ask({
      type: 'input',
      name: 'value',
      message: first ? 'Name of the first Python service (it is at /)' : 'Name of the next service (it is at /NAME/; empty for none)',
      ...(first ? { default: question.default[0]?.name ?? 'web' } : {}),
      validate: (value) => (value === '' && !first) || (serviceNameProblem(value) ?? servicesProblem([...services, { name: value, framework: 'flask' }], proxied) ?? true),
    });
    if (name === '') break;
    const framework = await ask({ type: 'select', name: 'value', message: `Framework of ${String(name)}`, choices: offered(question).map(promptChoice), ...(first && question.default[0] ? { default: question.default[0].framework } : {}) });
    services.push({ name: String(name), framework: framework as ServiceAnswer['framework'] });
  } while (await ask({ type: 'confirm', name: 'value', message: 'Another service?', default: false }));
  return services;
}

function promptChoice({ value, brings }: Choice): PromptChoice {
  return { name: value, short: value, value, description: brings };
}
