/** Reads an answers file (pycompose.yaml, or what --config names) into a layer, naming line and column of what is wrong. */
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { EXIT, UserError } from '../errors/user-error.ts';
import type { PartialAnswers, ServiceAnswer } from '../questions/answers.ts';
import { didYouMean } from '../questions/nearest.ts';
import { allQuestions, type Question, type QuestionKey } from '../questions/table.ts';
import { valueProblem, withAnswer } from '../questions/values.ts';
import type { Layer } from './layers.ts';

/** Larger than any answers file; what is larger is no answers file, and may be a YAML bomb. */
const MOST_BYTES = 64 * 1024;

/**
 * @param text the file's text, YAML or JSON
 * @param source the file's name as the user wrote it, for messages
 * @throws UserError (usage) with `source:line:column` for malformed YAML, unknown keys and wrong values
 */
export function readAnswers(text: string, source: string): Layer {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new UserError(`${source}: larger than ${MOST_BYTES / 1024} KB, so it is no answers file`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, maxAliasCount: 0 } as Parameters<typeof parseDocument>[1]);
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${source}:${line}:${col}`;
  };
  const fail = (offset: number, message: string): never => {
    throw new UserError(`${at(offset)}: ${message}`, EXIT.usage);
  };
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) fail(broken.pos[0], oneLine(broken.message));
  const places = new Map<string, string>();
  let answers: PartialAnswers = {};
  for (const { key, node, offset } of entries(document, fail)) {
    const question = allQuestions.find((candidate) => candidate.key === key);
    if (question === undefined) {
      return fail(offset, `unknown key "${key}"${didYouMean(key, allQuestions.map((candidate) => candidate.key))}; known are ${allQuestions.map((candidate) => candidate.key).join(', ')}`);
    }
    const value = question.kind === 'services' ? services(node, fail, offset) : scalar(question, node, document);
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

type Fail = (offset: number, message: string) => never;

function entries(document: Document.Parsed, fail: Fail): Entry[] {
  if (document.contents === null) return [];
  return mapEntries(document.contents, fail, 'the answers are no mapping: write `key: value` lines');
}

function mapEntries(node: Node, fail: Fail, otherwise: string): Entry[] {
  if (!isMap(node)) return fail(node.range?.[0] ?? 0, otherwise);
  return node.items.map((pair) => {
    const key = pair.key as Node;
    const offset = key.range?.[0] ?? 0;
    if (!isScalar(key)) return fail(offset, 'a key is no plain text');
    return { key: String(key.value), node: pair.value as Node | null, offset };
  });
}

/** `services:` is a mapping of a name to its framework, or to `{ framework: ... }`. */
function services(node: Node | null, fail: Fail, offset: number): ServiceAnswer[] {
  if (node === null || (isScalar(node) && node.value === null)) return fail(offset, 'services: there is none; write lines like `  web: { framework: django }`');
  return mapEntries(node, fail, 'services: no mapping; write lines like `  web: { framework: django }`').map((entry) => {
    const given = entry.node;
    if (isScalar(given)) return { name: entry.key, framework: String(given.value) as ServiceAnswer['framework'] };
    const options = given === null ? [] : mapEntries(given, fail, `services.${entry.key}: no mapping; write { framework: django }`);
    const unknown = options.find((option) => option.key !== 'framework');
    if (unknown) fail(unknown.offset, `services.${entry.key}: unknown key "${unknown.key}"${didYouMean(unknown.key, ['framework'])}; known is framework`);
    const framework = options[0]?.node;
    if (!isScalar(framework)) return fail(entry.offset, `services.${entry.key}: no framework; write { framework: django }`);
    return { name: entry.key, framework: String(framework.value) as ServiceAnswer['framework'] };
  });
}

/** A number is taken for the text it was written as: `python: 3.14` is a version, no fraction. */
function scalar(question: Question, node: Node | null, document: Document.Parsed): unknown {
  if (node === null) return null;
  if (isScalar(node) && question.kind !== 'switch' && typeof node.value === 'number') return node.source ?? String(node.value);
  return node.toJS(document) as unknown;
}

function oneLine(message: string): string {
  return message.split('\n')[0]?.replace(/\.$/, '') ?? message;
}
