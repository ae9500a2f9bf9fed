/** The JSON Schema of pycompose.yaml, made from the table of questions. */
import { LONGEST, PROJECT_NAME, SERVICE_NAME } from './name-form.ts';
import { HIGHEST_PORT, LOWEST_PORT } from './places.ts';
import { allQuestions, offered, type Question, type Questions } from './table.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const PORT: JsonValue = {
  description: 'Host port that the service publishes when there is no proxy; by default 8000 for the first service, 8001 for the second and so on',
  type: 'integer',
  minimum: LOWEST_PORT,
  maximum: HIGHEST_PORT,
};
const PATH: JsonValue = {
  description: 'Where the service is behind the proxy; by default / for the first service and /NAME for the others',
  type: 'string',
  pattern: `^/(${SERVICE_NAME.source.slice(1, -1)})?$`,
  maxLength: LONGEST + 1,
};

const STARTERS: JsonValue = {
  description: 'The starters that the project is made with, the first one undermost',
  type: 'array',
  items: {
    type: 'object',
    properties: {
      from: { description: 'A path, a package or git+URL', type: 'string' },
      version: { description: 'The exact version', type: 'string' },
      commit: { description: 'The commit of a git repository', type: 'string', pattern: '^[0-9a-f]{40}$' },
    },
    required: ['from', 'version'],
    additionalProperties: false,
  },
};

/** The schema (draft 2020-12), for editors, `--print-schema` and `.pycompose/schema.json`. */
export function answersSchema(table: Questions = allQuestions): JsonValue {
  const [ours, own] = [table.filter((question) => question.own !== true), table.filter((question) => question.own === true)];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pycompose.yaml',
    description: 'The answers that a pycompose project is made from',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...properties(ours),
      ...(own.length === 0 ? {} : { own: { description: "Answers to the starters' own questions", type: 'object', additionalProperties: false, properties: properties(own) } }),
      starters: STARTERS,
    },
  };
}

function properties(table: Questions): { readonly [key: string]: JsonValue } {
  return Object.fromEntries(table.map((question) => [question.key, property(question)]));
}

function property(question: Question): JsonValue {
  const description = question.help;
  switch (question.kind) {
    case 'text':
      return { description, type: 'string', ...(question.default === undefined ? {} : { default: question.default }), ...(question.pattern === undefined ? {} : { pattern: `^(?:${question.pattern})$` }) };
    case 'name':
      return { description, type: 'string', pattern: PROJECT_NAME.source };
    case 'switch':
      return { description, type: 'boolean', default: question.default };
    case 'choice':
      return { description, default: question.default, oneOf: offered(question).map(({ value, brings }) => ({ const: value, description: brings })) };
    case 'services': {
      const framework = { oneOf: offered(question).map(({ value, brings }) => ({ const: value, description: brings })) };
      return {
        description,
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: SERVICE_NAME.source },
        additionalProperties: {
          anyOf: [{ type: 'object', properties: { framework, port: PORT, path: PATH }, required: ['framework'], additionalProperties: false }, framework],
        },
      };
    }
  }
}
