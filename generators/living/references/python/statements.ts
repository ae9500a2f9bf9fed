/** Puts the tokens of Python into statements, each with what is around it. */
import type { Token } from './tokens.ts';

export interface Statement {
  readonly tokens: readonly Token[];
  /** Whether it is in the body of a function or a class. */
  readonly inner: boolean;
  /** Whether its file is ready for an import that fails. */
  readonly guarded: boolean;
}

/** Words that begin a line with a body behind their colon. */
const COMPOUND = new Set(['if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with', 'def', 'class', 'async', 'match', 'case']);
const FAILURES = new Set(['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException']);

interface Open {
  readonly indent: number;
  readonly scope: boolean;
  readonly suppresses: boolean;
  /** Of a try: what is in its body. */
  readonly body: Mutable[] | null;
}

interface Mutable {
  tokens: readonly Token[];
  inner: boolean;
  guarded: boolean;
}

export function statements(all: readonly Token[]): readonly Statement[] {
  const found: Mutable[] = [];
  const stack: Open[] = [];
  const tries = new Map<number, Mutable[]>();
  for (const { indent, tokens } of lines(all)) {
    for (let top = stack.at(-1); top !== undefined && top.indent >= indent; top = stack.at(-1)) stack.pop();
    const statement: Mutable = { tokens, inner: stack.some(({ scope }) => scope), guarded: stack.some(({ suppresses }) => suppresses) };
    found.push(statement);
    for (const { body } of stack) body?.push(statement);
    const [first] = tokens;
    if (first?.kind !== 'name' || !COMPOUND.has(first.text)) continue;
    if (first.text === 'except' && catchesImports(tokens)) for (const tried of tries.get(indent) ?? []) tried.guarded = true;
    const body = first.text === 'try' ? [] : null;
    if (body) tries.set(indent, body);
    const word = first.text === 'async' ? tokens[1]?.text : first.text;
    stack.push({ indent, scope: word === 'def' || word === 'class', suppresses: word === 'with' && names(tokens).includes('suppress') && catchesImports(tokens), body });
  }
  return found;
}

function catchesImports(header: readonly Token[]): boolean {
  const said = names(header);
  return said.length === 1 || said.some((name) => FAILURES.has(name));
}

function names(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text);
}

/** Lines of code; those with a semicolon, or a body behind their colon, are several. */
function* lines(all: readonly Token[]): Generator<{ readonly indent: number; readonly tokens: readonly Token[] }> {
  let indent = 0;
  let line: Token[] = [];
  for (const token of all) {
    if (token.kind !== 'end') {
      line.push(token);
      continue;
    }
    if (line.length > 0) yield* parts(indent, line);
    line = [];
    indent = token.indent;
  }
}

function* parts(indent: number, line: readonly Token[]): Generator<{ readonly indent: number; readonly tokens: readonly Token[] }> {
  const colon = bodyBehind(line);
  if (colon === null) {
    yield* splitAt(line, ';').map((tokens) => ({ indent, tokens }));
    return;
  }
  yield { indent, tokens: line.slice(0, colon + 1) };
  if (colon + 1 < line.length) yield* parts(indent + 0.5, line.slice(colon + 1));
}

/** Where a compound statement's header ends; null for other statements. */
function bodyBehind(line: readonly Token[]): number | null {
  const [first] = line;
  if (first?.kind !== 'name' || !COMPOUND.has(first.text)) return null;
  let lambdas = 0;
  for (const [index, { kind, text, depth }] of line.entries()) {
    if (depth !== 0) continue;
    if (kind === 'name' && text === 'lambda') lambdas += 1;
    else if (kind === 'sign' && text === ':' && lambdas-- === 0) return index;
    // match and case are names, too
    else if (kind === 'sign' && text === '=') return null;
  }
  return null;
}

/** The parts between signs that no bracket is around. */
export function splitAt(tokens: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const split: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === sign && token.depth === (tokens[0]?.depth ?? 0)) split.push([]);
    else split.at(-1)?.push(token);
  }
  return split.filter((part) => part.length > 0);
}
