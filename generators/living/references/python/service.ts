/** What a run has broken in one service, in sentences. */
import { hasMarkers } from '../../../merge/merged.ts';
import type { Texts } from '../texts.ts';
import { PythonFile } from './file.ts';
import { lostWords } from './lost.ts';
import { moduleAt, Modules } from './modules.ts';
import { brokenInPython, brokenInText, type Sides } from './one-file.ts';
import { removedPackages } from './packages.ts';

/** @param before path below the service's directory to text; as `after` */
export function brokenInService(before: Texts, after: Texts): readonly { readonly path: string; readonly says: string }[] {
  const old = pythonOf(before, new Map());
  const now = pythonOf(after, old);
  const modules: Sides = { before: new Modules(old), after: new Modules(now), packages: removedPackages(before, after) };
  const changed = [...old].flatMap(([path, file]) => (now.get(path) === file ? [] : [moduleAt(path).module]));
  const lost = lostWords(modules.before, modules.after, changed, modules.packages);
  return [...after].flatMap(([path, text]) => {
    if (!/\.(?:py|toml|ini|sh)$/.test(path) || hasMarkers(text) || isForgotten(path, modules.packages)) return [];
    // a file that was there and has none of what is lost is as well as it was
    if (before.get(path) === text && !lost?.test(text)) return [];
    const file = now.get(path);
    const says = file === undefined ? brokenInText(path, text, modules) : brokenInPython(path, file, old.get(path), modules);
    return says.map((one) => ({ path, says: one }));
  });
}

/** A migration stays for the databases that remember it, and is read by nothing but the tool that runs it. */
function isForgotten(path: string, removed: ReadonlyMap<string, string>): boolean {
  return /(?:^|\/)migrations\//.test(path) && (removed.has('alembic') || removed.has('django'));
}

function pythonOf(files: Texts, known: ReadonlyMap<string, PythonFile>): Map<string, PythonFile> {
  const python = new Map<string, PythonFile>();
  for (const [path, text] of files) {
    if (!path.endsWith('.py')) continue;
    const same = known.get(path);
    python.set(path, same?.text === text ? same : new PythonFile(text));
  }
  return python;
}
