/** What a run has broken in one file of a service, as sentences say it behind the file's name. */
import type { PythonFile } from './file.ts';
import { moduleOf, type Import } from './imports.ts';
import { moduleAt, type Modules } from './modules.ts';
import { importedBy, namedBy, namedIn, usedBy, type Reference } from './references.ts';
import { unbound } from './unbound.ts';

/** The service before the run and after it. */
export interface Sides {
  readonly before: Modules;
  readonly after: Modules;
  /** What a removed package was imported as, to its name. */
  readonly packages: ReadonlyMap<string, string>;
}

/** @param old the file before the run; undefined where there was none */
export function brokenInPython(path: string, file: PythonFile, old: PythonFile | undefined, sides: Sides): readonly string[] {
  const { module, isPackage } = moduleAt(path);
  const imports = importedBy(file, module, isPackage);
  const missing = imports.filter(({ answer }) => answer(sides.after) === 'no').map((reference) => reference.path);
  // what is wrong with a name's import is said there
  const uses = usedBy(file, module, isPackage, sides.before).filter((use) => !missing.some((one) => `${use.path}.`.startsWith(`${one}.`)));
  const brought = (name: string): boolean => file.imports.some((star) => star.name === '*' && mayBring(moduleOf(star, module, isPackage), name, sides));
  return [
    ...broken(imports, old === undefined ? [] : importedBy(old, module, isPackage), sides),
    ...file.imports.flatMap((one) => removed(one, sides)),
    ...broken([...uses, ...namedBy(file)], [], sides),
    ...(old === undefined || old === file ? [] : unbound(old, file, brought)).map((name) => `still uses ${name}, whose import is gone`),
  ];
}

/** Settings that are no Python, and shell scripts. */
export function brokenInText(path: string, text: string, sides: Sides): readonly string[] {
  return broken(namedIn(text, path.endsWith('.ini')), [], sides);
}

/** An import of a package that the run took out of the requirements; a module of the service may have the same name. */
function removed({ level, module, guarded }: Import, { after, packages }: Sides): readonly string[] {
  const top = module.split('.')[0] ?? '';
  const name = level > 0 || guarded || after.has(top) ? undefined : packages.get(top);
  return name === undefined ? [] : [`imports ${top}, but the requirements no longer have ${name}`];
}

function mayBring(module: string | null, name: string, { before, after }: Sides): boolean {
  if (module === null) return true;
  return after.has(module) ? after.nameIn(module, name) !== 'no' : !before.has(module);
}

/** References that nothing answers any more; of those that the run has brought only imports, and only of the service's own. */
function broken(now: readonly Reference[], old: readonly Reference[], { before, after }: Sides): readonly string[] {
  const known = new Set(old.map(({ key }) => key));
  return now.flatMap(({ key, path, isImport, answer, says }) => {
    if (answer(after) !== 'no') return [];
    const was = answer(before);
    const top = path.split('.')[0] ?? '';
    const isOwn = after.owns(top) || before.owns(top);
    const counts = isImport ? was !== 'no' || (isOwn && !known.has(key)) : was === 'yes';
    return counts ? [says(before, after)] : [];
  });
}
