/** The names that Python's statements bind; where it is not sure, one too many, so that none is missed. */
import { importsOf } from './imports.ts';
import type { Statement } from './statements.ts';
import type { Token } from './tokens.ts';

/** Names that a statement binds where it stands. */
export function boundBy(statement: Statement): readonly string[] {
  const { tokens } = statement;
  const [first, second] = tokens;
  switch (first?.kind === 'name' ? first.text : '') {
    case 'import':
    case 'from':
      return importsOf(statement).flatMap(({ bound }) => bound ?? []);
    case 'def':
    case 'class':
      return second === undefined ? [] : [second.text];
    case 'async':
      return second?.text === 'def' ? [tokens[2]?.text ?? ''] : inside(tokens);
    case 'global':
    case 'case':
      return names(tokens.slice(1));
    default:
      return [...targets(tokens), ...inside(tokens)];
  }
}

/** Names that a statement binds in itself or in its body: parameters, and what runs through a comprehension. */
export function boundWithin({ tokens }: Statement): readonly string[] {
  return [...parameters(tokens), ...inside(tokens)];
}

/** What stands before `=`, or before the `:` of a type; what an index or a dot is put on counts, too. */
function targets(tokens: readonly Token[]): readonly string[] {
  const isSign = ({ kind, text, depth }: Token, sign: string): boolean => kind === 'sign' && text === sign && depth === 0;
  const [first, second] = tokens;
  if (first?.kind === 'name' && second !== undefined && isSign(second, ':')) return [first.text];
  const last = tokens.findLastIndex((token) => isSign(token, '='));
  const before = tokens.slice(0, Math.max(last, 0));
  const type = before.findIndex((token) => isSign(token, ':'));
  return names(type < 0 ? before : before.slice(0, type));
}

/** After `for`, `as`, `lambda` and before `:=`, at any depth. */
function inside(tokens: readonly Token[]): readonly string[] {
  const bound: string[] = [];
  for (const [index, { kind, text, depth }] of tokens.entries()) {
    if (kind === 'sign' && text === ':=') bound.push(tokens[index - 1]?.text ?? '');
    if (kind !== 'name') continue;
    if (text === 'for') bound.push(...names(until(tokens, index + 1, depth, 'in')));
    else if (text === 'lambda') bound.push(...names(until(tokens, index + 1, depth, ':')));
    else if (text === 'as') bound.push(...names(tokens[index + 1]?.text === '(' ? until(tokens, index + 2, depth, ')') : tokens.slice(index + 1, index + 2)));
  }
  return bound;
}

/** Of a function; and the type parameters of functions and classes. */
function parameters(tokens: readonly Token[]): readonly string[] {
  const word = tokens[0]?.text === 'async' ? tokens[1] : tokens[0];
  if (word?.kind !== 'name' || !['def', 'class', 'type'].includes(word.text)) return [];
  // what is in the round brackets of a class is no parameter
  const round = word.text === 'def' ? -1 : tokens.findIndex(({ text, depth }) => depth === 0 && (text === '(' || text === '='));
  return (round < 0 ? tokens : tokens.slice(0, round)).flatMap(({ kind, text, depth }, index) => {
    const before = tokens[index - 1];
    return kind === 'name' && depth === 1 && before?.kind === 'sign' && ['(', '[', ',', '*', '**'].includes(before.text) ? [text] : [];
  });
}

/** The tokens from one place to a sign or word at the same depth. */
function until(tokens: readonly Token[], from: number, depth: number, end: string): readonly Token[] {
  let to = from;
  for (let token = tokens[to]; token !== undefined && token.depth >= depth; token = tokens[++to]) if (token.depth === depth && token.text === end && token.kind !== 'string') break;
  return tokens.slice(from, to);
}

/** Names by themselves, not those behind a dot. */
export function names(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ text }, index) => (isNameAlone(tokens, index) ? [text] : []));
}

export function isNameAlone(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return tokens[index]?.kind === 'name' && !(before?.kind === 'sign' && before.text === '.');
}
