/** Names of a file whose import is gone while the file still uses them. */
import { boundBy, boundWithin, isNameAlone } from './bindings.ts';
import { BUILTINS } from './builtins.ts';
import type { PythonFile } from './file.ts';
import { isImport } from './imports.ts';
import type { Token } from './tokens.ts';

/** @param brought whether `import *` may bring a name to the file as it is now */
export function unbound(before: PythonFile, after: PythonFile, brought: (name: string) => boolean): readonly string[] {
  if (after.statements === null) return [];
  const had = importedNames(before);
  for (const name of importedNames(after)) had.delete(name);
  if (had.size === 0) return [];
  for (const statement of after.statements) {
    if (!isImport(statement)) for (const name of [...boundBy(statement), ...boundWithin(statement)]) had.delete(name);
  }
  const used = new Set(after.code.flatMap((tokens) => tokens.flatMap((token, index) => (had.has(token.text) && isUse(tokens, index) ? [token.text] : []))));
  return [...used].filter((name) => !BUILTINS.has(name) && !brought(name));
}

function importedNames({ imports }: PythonFile): Set<string> {
  return new Set(imports.flatMap(({ module, bound }) => (module === '__future__' || bound === null ? [] : [bound])));
}

/** A name by itself, and not that of an argument, which is between `(` or `,` and `=`. */
function isUse(tokens: readonly Token[], index: number): boolean {
  const [before, behind] = [tokens[index - 1], tokens[index + 1]];
  const isArgument = behind?.kind === 'sign' && behind.text === '=' && behind.depth > 0 && (before?.text === '(' || before?.text === ',');
  return isNameAlone(tokens, index) && !isArgument;
}
