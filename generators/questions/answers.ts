import type { PythonVersion } from '../project/model.ts';
import type { StarterRef } from '../starter/starter.ts';
import type { Question, QuestionKey, questions } from './table.ts';

type Table = (typeof questions)[number];
type Offered<C extends { readonly value: string }> = C extends { readonly unavailable: string } ? never : C['value'];
type Value<Q> = Q extends { readonly kind: 'choice'; readonly choices: readonly (infer C extends { readonly value: string })[] }
  ? Offered<C>
  : Q extends { readonly kind: 'switch' }
    ? boolean
    : Q extends { readonly kind: 'services' }
      ? readonly ServiceAnswer[]
      : string;

export interface ServiceAnswer {
  readonly name: string;
  /** A framework, or a kind of service that a starter brings. */
  readonly framework: string;
  /** The host port that it publishes when there is no proxy; by default its position says it. */
  readonly port?: number;
  /** Where it is behind a proxy, `/` or `/NAME`; by default `/` for the first service and `/NAME` for the others. */
  readonly path?: string;
}

/** Answers to the questions of starters, by key. */
export type OwnAnswers = Readonly<Record<string, string | boolean>>;

/** What pycompose.yaml holds beside the answers to our own questions; not there without a starter. */
interface FromStarters {
  readonly own?: OwnAnswers;
  /** The starters that the project was made with, the first one undermost. */
  readonly starters?: readonly StarterRef[];
}

/** A complete set of answers, its values typed by the table: what pycompose.yaml holds. */
export type Answers = { readonly [K in QuestionKey]: Value<Extract<Table, { readonly key: K }>> } & FromStarters;

/** Some of the answers, as one layer (flags, a file, prompts) gives them; checked value by value, not yet together. */
export type PartialAnswers = { readonly [K in QuestionKey]?: Answers[K] } & FromStarters;

export type AnswerValue = Answers[QuestionKey] | string | boolean;

/** The answer to a question, ours or a starter's; undefined where there is none. */
export function answerTo(answers: PartialAnswers, { key, own }: Question): AnswerValue | undefined {
  return own === true ? answers.own?.[key] : answers[key as QuestionKey];
}

/** Puts a checked value under its key. */
export function withAnswer<A extends PartialAnswers>(answers: A, { key, own }: Question, value: unknown): A {
  return own === true ? { ...answers, own: { ...answers.own, [key]: value as string | boolean } } : { ...answers, [key]: value };
}

// The table and the project model name the same Pythons.
export type Agrees = Answers['python'] extends PythonVersion ? true : never;
