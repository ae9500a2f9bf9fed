/** Writes a complete set of answers as pycompose.yaml: the same answers give the same bytes. */
import { Document, Pair, Scalar, YAMLMap } from 'yaml';
import type { Answers, ServiceAnswer } from '../questions/answers.ts';
import { allQuestions, offered } from '../questions/table.ts';

/** Where the schema lies beside pycompose.yaml, for editors that complete it. */
export const SCHEMA_PATH = '.pycompose/schema.json';

export function writeAnswers(answers: Answers): string {
  const map = new YAMLMap<Scalar, unknown>();
  for (const [index, question] of allQuestions.entries()) {
    const key = new Scalar(question.key);
    key.commentBefore = ` ${comment(question)}`;
    key.spaceBefore = index > 0;
    map.add(new Pair(key, value(question, answers)));
  }
  const document = new Document(map);
  document.commentBefore = [
    ` yaml-language-server: $schema=${SCHEMA_PATH}`,
    ' The answers that this project was made from. Keep this file: it is what the project is regenerated from.',
  ].join('\n');
  return document.toString({ lineWidth: 120 });
}

function comment(question: (typeof allQuestions)[number]): string {
  if (question.kind === 'text' || question.kind === 'switch') return question.help;
  return `${question.help} (${offered(question).map((choice) => choice.value).join(', ')})`;
}

function value(question: (typeof allQuestions)[number], answers: Answers): unknown {
  if (question.kind === 'services') {
    const map = new YAMLMap<string, unknown>();
    // not by add(), which looks through all that are there
    for (const service of answers.services) map.items.push(new Pair(service.name, options(service)));
    return map;
  }
  const plain = answers[question.key];
  const scalar = new Scalar(plain);
  // 3.14 unquoted would be read as a fraction by other tools
  if (question.key === 'python') scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function options({ framework, port, path }: ServiceAnswer): YAMLMap<string, unknown> {
  const map = new YAMLMap<string, unknown>();
  const given = { framework, port, path };
  for (const [key, value] of Object.entries(given)) if (value !== undefined) map.add(new Pair(key, value));
  return map;
}
