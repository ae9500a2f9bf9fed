/** The JSON Schema of pycompose.yaml, made from the table of questions. */
import { allQuestions, offered, type Question } from './table.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The schema (draft 2020-12), for editors, `--print-schema` and `.pycompose/schema.json`. */
export function answersSchema(): JsonValue {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'pycompose.yaml',
    description: 'The answers that a pycompose project is made from',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(allQuestions.map((question) => [question.key, property(question)])),
  };
}

function property(question: Question): JsonValue {
  const description = question.help;
  switch (question.kind) {
    case 'text':
      return { description, type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' };
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
        propertyNames: { pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
        additionalProperties: {
          anyOf: [{ type: 'object', properties: { framework }, required: ['framework'], additionalProperties: false }, framework],
        },
      };
    }
  }
}
