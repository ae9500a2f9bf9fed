/** Names of a file that can be nothing but modules of its service. */
import { boundBy, boundWithin } from './bindings.ts';
import type { PythonFile } from './file.ts';
import { isImport, moduleOf } from './imports.ts';
import type { Modules } from './modules.ts';

/** Name to module: names that only imports of one and the same module bind, anywhere in the file. */
export function soleModules(file: PythonFile, module: string, isPackage: boolean, modules: Modules): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const one of file.imports) {
    if (one.bound === null) continue;
    const from = moduleOf(one, module, isPackage);
    const path = from === null ? null : pathOf(from, one.name, one.bound, modules);
    found.set(one.bound, found.get(one.bound) === undefined || found.get(one.bound) === path ? path : null);
  }
  for (const statement of file.statements ?? []) {
    if (isImport(statement)) continue;
    for (const name of [...boundBy(statement), ...boundWithin(statement)]) found.delete(name);
  }
  return new Map([...found].flatMap(([name, path]) => (path === null ? [] : [[name, path] as const])));
}

function pathOf(from: string, name: string | null, bound: string, modules: Modules): string | null {
  if (name === null) {
    // `import web.mail` gives the name web, `import web.mail as mail` the module
    const path = from === bound || from.startsWith(`${bound}.`) ? bound : from;
    return modules.has(path) ? path : null;
  }
  return modules.has(`${from}.${name}`) && !modules.binds(from, name) ? `${from}.${name}` : null;
}
