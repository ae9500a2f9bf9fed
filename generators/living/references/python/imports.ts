/** The imports of Python's statements. */
import type { Statement } from './statements.ts';
import { splitAt } from './statements.ts';
import type { Token } from './tokens.ts';

/** One name that a statement imports. */
export interface Import {
  /** How many dots are before the module. */
  readonly level: number;
  readonly module: string;
  /** What is taken from the module; null where it is the module itself that is imported, `*` for all of it. */
  readonly name: string | null;
  /** What it is called in the file; null for `*`. */
  readonly bound: string | null;
  readonly guarded: boolean;
}

export function isImport({ tokens: [first] }: Statement): boolean {
  return first?.kind === 'name' && (first.text === 'import' || first.text === 'from');
}

export function importsOf(statement: Statement): readonly Import[] {
  const { tokens, guarded } = statement;
  if (!isImport(statement)) return [];
  if (tokens[0]?.text === 'import') {
    return splitAt(tokens.slice(1), ',').flatMap((part) => {
      const { path, as } = renamed(part);
      // without `as`, it is the outermost package that gets a name
      return path === '' ? [] : [{ level: 0, module: path, name: null, bound: as ?? path.split('.')[0] ?? path, guarded }];
    });
  }
  const at = tokens.findIndex(({ kind, text }, index) => index > 0 && kind === 'name' && text === 'import');
  if (at < 0) return [];
  const from = joined(tokens.slice(1, at));
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const names = tokens.slice(at + 1).filter(({ text, kind }) => kind === 'name' || (text !== '(' && text !== ')'));
  return splitAt(names, ',').map((part) => {
    const { path, as } = renamed(part);
    return { level, module: from.slice(level), name: path, bound: path === '*' ? null : (as ?? path), guarded };
  });
}

function renamed(part: readonly Token[]): { readonly path: string; readonly as: string | null } {
  const as = part.findIndex(({ kind, text }) => kind === 'name' && text === 'as');
  return as < 0 ? { path: joined(part), as: null } : { path: joined(part.slice(0, as)), as: part[as + 1]?.text ?? null };
}

function joined(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

/** The module that an import names, from the module that it is in; null where it leads out of the service. */
export function moduleOf({ level, module }: Pick<Import, 'level' | 'module'>, importer: string, isPackage: boolean): string | null {
  if (level === 0) return module;
  const parts = importer.split('.');
  const above = parts.slice(0, parts.length - level + (isPackage ? 1 : 0));
  if (level > parts.length || above.length === 0) return null;
  return [...above, ...(module === '' ? [] : [module])].join('.');
}
