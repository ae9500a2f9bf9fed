/** Writes a complete set of answers as pycompose.yaml: the same answers give the same bytes. */
import { Document, Pair, Scalar, YAMLMap } from 'yaml';
import { answerTo, type Answers, type ServiceAnswer } from '../questions/answers.ts';
import { allQuestions, offered, type Question, type Questions } from '../questions/table.ts';

/** Where the schema lies beside pycompose.yaml, for editors that complete it. */
export const SCHEMA_PATH = '.pycompose/schema.json';

export function writeAnswers(answers: Answers, table: Questions = allQuestions): string {
  const map = new YAMLMap<Scalar, unknown>();
  const add = (into: YAMLMap<Scalar, unknown>, name: string, comment: string, written: unknown): void => {
    const key = new Scalar(name);
    key.commentBefore = ` ${comment}`;
    key.spaceBefore = into.items.length > 0;
    into.add(new Pair(key, written));
  };
  for (const question of table.filter(({ own }) => own !== true)) add(map, question.key, comment(question), value(question, answers));
  const own = new YAMLMap<Scalar, unknown>();
  for (const question of table.filter((candidate) => candidate.own === true)) add(own, question.key, comment(question), value(question, answers));
  if (own.items.length > 0) add(map, 'own', "Answers to the starters' own questions", own);
  if (answers.starters !== undefined) add(map, 'starters', 'The starters that this project is made with; `pycompose update` brings newer versions', answers.starters);
  const document = new Document(map);
  document.commentBefore = [
    ` yaml-language-server: $schema=${SCHEMA_PATH}`,
    ' The answers that this project was made from. Keep this file: it is what the project is regenerated from.',
  ].join('\n');
  return document.toString({ lineWidth: 120 });
}

function comment(question: Question): string {
  return 'choices' in question ? `${question.help} (${offered(question).map((choice) => choice.value).join(', ')})` : question.help;
}

function value(question: Question, answers: Answers): unknown {
  if (question.kind === 'services') {
    const map = new YAMLMap<string, unknown>();
    // not by add(), which looks through all that are there
    for (const service of answers.services) map.items.push(new Pair(service.name, options(service)));
    return map;
  }
  const scalar = new Scalar(answerTo(answers, question));
  // 3.14 unquoted would be read as a fraction by other tools
  if (question.key === 'python' || question.kind === 'text') scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function options({ framework, port, path }: ServiceAnswer): YAMLMap<string, unknown> {
  const map = new YAMLMap<string, unknown>();
  const given = { framework, port, path };
  for (const [key, value] of Object.entries(given)) if (value !== undefined) map.add(new Pair(key, value));
  return map;
}
