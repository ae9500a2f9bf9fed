/** Cuts Python into tokens: names, strings, signs and ends of lines. Comments and the text of f-strings are left out. */
import { indentAt, literalEnd, literalStep, prefixOf } from './strings.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign' | 'end';
  /** Of a string what is between its quotes; empty for bytes and f-strings. */
  readonly text: string;
  /** How many brackets are open around it. */
  readonly depth: number;
  /** Of an end: the indent of the line behind it. */
  readonly indent: number;
}

// spaces, joined lines and comments; an end of a line; a string's beginning; a name; a number; a sign
const TOKEN =
  /([ \t\f\ufeff]+|\\\n|#[^\n]*)|(\n|\r)|((?:[rR][fFtTbB]?|[fFtTbB][rR]?|[uU])?(?:"""|'''|"|'))|([\p{L}_][\p{L}\p{N}_]*)|(\.?\d[\w.]*)|(:=|==|!=|<=|>=|->|\*\*=?|\/\/=?|<<=?|>>=?|[-+*/%&|^@]=|[^])/uy;

/** @returns null for what is no Python, as far as can be told: a bracket or a string that never ends */
export function tokens(text: string): readonly Token[] | null {
  const scanner = new Scanner(text.replaceAll('\r\n', '\n'));
  return scanner.scan() ? scanner.tokens : null;
}

class Scanner {
  readonly tokens: Token[] = [];
  readonly #text: string;
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): boolean {
    this.#push('end', '', indentAt(this.#text, this.#position));
    if (!this.#until(null)) return false;
    this.#push('end', '', 0);
    return this.#depth === 0;
  }

  /** Up to the end, or in an f-string to the end of its expression. */
  #until(base: number | null): boolean {
    while (this.#position < this.#text.length) {
      if (base !== null && this.#depth === base && this.#endsExpression()) return true;
      TOKEN.lastIndex = this.#position;
      const [all = '', space, end, quote, name, number, sign] = TOKEN.exec(this.#text) ?? [];
      if (all === '') return false;
      this.#position += all.length;
      if (space !== undefined) continue;
      if (end !== undefined) {
        const indent = indentAt(this.#text, this.#position);
        if (this.#depth === 0) this.#push('end', '', indent);
      } else if (quote !== undefined) {
        if (!this.#string(quote)) return false;
      } else if (name !== undefined) this.#push('name', name);
      else if (number !== undefined) this.#push('number', number);
      else if (sign !== undefined && !this.#sign(sign)) return false;
    }
    return base === null;
  }

  #sign(sign: string): boolean {
    if (')]}'.includes(sign)) this.#depth -= 1;
    this.#push('sign', sign);
    if ('([{'.includes(sign)) this.#depth += 1;
    return this.#depth >= 0;
  }

  /** `}`, a conversion or a format ends an expression; `!=` and `:=` do, too, only where they are none of these. */
  #endsExpression(): boolean {
    const rest = this.#text.slice(this.#position, this.#position + 2);
    return rest[0] === '}' || rest[0] === ':' || (rest[0] === '!' && rest !== '!=');
  }

  #string(opening: string): boolean {
    const { quote, raw, formatted, plain } = prefixOf(opening);
    if (formatted) return this.#formatted(quote, raw);
    const end = literalEnd(this.#text, this.#position, quote);
    if (end === null) return false;
    this.#push('string', plain ? this.#text.slice(this.#position, end) : '');
    this.#position = end + quote.length;
    return true;
  }

  /** An f-string from behind its quote. */
  #formatted(quote: string, raw: boolean): boolean {
    this.#push('string', '');
    while (this.#position < this.#text.length) {
      if (this.#text.startsWith(quote, this.#position)) {
        this.#position += quote.length;
        return true;
      }
      const step = literalStep(this.#text, this.#position, raw);
      if (quote.length === 1 && this.#text[this.#position] === '\n') return false;
      this.#position += step;
      if (step === 0 && !this.#expression()) return false;
    }
    return false;
  }

  /** What is behind the colon of an expression, up to its `}`. */
  #format(): boolean {
    while (this.#position < this.#text.length) {
      const sign = this.#text[this.#position];
      if (sign === '}') return true;
      if (sign !== '{') this.#position += 1;
      else if (!this.#expression()) return false;
    }
    return false;
  }

  #expression(): boolean {
    this.#position += 1;
    if (!this.#sign('{') || !this.#until(this.#depth)) return false;
    if (this.#text[this.#position] === '!') this.#position += 2;
    if (this.#text[this.#position] === ':') {
      this.#position += 1;
      if (!this.#format()) return false;
    }
    if (this.#text[this.#position] !== '}') return false;
    this.#position += 1;
    return this.#sign('}');
  }

  #push(kind: Token['kind'], text: string, indent = 0): void {
    this.tokens.push({ kind, text, depth: this.#depth, indent });
  }
}
