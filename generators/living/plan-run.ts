/** Plans a run on a living project: every file that was or is generated, compared with the disk. */
import { BASE_PATH, writeBase, type Base } from '../base/base.ts';
import type { PackageGraph } from '../catalog/graph.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { obstacle, textOf, type Look, type Seen } from '../plan/seen.ts';
import type { SecretFile } from '../project/secrets.ts';
import type { Questions } from '../questions/table.ts';
import type { FileMap, RenderedFile } from '../render/file-map.ts';
import { decide, type Versions } from './decide.ts';
import { lockGroup } from './lock-group.ts';
import { planLocks } from './locks.ts';
import { planMove } from './moves.ts';

export interface Run {
  /** The project's directory, absolute. */
  readonly directory: string;
  /** What the project was generated as last, with the files of older versions under the names that they have today. */
  readonly base: Base;
  readonly target: FileMap;
  /** What the base says of the target once the run is done, where that is something else than the target. */
  readonly recorded?: FileMap;
  readonly look: Look;
  readonly packages: PackageGraph;
  /** The questions that pycompose.yaml answers. */
  readonly questions: Questions;
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

/** A plan whose conflicts are still to be settled: only then is it known what locks are made of. */
export interface Draft {
  readonly plan: Plan;
  /** Completes the plan, once its conflicts are settled. */
  readonly complete: (settled: Plan) => Plan;
}

export function planRun(run: Run): Draft {
  const seen = run.look;
  const paths = [...new Set([...run.base.files.keys(), ...run.target.keys()])].filter((path) => !run.base.ejected.has(path) && path !== BASE_PATH).sort();
  const versions = (path: string): Versions => ({ path, last: run.base.files.get(path), next: run.target.get(path), seen: seen(path), adopted: run.adopted.has(path), questions: run.questions });
  const files = paths.filter((path) => lockGroup(path) === null).flatMap((path) => planPath(run, versions(path), seen) ?? []);
  const secrets = run.secrets.flatMap((secret) => planSecret(secret, seen(secret.file)) ?? []);
  const plan = { directory: run.directory, files: [...files, ...secrets], notes: run.notes };
  return { plan, complete: (settled) => complete(run, settled, paths.filter((path) => lockGroup(path) !== null).map(versions), seen) };
}

function complete(run: Run, settled: Plan, locks: readonly Versions[], seen: Look): Plan {
  const planned = new Map(settled.files.map((file) => [file.path, file]));
  const textAfter = (path: string): string => planned.get(path)?.text ?? diskText(seen(path)) ?? run.target.get(path)?.text ?? '';
  const { files, note } = planLocks(locks, textAfter, (path) => diskText(seen(path)) ?? '', run.packages);
  const all = [...settled.files, ...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  return { ...settled, files: [...all, planBase(baseAfter(run, all), seen(BASE_PATH))], notes: [...settled.notes, ...(note === null ? [] : [note])] };
}

function planPath(run: Run, versions: Versions, seen: Look): PlannedFile | null {
  const from = run.moves.get(versions.path);
  return from === undefined ? decide(versions) : planMove(versions, { path: from, seen: seen(from) });
}

/** A secret that is there stays; one that cannot be made is not passed over. */
function planSecret({ file, generated }: SecretFile, seen: Seen): PlannedFile | null {
  const entry = { path: file, mode: 0o644, before: seen };
  if (seen.kind === 'free') return { ...entry, text: generated ? null : '', action: 'create' };
  if (seen.kind === 'file') return null;
  return { ...entry, text: null, action: 'conflict', reason: obstacle(seen), remedy: 'make it a file in a directory of yours alone', blocked: true };
}

/**
 * The base is part of every plan, changed or not: when another run has written it meanwhile, the plan was made for another
 * project, and is not carried out.
 */
function planBase(after: Base, seen: Seen): PlannedFile {
  const text = writeBase(after);
  const mode = seen.kind === 'file' ? seen.mode : 0o644;
  return { path: BASE_PATH, mode, text, action: diskText(seen) === text ? 'keep' : seen.kind === 'free' ? 'create' : 'update', before: seen };
}

/** What the base says once a run is done: all that was asked for; of what is the user's, nothing new. */
function baseAfter({ base, target, recorded = target, generator }: Run, planned: readonly PlannedFile[]): Base {
  const files = new Map<string, RenderedFile>();
  const written = new Set(planned.filter(({ text }) => text !== null).map(({ path }) => path));
  // a migration is what it was, unless this run writes it anew
  for (const [path, file] of recorded) if (!base.ejected.has(path)) files.set(path, file.ownership === 'history' && !written.has(path) ? (base.files.get(path) ?? file) : file);
  for (const path of [...base.ejected, ...planned.filter(({ yours }) => yours === true).map((file) => file.path)]) {
    const file = base.files.get(path);
    if (file !== undefined) files.set(path, file);
  }
  return { generator, files, ejected: base.ejected };
}

function diskText(seen: Seen): string | null {
  return seen.kind === 'file' ? textOf(seen.bytes) : null;
}
