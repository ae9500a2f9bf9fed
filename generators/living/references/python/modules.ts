/** The modules of one service, and what they have. */
import { moduleOf } from './imports.ts';
import type { PythonFile } from './file.ts';

/** Whether something is there; unknown where a module may have names that cannot be seen. */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Has {
  readonly names: ReadonlySet<string>;
  readonly isDynamic: boolean;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export class Modules {
  readonly #files = new Map<string, PythonFile>();
  readonly #packages = new Set<string>();
  readonly #regular = new Set<string>();
  readonly #has = new Map<string, Has>();

  /** @param files path below the service's directory to file */
  constructor(files: ReadonlyMap<string, PythonFile>) {
    for (const [path, file] of files) {
      const named = moduleAt(path);
      const parts = named.module.split('.');
      if (named.module === '' || !parts.every((part) => IDENTIFIER.test(part))) continue;
      // a package wins over a module of the same name
      if (named.isPackage || !this.#regular.has(named.module)) this.#files.set(named.module, file);
      if (named.isPackage) this.#regular.add(named.module);
      for (let length = named.isPackage ? parts.length : parts.length - 1; length > 0; length--) this.#packages.add(parts.slice(0, length).join('.'));
    }
  }

  has(module: string): boolean {
    return this.#files.has(module) || this.#packages.has(module);
  }

  all(): Iterable<string> {
    return new Set([...this.#files.keys(), ...this.#packages]);
  }

  /** Whether a name at the beginning of a path is this service's: a package or a module, but no mere directory of scripts. */
  owns(top: string): boolean {
    return this.#files.has(top);
  }

  /** Whether a module has a name or a module of that name in it. */
  nameIn(module: string, name: string): Answer {
    if (this.has(`${module}.${name}`)) return 'yes';
    const { names, isDynamic } = this.of(module);
    return names.has(name) || /^__\w+__$/.test(name) ? 'yes' : isDynamic ? 'unknown' : 'no';
  }

  /** Whether a module itself says what a name is. */
  binds(module: string, name: string): boolean {
    return this.of(module).names.has(name);
  }

  /** `web.tasks.ping`: the longest module at its beginning has what follows. */
  path(path: string): Answer {
    const { module, name } = this.#cut(path);
    return module === '' ? 'no' : name === undefined ? 'yes' : this.nameIn(module, name);
  }

  /** As much of a path as can be known: of `web.tasks.ping.delay` up to `ping`. */
  known(path: string): string {
    const { module, name } = this.#cut(path);
    return [module, name ?? ''].filter((part) => part !== '').join('.');
  }

  /** What is around a module is a module, too: the first name that is none ends it. */
  #cut(path: string): { readonly module: string; readonly name: string | undefined } {
    let module = '';
    for (const name of path.split('.')) {
      const inner = module === '' ? name : `${module}.${name}`;
      if (!this.has(inner)) return { module, name };
      module = inner;
    }
    return { module, name: undefined };
  }

  /** All that a module has, with what `import *` brings from modules of the service; what others bring may be anything. */
  of(module: string): Has {
    const known = this.#has.get(module);
    if (known) return known;
    const names = new Set<string>();
    const reached = new Set([module]);
    let isDynamic = false;
    for (const from of reached) {
      const file = this.#files.get(from);
      for (const name of file?.names ?? []) names.add(name);
      isDynamic ||= file?.isDynamic === true;
      for (const star of file?.imports.filter(({ name }) => name === '*') ?? []) {
        const source = moduleOf(star, from, this.#regular.has(from));
        if (source !== null && this.has(source.split('.')[0] ?? '')) reached.add(source);
        else isDynamic = true;
      }
    }
    const has = { names, isDynamic };
    this.#has.set(module, has);
    return has;
  }
}

/** The module that a path is; '' for a package's file without a package. */
export function moduleAt(path: string): { readonly module: string; readonly isPackage: boolean } {
  const parts = path.replace(/\.py$/, '').split('/');
  const isPackage = parts.at(-1) === '__init__';
  return { module: (isPackage ? parts.slice(0, -1) : parts).join('.'), isPackage };
}
