/** Reads an answers file (pycompose.yaml, or what --config names) into a layer, naming line and column of what is wrong. */
import { isMap, isScalar, type Document, type Node } from 'yaml';
import type { PartialAnswers, ServiceAnswer } from '../questions/answers.ts';
import { serviceNameProblem } from '../questions/names.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import { allQuestions, type Question, type QuestionKey, type ServicesQuestion } from '../questions/table.ts';
import { choiceProblem, valueProblem, withAnswer } from '../questions/values.ts';
import type { Layer } from './layers.ts';
import { parseAnswers, type Fail } from './parse.ts';

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
    const value = question.kind === 'services' ? services(question, node, fail, offset) : scalar(question, node, document);
    const problem = valueProblem(question, value);
    if (problem !== null) fail(node?.range?.[0] ?? offset, `${key}: ${problem}`);
    answers = withAnswer(answers, question, value);
    places.set(key, at(offset));
  }
  return { answers, where: (key: QuestionKey) => places.get(key) ?? source };
}

interface Entry {
  readonly key: string;
  readonly node: Node | null;
  readonly offset: number;
}

function entries(document: Document.Parsed, fail: Fail): Entry[] {
  if (document.contents === null) return [];
  return mapEntries(document.contents, fail, 'the answers are no mapping: write `key: value` lines');
}

function mapEntries(node: Node, fail: Fail, otherwise: string): Entry[] {
  if (!isMap(node)) return fail(node.range?.[0] ?? 0, otherwise);
  const seen = new Set<string>();
  return node.items.map((pair) => {
    const written = pair.key as Node;
    const offset = written.range?.[0] ?? 0;
    if (!isScalar(written)) return fail(offset, 'a key is no plain text: write `key: value` lines');
    if (written.source === '') return fail(offset, 'there is no key: write one before the colon');
    const key = String(written.value);
    if (seen.has(key)) fail(offset, `the key ${quoted(key)} is there twice: keep one`);
    seen.add(key);
    return { key, node: pair.value as Node | null, offset };
  });
}

/** `services:` is a mapping of a name to its framework, or to `{ framework: ... }`. */
function services(question: ServicesQuestion, node: Node | null, fail: Fail, offset: number): ServiceAnswer[] {
  if (isNothing(node)) return fail(offset, 'services: there is none; write lines like `  web: { framework: django }`');
  return mapEntries(node, fail, 'services: no mapping; write lines like `  web: { framework: django }`').map((entry) => {
    const problem = serviceNameProblem(entry.key);
    if (problem !== null) fail(entry.offset, `services: ${problem}`);
    const framework = frameworkNode(entry, fail);
    const name = `services.${entry.key}`;
    if (isNothing(framework)) return fail(entry.offset, `${name}: no framework; write { framework: django }`);
    const value = isScalar(framework) ? String(framework.value) : framework.toJSON();
    const wrong = choiceProblem(question, value);
    if (wrong !== null) fail(framework.range?.[0] ?? entry.offset, `${name}: ${wrong}`);
    return { name: entry.key, framework: value as ServiceAnswer['framework'] };
  });
}

function frameworkNode({ key, node }: Entry, fail: Fail): Node | null {
  if (node === null || isScalar(node)) return node;
  const options = mapEntries(node, fail, `services.${key}: no mapping; write { framework: django }`);
  const unknown = options.find((option) => option.key !== 'framework');
  if (unknown) fail(unknown.offset, `services.${key}: unknown key ${quoted(unknown.key)}${didYouMean(unknown.key, ['framework'])}; known is framework`);
  return options[0]?.node ?? null;
}

function isNothing(node: Node | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

/** A number is taken for the text it was written as: `python: 3.14` is a version, no fraction. */
function scalar(question: Question, node: Node | null, document: Document.Parsed): unknown {
  if (node === null) return null;
  if (isScalar(node) && question.kind !== 'switch' && typeof node.value === 'number') return node.source ?? String(node.value);
  return node.toJS(document) as unknown;
}
