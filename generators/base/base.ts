/** `.pycompose/base.json`: what the generator last wrote into a project, the base that later runs merge against. */
import { EXIT, UserError } from '../errors/user-error.ts';
import { json } from '../render/json.ts';
import type { Ownership, RenderedFile } from '../render/file-map.ts';

export const BASE_PATH = '.pycompose/base.json';

export interface Base {
  /** The version of the generator that the whole project was last brought to. */
  readonly generator: string;
  /** Path to the file as it was generated last; for an ejected file, as it was when it was taken over. */
  readonly files: ReadonlyMap<string, RenderedFile>;
  /** Paths that the user has taken over for good. */
  readonly ejected: ReadonlySet<string>;
}

/** A file as it is written: services have many files in common, so a text is there once, and then named by its path. */
type WrittenFile = Omit<RenderedFile, 'text'> & { readonly text?: string; readonly same?: string };

interface Written {
  readonly generator: string;
  readonly files: Readonly<Record<string, WrittenFile>>;
  readonly ejected?: readonly string[];
}

const OWNERSHIPS: readonly Ownership[] = ['managed', 'seed', 'history'];

/** @throws UserError (failure) when the text is not what writeBase writes */
export function readBase(text: string): Base {
  const written = parse(text);
  const damaged = problemOf(written);
  if (damaged !== null) throw damagedError(damaged);
  const { generator, files, ejected = [] } = written as Written;
  const textOf = ({ text, same }: WrittenFile): string => text ?? files[same ?? '']?.text ?? '';
  return {
    generator,
    files: new Map(Object.entries(files).map(([path, file]) => [path, { text: textOf(file), mode: file.mode, ownership: file.ownership }])),
    ejected: new Set(ejected),
  };
}

export function writeBase({ generator, files, ejected }: Base): string {
  const first = new Map<string, string>();
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, { text, mode, ownership }]): [string, WrittenFile] => {
    const same = first.get(text);
    if (same !== undefined) return [path, { same, mode, ownership }];
    first.set(text, path);
    return [path, { text, mode, ownership }];
  });
  const written: Written = { generator, files: Object.fromEntries(sorted), ...(ejected.size === 0 ? {} : { ejected: [...ejected].sort() }) };
  return json(written);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const merged = /^(<{7}|>{7}) /m.test(text);
    if (merged) throw new UserError(`${BASE_PATH} has conflict markers of git: take one side of it (git checkout --ours ${BASE_PATH}), then run pycompose update`, EXIT.failure);
    throw damagedError('it is no JSON');
  }
}

function problemOf(written: unknown): string | null {
  if (!isRecord(written)) return 'it is no mapping';
  if (typeof written['generator'] !== 'string' || !/^\d+\.\d+\.\d+/.test(written['generator'])) return 'its generator is no version';
  if (!isRecord(written['files'])) return 'its files are missing';
  for (const [path, file] of Object.entries(written['files'])) {
    // a project is somebody else's text: what is written there must not lead out of it
    if (!isInside(path)) return `it names ${JSON.stringify(path)}, which is no path inside the project`;
    if (!isRecord(file) || !hasText(file, written['files']) || typeof file['mode'] !== 'number' || !OWNERSHIPS.includes(file['ownership'] as Ownership)) return `its entry ${path} is incomplete`;
  }
  const ejected = written['ejected'] ?? [];
  return Array.isArray(ejected) && ejected.every((path) => typeof path === 'string' && isInside(path)) ? null : 'its ejected files are no list of paths';
}

/** A file has its text, or names one that has: never a chain, which could be a circle. */
function hasText(file: Record<string, unknown>, files: Record<string, unknown>): boolean {
  if (typeof file['text'] === 'string') return true;
  const other = typeof file['same'] === 'string' && Object.hasOwn(files, file['same']) ? files[file['same']] : file;
  return isRecord(other) && other !== file && typeof other['text'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a path, with forward slashes, is one of the project's own: below its directory, and nothing of git's or of a run's. */
export function isInside(path: string): boolean {
  return path !== '' && !/[\\\0]|^[a-z]:/i.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git') && !path.startsWith('.pycompose/state/');
}

function damagedError(what: string): UserError {
  return new UserError(`${BASE_PATH} is damaged: ${what}; take it back from version control, as every run needs it to tell your edits apart`, EXIT.failure);
}
