/** Reads an answers file (pycompose.yaml, or what --config names) into a layer, naming line and column of what is wrong. */
import { isScalar, type Document, type Node } from 'yaml';
import type { PartialAnswers } from '../questions/answers.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import { allQuestions, type Question, type QuestionKey } from '../questions/table.ts';
import { valueProblem, withAnswer } from '../questions/values.ts';
import { mapEntries, type Entry } from './entries.ts';
import type { Layer } from './layers.ts';
import { parseAnswers, type Fail } from './parse.ts';
import { readServices } from './read-services.ts';

const KEYS = allQuestions.map((question) => question.key);

/**
 * @param text the file's text, YAML or JSON
 * @param source the file's name as the user wrote it, for messages
 * @throws UserError (usage) with `source:line:column` for malformed YAML, unknown keys and wrong values
 */
export function readAnswers(text: string, source: string): Layer {
  const { document, at, fail } = parseAnswers(text, source);
  const places = new Map<string, string>();
  let answers: PartialAnswers = {};
  for (const { key, node, offset } of entries(document, fail)) {
    const question = allQuestions.find((candidate) => candidate.key === key);
    if (question === undefined) return fail(offset, `unknown key ${quoted(key)}${didYouMean(key, KEYS)}; known are ${KEYS.join(', ')}`);
    const value = question.kind === 'services' ? readServices(question, node, fail, offset) : scalar(question, node, document);
    const problem = valueProblem(question, value);
    if (problem !== null) fail(node?.range?.[0] ?? offset, `${key}: ${problem}`);
    answers = withAnswer(answers, question, value);
    places.set(key, at(offset));
  }
  return { answers, where: (key: QuestionKey) => places.get(key) ?? source };
}

function entries(document: Document.Parsed, fail: Fail): Entry[] {
  if (document.contents === null) return [];
  return mapEntries(document.contents, fail, 'the answers are no mapping: write `key: value` lines');
}

/** A number is taken for the text it was written as: `python: 3.14` is a version, no fraction. */
function scalar(question: Question, node: Node | null, document: Document.Parsed): unknown {
  if (node === null) return null;
  if (isScalar(node) && question.kind !== 'switch' && typeof node.value === 'number') return node.source ?? String(node.value);
  return node.toJS(document) as unknown;
}
