/** What a file of Python refers to in the modules of its own service. */
import { isNameAlone } from './bindings.ts';
import type { PythonFile } from './file.ts';
import { moduleOf, type Import } from './imports.ts';
import type { Answer, Modules } from './modules.ts';
import { soleModules } from './sole.ts';

export interface Reference {
  /** The same for the same reference at another time. */
  readonly key: string;
  /** Module and name, by dots. */
  readonly path: string;
  /** Whether one that the run itself has brought is to be found, too. */
  readonly isImport: boolean;
  readonly answer: (modules: Modules) => Answer;
  /** What a sentence says behind the file's name. */
  readonly says: (before: Modules, after: Modules) => string;
}

/** The imports of a file, those apart for whose failure it is ready. */
export function importedBy(file: PythonFile, module: string, isPackage: boolean): readonly Reference[] {
  return file.imports.flatMap((one): Reference[] => {
    const from = one.guarded ? null : moduleOf(one, module, isPackage);
    return from === null || from === '' ? [] : [imported(from, one)];
  });
}

function imported(from: string, { name }: Import): Reference {
  const answer = (modules: Modules): Answer => (modules.has(from) ? 'yes' : 'no');
  const gone = (path: string, before: Modules): string => `imports ${path}, which is ${before.has(path) ? 'gone' : 'not there'}`;
  if (name === null || name === '*') return { key: `import ${from}`, path: from, isImport: true, answer, says: (before) => gone(from, before) };
  const path = `${from}.${name}`;
  return {
    key: `from ${from} import ${name}`,
    path,
    isImport: true,
    answer: (modules) => (modules.has(from) ? modules.nameIn(from, name) : 'no'),
    says: (before, after) => {
      if (!after.has(from)) return gone(from, before);
      if (before.has(path)) return gone(path, before);
      return `imports ${name} from ${from}, which ${before.nameIn(from, name) === 'no' ? 'does not have it' : 'no longer has it'}`;
    },
  };
}

/** `stats.forget` where `stats` can be nothing but a module of the service. */
export function usedBy(file: PythonFile, module: string, isPackage: boolean, before: Modules): readonly Reference[] {
  const modules = soleModules(file, module, isPackage, before);
  if (modules.size === 0) return [];
  return file.code.flatMap((tokens) =>
    tokens.flatMap((token, index): Reference[] => {
      const base = isNameAlone(tokens, index) ? modules.get(token.text) : undefined;
      if (base === undefined) return [];
      const parts: string[] = [];
      for (let at = index + 1; tokens[at]?.text === '.' && tokens[at + 1]?.kind === 'name'; at += 2) parts.push(tokens[at + 1]?.text ?? '');
      return parts.length === 0 ? [] : [pathed([base, ...parts].join('.'), 'uses')];
    }),
  );
}

/** A whole string that may be a path, as "web.tasks.ping" or "web.main:app"; the name of a log is none. */
export function namedBy(file: PythonFile): readonly Reference[] {
  return file.code.flatMap((tokens) =>
    tokens.flatMap(({ kind, text }, index) => {
      const isLog = tokens[index - 1]?.text === '(' && tokens[index - 2]?.text === 'getLogger';
      return kind === 'string' && !isLog && PATH.test(text) ? [pathed(text, 'names')] : [];
    }),
  );
}

const PATH = /^[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)+(?:\(\))?$/;

/** The paths in a shell script, or in settings that are no Python: words that are nothing longer, no file and no address. */
export function namedIn(text: string, isIni: boolean): readonly Reference[] {
  const code = text.replace(isIni ? /(^|[ \t])[#;].*$/gm : /(^|[ \t])#.*$/gm, '');
  return [...code.matchAll(/[^\s"'`=,;(){}[\]<>|&]+(?:\(\))?/g)].flatMap(([word]) => (PATH.test(word) ? [pathed(word, 'names')] : []));
}

/** One that counts only where it was there before, because it may be something else. */
function pathed(written: string, verb: 'uses' | 'names'): Reference {
  const path = written.replace('()', '').replace(':', '.');
  return { key: `${verb} ${written}`, path, isImport: false, answer: (modules) => modules.path(path), says: (_before, after) => `${verb} ${verb === 'uses' ? after.known(path) : written}, which is gone` };
}
