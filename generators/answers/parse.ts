/** Parses YAML, and so JSON, as plain as an answers file is; what is not taken is refused in our words, with its place. */
import { isAlias, isNode, LineCounter, parseDocument, visit, type Document, type ErrorCode } from 'yaml';
import { EXIT, UserError } from '../errors/user-error.ts';

/** Larger than any answers file, in bytes; what is larger is no answers file, and may be a YAML bomb. */
export const MOST_BYTES = 256 * 1024;

/** Throws a UserError (usage) that begins with the place of an offset, `source:line:column`. */
export type Fail = (offset: number, message: string) => never;

export interface Parsed {
  readonly document: Document.Parsed;
  readonly at: (offset: number) => string;
  readonly fail: Fail;
}

const TAGS = 'tags are not taken: write the value without it';
const ALIASES = 'aliases are not taken: write the value out';

/** Words for what the parser says in terms of itself. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: ALIASES,
  BAD_DIRECTIVE: 'directives are not taken: leave out the line with %',
  MULTIPLE_DOCS: 'there is more than one document: keep one',
  RESOURCE_EXHAUSTION: 'this is nested too deeply: write it flat',
  TAG_RESOLVE_FAILED: TAGS,
};

/**
 * @param what what the text should be, for messages
 * @throws UserError (usage) for text that is too large, malformed, or more than plain
 */
export function parseAnswers(text: string, source: string, what = 'answers file'): Parsed {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new UserError(`${source}: larger than ${MOST_BYTES / 1024} KB, so it is no ${what}`);
  const lines = new LineCounter();
  // keys are compared by who reads them, who can name them
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${source}:${line}:${col}`;
  };
  const fail: Fail = (offset, message) => {
    throw new UserError(`${at(offset)}: ${message}`, EXIT.usage);
  };
  const broken = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION') ?? document.errors[0] ?? document.warnings[0];
  if (broken) fail(broken.pos[0], WORDS[broken.code] ?? oneLine(broken.message));
  if (document.directives.yaml.version !== '1.2') fail(text.search(/^%YAML/m), 'only YAML 1.2 is taken: leave out the line with %YAML');
  refuseReferences(document, fail);
  return { document, at, fail };
}

function refuseReferences(document: Document.Parsed, fail: Fail): void {
  visit(document, (_, node) => {
    if (!isNode(node)) return;
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) fail(offset, ALIASES);
    else if (node.anchor !== undefined) fail(offset, 'anchors are not taken: write the value without it');
    else if (node.tag !== undefined) fail(offset, TAGS);
  });
}

function oneLine(message: string): string {
  return message.split('\n')[0]?.replace(/\.$/, '') ?? message;
}
