/** Plans a run on a living project: every file that was or is generated, compared with the disk. */
import { posix } from 'node:path';
import type { PackageGraph } from '../catalog/graph.ts';
import { lockGroup } from './lock-group.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import type { SecretFile } from '../project/secrets.ts';
import type { FileMap, RenderedFile } from '../render/file-map.ts';
import { BASE_PATH } from '../base/base.ts';
import { writeBase, type Base } from '../base/base.ts';
import { decide, type Versions } from './decide.ts';
import { planLock } from './locks.ts';
import { textOf, yoursOf, type Look, type Seen } from './seen.ts';

const { dirname } = posix;

export interface Run {
  /** The project's directory, absolute. */
  readonly directory: string;
  /** What the project was generated as last, with the files of older versions under the names that they have today. */
  readonly base: Base;
  readonly target: FileMap;
  readonly look: Look;
  readonly packages: PackageGraph;
  /** Paths that the user gives back to the generator. */
  readonly adopted: ReadonlySet<string>;
  /** Today's path of a file to the one that an older version gave it. */
  readonly moves: ReadonlyMap<string, string>;
  /** The secrets that the run's answers bring. */
  readonly secrets: readonly SecretFile[];
  /** The version that the project is brought to. */
  readonly generator: string;
  readonly notes: readonly string[];
}

export function planRun(run: Run): Plan {
  const seen = memoized(run.look);
  const paths = [...new Set([...run.base.files.keys(), ...run.target.keys()])].filter((path) => !run.base.ejected.has(path) && path !== BASE_PATH).sort();
  const planned = new Map<string, readonly PlannedFile[]>();
  const versions = (path: string): Versions => ({ path, last: run.base.files.get(path), next: run.target.get(path), seen: seen(path), adopted: run.adopted.has(path) });
  const locks = paths.filter((path) => lockGroup(path) !== null);
  for (const path of paths) if (lockGroup(path) === null) planned.set(path, planPath(run, versions(path), seen));
  const textAfter = (path: string): string => planned.get(path)?.find((file) => file.path === path)?.text ?? diskText(seen(path)) ?? run.target.get(path)?.text ?? '';
  const notes = [...run.notes];
  const open = new Set<string>();
  for (const path of locks) {
    const lock = planLock(versions(path), textAfter, run.packages);
    planned.set(path, lock.file === null ? [] : [lock.file]);
    if (lock.open) open.add(dirname(path));
  }
  if (open.size > 0) notes.push(`packages of yours are in the requirements of ${[...open].join(', ')}: \`./run lock\` resolves the locks anew, and needs to before anything is built`);
  const files = [...planned.values()].flat();
  const secrets = run.secrets.filter(({ file }) => seen(file).kind === 'free').map(({ file, generated }): PlannedFile => ({ path: file, mode: 0o644, text: generated ? null : '', action: 'create', before: seen(file) }));
  return { directory: run.directory, files: [...files, ...secrets, ...planBase(baseAfter(run, files), seen(BASE_PATH))], notes };
}

function planPath(run: Run, versions: Versions, seen: Look): readonly PlannedFile[] {
  const { path } = versions;
  const from = run.moves.get(path);
  const file = from === undefined || versions.seen.kind !== 'free' ? decide(versions) : moved(versions, from, seen(from));
  if (file === null) return [];
  return file.from === undefined ? [file] : [file, { path: file.from, mode: file.mode, text: null, action: 'delete', before: seen(file.from), reason: `renamed to ${path}` }];
}

/** A file that has another name today: the user's edits go with it. */
function moved(versions: Versions, from: string, seen: Seen): PlannedFile | null {
  const decided = decide({ ...versions, seen });
  if (seen.kind !== 'file') return decided;
  const text = yoursOf(seen);
  const mode = decided?.mode ?? seen.mode;
  if (decided?.action === 'conflict') return { ...decided, before: versions.seen, from };
  return text === null ? decided : { path: versions.path, mode, text: decided?.text ?? text, action: 'create', before: versions.seen, from, reason: `renamed from ${from}` };
}

/** The base itself is written whenever it says something new, whatever happens to the files. */
function planBase(after: Base, seen: Seen): readonly PlannedFile[] {
  const text = writeBase(after);
  if (diskText(seen) === text) return [];
  return [{ path: BASE_PATH, mode: seen.kind === 'file' ? seen.mode : 0o644, text, action: seen.kind === 'free' ? 'create' : 'update', before: seen }];
}

function diskText(seen: Seen): string | null {
  return seen.kind === 'file' ? textOf(seen.bytes) : null;
}

function memoized(look: Look): Look {
  const known = new Map<string, Seen>();
  return (path) => {
    const seen = known.get(path) ?? look(path);
    known.set(path, seen);
    return seen;
  };
}

/** What the base says once a run is done: all that was asked for; of what is the user's, nothing new. */
function baseAfter({ base, target, generator }: Run, planned: readonly PlannedFile[]): Base {
  const files = new Map<string, RenderedFile>();
  for (const [path, file] of target) if (!base.ejected.has(path)) files.set(path, file);
  for (const path of [...base.ejected, ...planned.filter(({ yours }) => yours === true).map((file) => file.path)]) {
    const file = base.files.get(path);
    if (file !== undefined) files.set(path, file);
  }
  return { generator, files, ejected: base.ejected };
}
