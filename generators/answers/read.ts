/** Reads an answers file (pycompose.yaml, or what --config names) into a layer, naming line and column of what is wrong. */
import { isScalar, type Document, type Node } from 'yaml';
import { withAnswer, type PartialAnswers } from '../questions/answers.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import { allQuestions, type OwnQuestion, type Question, type Questions } from '../questions/table.ts';
import { valueProblem } from '../questions/values.ts';
import { isNothing, mapEntries, type Entry } from './entries.ts';
import type { Layer } from './layers.ts';
import { parseAnswers, type Fail } from './parse.ts';
import { readServices } from './read-services.ts';
import { readStarters } from './read-starters.ts';

/** Refused, passed over, or kept if they are among these, as they were answered when a starter still asked. */
export type Unasked = 'refuse' | 'skip' | ReadonlyMap<string, unknown>;

/** What stands for a question that a starter asked once, by the answer to it. */
export function unaskedQuestion(key: string, answer: unknown): OwnQuestion {
  const base = { key, own: true, message: key, help: 'no longer asked' } as const;
  return typeof answer === 'boolean' ? { ...base, kind: 'switch', default: answer } : { ...base, kind: 'text' };
}

/** The keys of pycompose.yaml that are there with a starter. */
const FROM_STARTERS = ['starters', 'own'];

/**
 * @param text the file's text, YAML or JSON
 * @param source the file's name as the user wrote it, for messages
 * @param unasked what happens to answers below `own` that no starter asks for, or asks for in another way now
 * @throws UserError (usage) with `source:line:column` for malformed YAML, unknown keys and wrong values
 */
export function readAnswers(text: string, source: string, table: Questions = allQuestions, unasked: Unasked = 'refuse'): Layer {
  const { document, at, fail } = parseAnswers(text, source);
  const places = new Map<string, string>();
  let answers: PartialAnswers = {};
  const read = ({ key, node, offset }: Entry, known: Questions, below: string): void => {
    const keys = [...known.map((question) => question.key), ...(below === '' ? FROM_STARTERS : [])];
    const question = known.find((candidate) => candidate.key === key);
    if (question === undefined && below !== '' && unasked === 'skip') return;
    if (question === undefined && below !== '' && typeof unasked === 'object' && unasked.has(key)) {
      const answer: unknown = node?.toJS(document);
      answers = withAnswer(answers, unaskedQuestion(key, answer), answer);
      return;
    }
    if (question === undefined) return fail(offset, `unknown key ${quoted(`${below}${key}`)}${didYouMean(key, keys)}${keys.length === 0 ? '; no starter asks for it' : `; known are ${keys.join(', ')}`}`);
    const value = question.kind === 'services' ? readServices(question, node, fail, offset) : scalar(question, node, document);
    const problem = valueProblem(question, value);
    if (problem !== null && below !== '' && isOutdated(key, node?.toJSON(), unasked)) return;
    if (problem !== null) fail(node?.range?.[0] ?? offset, `${below}${key}: ${problem}`);
    answers = withAnswer(answers, question, value);
    places.set(key, at(offset));
  };
  for (const entry of entries(document, fail)) {
    if (entry.key === 'starters') answers = { ...answers, starters: readStarters(entry, fail) };
    else if (entry.key === 'own') for (const answer of ownEntries(entry, fail)) read(answer, table.filter((question) => question.own === true), 'own.');
    else read(entry, table.filter((question) => question.own !== true), '');
  }
  return { answers, where: (key) => places.get(key) ?? source };
}

/** Whether an answer was right when it was given: then its question has no answer yet. */
function isOutdated(key: string, answer: unknown, unasked: Unasked): boolean {
  return unasked === 'skip' || (typeof unasked === 'object' && unasked.has(key) && JSON.stringify(unasked.get(key)) === JSON.stringify(answer));
}

function ownEntries({ node, offset }: Entry, fail: Fail): Entry[] {
  return isNothing(node) ? [] : mapEntries(node, (at, message) => fail(at === 0 ? offset : at, message), 'own: no mapping; write `key: value` lines below it');
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
