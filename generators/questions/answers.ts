import type { Framework, PythonVersion } from '../project/model.ts';
import type { QuestionKey, questions } from './table.ts';

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
  readonly framework: Framework;
  /** The host port that it publishes when there is no proxy; by default its position says it. */
  readonly port?: number;
  /** Where it is behind a proxy, `/` or `/NAME`; by default `/` for the first service and `/NAME` for the others. */
  readonly path?: string;
}

/** A complete set of answers, its values typed by the table: what pycompose.yaml holds. */
export type Answers = { readonly [K in QuestionKey]: Value<Extract<Table, { readonly key: K }>> };

/** Some of the answers, as one layer (flags, a file, prompts) gives them; checked value by value, not yet together. */
export type PartialAnswers = { readonly [K in QuestionKey]?: Answers[K] };

// The table and the project model name the same Pythons.
export type Agrees = Answers['python'] extends PythonVersion ? true : never;
