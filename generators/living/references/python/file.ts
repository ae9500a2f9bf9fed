/** What one file of Python says, found out when it is asked for. */
import { boundBy } from './bindings.ts';
import { importsOf, isImport, type Import } from './imports.ts';
import { statements, type Statement } from './statements.ts';
import { tokens, type Token } from './tokens.ts';

export class PythonFile {
  readonly text: string;
  #statements: readonly Statement[] | null | undefined;
  #imports: readonly Import[] | undefined;
  #names: ReadonlySet<string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Null where the file cannot be understood. */
  get statements(): readonly Statement[] | null {
    if (this.#statements === undefined) {
      const found = tokens(this.text);
      this.#statements = found === null ? null : statements(found);
    }
    return this.#statements;
  }

  get imports(): readonly Import[] {
    this.#imports ??= (this.statements ?? []).flatMap(importsOf);
    return this.#imports;
  }

  /** What its module has by itself, without what `import *` brings. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set((this.statements ?? []).flatMap((statement) => [...(statement.inner && statement.tokens[0]?.text !== 'global' ? [] : boundBy(statement)), ...exported(statement)]));
    return this.#names;
  }

  /** Whether its module may have names that cannot be seen. */
  get isDynamic(): boolean {
    return this.statements === null || this.names.has('__getattr__') || this.statements.some(({ tokens: all }) => all.some((token, index) => isCall(token, all[index + 1])));
  }

  /** Its tokens but those of imports. */
  get code(): readonly (readonly Token[])[] {
    return (this.statements ?? []).filter((statement) => !isImport(statement)).map((statement) => statement.tokens);
  }
}

/** Calls that give a module names of any kind. */
function isCall({ kind, text }: Token, next: Token | undefined): boolean {
  return kind === 'name' && (text === 'globals' || text === 'exec' || text === 'setattr') && next?.text === '(';
}

/** The strings of `__all__`. */
function exported({ tokens: all, inner }: Statement): readonly string[] {
  return !inner && all[0]?.text === '__all__' ? all.filter(({ kind }) => kind === 'string').map(({ text }) => text) : [];
}
