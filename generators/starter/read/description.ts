/** Reads starter.yaml into data that its schema has accepted. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isMap, isNode, isPair, isScalar, visit, type Document } from 'yaml';
import { mapEntries } from '../../answers/entries.ts';
import { parseAnswers, type Fail } from '../../answers/parse.ts';
import { didYouMean, quoted, shown } from '../../questions/nearest.ts';
import type { AnswerRule, Company } from '../starter.ts';
import { starterSchema } from './schema.ts';

/** starter.yaml as it is written. */
export interface Description {
  readonly name: string;
  readonly version?: string;
  readonly pycompose?: string;
  readonly company?: Partial<Company>;
  readonly answers?: Readonly<Record<string, AnswerRule>>;
  readonly questions?: Readonly<Record<string, WrittenQuestion>>;
  readonly images?: Readonly<Record<string, string>>;
  readonly index?: { readonly url: string; readonly login?: boolean; readonly ca?: string };
  readonly packages?: Readonly<Record<string, { readonly version: string; readonly hashes: readonly string[]; readonly requires?: readonly string[] }>>;
  readonly requirements?: WrittenRequirements;
  readonly kinds?: Readonly<Record<string, { readonly extends: 'django' | 'flask' | 'fastapi'; readonly brings: string; readonly requirements?: WrittenRequirements }>>;
  readonly seeds?: readonly string[];
  readonly hints?: readonly string[];
  readonly hooks?: { readonly create?: readonly (readonly [string, ...string[]])[]; readonly update?: readonly (readonly [string, ...string[]])[] };
}

export interface WrittenQuestion {
  readonly kind: 'text' | 'choice' | 'switch';
  readonly message: string;
  readonly help: string;
  readonly default?: string | boolean;
  readonly pattern?: string;
  readonly choices?: Readonly<Record<string, string>>;
}

export interface WrittenRequirements {
  readonly runtime?: readonly string[];
  readonly test?: readonly string[];
  readonly dev?: readonly string[];
}

export interface Described {
  readonly description: Description;
  /** Refuses what stands at a path of keys. */
  readonly refuse: (path: readonly string[], message: string) => never;
}

/** @throws UserError (usage) with `source:line:column` */
export function readDescription(text: string, source: string): Described {
  const { document, fail } = parseAnswers(text, source, 'starter.yaml');
  refuseDoubles(document, fail);
  const refuse = (path: readonly string[], message: string): never => fail(offsetOf(document, path), message);
  const description: unknown = document.toJS();
  // made when it is needed: most runs read no starter
  const validate = new Ajv2020({ strict: false, verbose: true }).compile(starterSchema as object);
  if (!validate(description)) {
    const error = tellingError(validate.errors ?? []);
    const path = (error?.instancePath ?? '').split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const place = error?.keyword === 'additionalProperties' ? [...path, String(error.params['additionalProperty'])] : path;
    refuse(place, error === undefined ? 'is no starter' : `${place.join('.') || 'it'} ${problemOf(error)}`);
  }
  return { description: description as Description, refuse };
}

/** Of what a choice of schemas says, the first error that is none of choosing. */
function tellingError(errors: readonly ErrorObject[]): ErrorObject | undefined {
  return errors.find(({ keyword }) => !['if', 'allOf', 'anyOf', 'oneOf'].includes(keyword)) ?? errors[0];
}

const KINDS: Readonly<Record<string, string>> = { string: 'text: write it in quotation marks', object: 'mapping: write `key: value` lines', array: 'list', boolean: 'truth value' };

function problemOf({ keyword, params, parentSchema, data }: ErrorObject): string {
  const properties = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  switch (keyword) {
    case 'additionalProperties':
      return `is no key that there is${didYouMean(String(params['additionalProperty']), properties)}; known are ${properties.join(', ')}`;
    case 'required':
      return `has no ${String(params['missingProperty'])}: write one`;
    case 'enum':
      return `is ${shown(data)} and none of ${(params['allowedValues'] as readonly string[]).join(', ')}`;
    case 'const':
      return `is ${shown(data)} and not ${String(params['allowedValue'])}`;
    case 'type':
      return `is ${shown(data)} and no ${KINDS[String(params['type'])] ?? String(params['type'])}`;
    case 'pattern':
      return `is ${shown(data)}, which does not match ${String(params['pattern'])}`;
    case 'propertyNames':
      return `has the key ${quoted(String(params['propertyName']))}, which is not written like a key here`;
    default:
      return keyword.startsWith('min') ? 'is empty or too short' : keyword.startsWith('max') ? 'is too long' : 'is not written as it should be';
  }
}

function refuseDoubles(document: Document.Parsed, fail: Fail): void {
  visit(document, { Map: (_, map) => void mapEntries(map, fail, '') });
}

/** Where the value at a path of keys stands, or the nearest one above it that is there. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key) : undefined;
    const next: unknown = pair?.value ?? (isNode(node) && 'items' in node ? (node.items as unknown[])[Number(key)] : undefined);
    if (pair !== undefined && isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
    else if (isNode(next)) offset = next.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
