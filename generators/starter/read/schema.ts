/** The JSON Schema of starter.yaml: for reading it, and for editors. */
import type { JsonValue } from '../../questions/schema.ts';

const TEXT: JsonValue = { type: 'string', minLength: 1, maxLength: 4000 };
const TEXTS: JsonValue = { type: 'array', items: TEXT, maxItems: 100 };
const SERVICES: JsonValue = { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } };
const VALUE: JsonValue = { anyOf: [{ type: 'string' }, { type: 'boolean' }, SERVICES] };
const PACKAGE = '[a-z0-9]+(-[a-z0-9]+)*';
const REQUIREMENTS = requirements('Packages that services ask for, by the file that lists them');
const QUESTION_KEY = '^[a-z][a-z0-9]*(_[a-z0-9]+)*$';
const KIND_NAME = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

function requirements(description: string): JsonValue {
  const list: JsonValue = { type: 'array', maxItems: 100, items: { type: 'string', pattern: `^${PACKAGE}(\\[[a-z0-9,-]+\\])?$` } };
  return { description, type: 'object', additionalProperties: false, properties: { runtime: list, test: list, dev: list } };
}

function question(kind: string, more: Readonly<Record<string, JsonValue>>, required: readonly string[]): JsonValue {
  return { type: 'object', additionalProperties: false, required: ['kind', 'message', 'help', ...required], properties: { kind: { const: kind }, message: TEXT, help: TEXT, ...more } };
}

function record(description: string, value: JsonValue, keys?: string): JsonValue {
  return { description, type: 'object', maxProperties: 500, ...(keys === undefined ? {} : { propertyNames: { pattern: keys } }), additionalProperties: value };
}

export const starterSchema: JsonValue = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'starter.yaml',
  description: 'What a company says of the projects that pycompose makes for it',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { description: 'The name of the starter', type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
    version: { description: 'Its exact version, unless package.json has it', type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$' },
    pycompose: { description: 'The versions of pycompose that it works with, like ">=0.3.0 <1.0.0"', ...(TEXT as object) },
    company: {
      description: 'Facts of the company, which templates see as company',
      type: 'object',
      additionalProperties: false,
      properties: { organisation: TEXT, owner: TEXT, contact: TEXT, licence: TEXT, facts: record('Other facts', { type: 'string', maxLength: 4000 }) },
    },
    answers: record('What is said of the questions of pycompose, by key', {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: { locked: VALUE, default: VALUE, allowed: { type: 'array', minItems: 1, maxItems: 100, items: { type: ['string', 'boolean'] } }, because: TEXT },
    }),
    questions: record(
      'Questions of its own, by key',
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: ['text', 'choice', 'switch'] } },
        allOf: [
          { if: { properties: { kind: { const: 'text' } } }, then: question('text', { default: TEXT, pattern: { type: 'string', minLength: 1, maxLength: 100 } }, []) },
          { if: { properties: { kind: { const: 'choice' } } }, then: question('choice', { default: TEXT, choices: { type: 'object', minProperties: 1, maxProperties: 50, propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }, additionalProperties: TEXT } }, ['choices']) },
          { if: { properties: { kind: { const: 'switch' } } }, then: question('switch', { default: { type: 'boolean' } }, []) },
        ],
      },
      QUESTION_KEY,
    ),
    images: record('Where images come from: by name in the catalogue of pycompose, or by a prefix of the full reference', { type: 'string', pattern: '^[a-z0-9][A-Za-z0-9.:/@_-]*$', maxLength: 300 }),
    index: {
      description: 'The package index that images are built from',
      type: 'object',
      additionalProperties: false,
      required: ['url'],
      properties: {
        url: { description: 'Of its simple API, without a login', type: 'string', pattern: '^https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*)?$' },
        login: { description: 'Whether users need a login', type: 'boolean' },
        ca: { description: 'A PEM file of the starter with the certificate authority of the index', ...(TEXT as object) },
      },
    },
    packages: record(
      'Packages that the catalogue of pycompose does not have, or has in another version',
      {
        type: 'object',
        additionalProperties: false,
        required: ['version', 'hashes'],
        properties: {
          version: { type: 'string', pattern: '^[0-9A-Za-z.!+_-]+$' },
          hashes: { description: 'SHA-256 of each of its files', type: 'array', minItems: 1, maxItems: 500, items: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
          requires: { type: 'array', maxItems: 100, items: { type: 'string', pattern: `^${PACKAGE}(\\[[a-z0-9,-]+\\])?$` } },
        },
      },
      `^${PACKAGE}$`,
    ),
    requirements: REQUIREMENTS,
    kinds: record(
      'Kinds of services of its own',
      {
        type: 'object',
        additionalProperties: false,
        required: ['extends', 'brings'],
        properties: { extends: { enum: ['django', 'flask', 'fastapi'] }, brings: TEXT, requirements: REQUIREMENTS },
      },
      KIND_NAME,
    ),
    seeds: { description: "Paths below templates/ of added files that are their users' from the first edit on", ...(TEXTS as object) },
    hints: { description: 'What users are told after a project was made', ...(TEXTS as object) },
    hooks: {
      description: 'Programs of the starter that run after a project was written, once its user trusts them',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(['create', 'update'].map((when) => [when, { type: 'array', maxItems: 20, items: { type: 'array', minItems: 1, maxItems: 50, items: { type: 'string', maxLength: 1000 } } }])),
    },
  },
};
