/** What a run is about to do, as data: printed by --dry-run and --json, and carried out by apply.ts. */
import type { FileMap } from '../render/file-map.ts';
import type { SecretFile } from '../project/secrets.ts';
import type { PathState } from './disk.ts';

export interface PlannedFile {
  /** Inside the project, with forward slashes. */
  readonly path: string;
  readonly mode: number;
  /** The text to write; null for a secret, which is made when it is written. */
  readonly text: string | null;
  /** `keep`: a secret that is there already stays as it is. */
  readonly action: 'create' | 'keep' | 'conflict';
  /** Why a conflict is one. */
  readonly reason?: string;
  /** What would end the conflict, unless it is to move the file away. */
  readonly remedy?: string;
}

export interface Plan {
  /** The project's directory, absolute. */
  readonly directory: string;
  readonly files: readonly PlannedFile[];
}

/** Looks at one path of the project on disk; what is private must not lie where others can enter. */
export type Inspect = (path: string, secret: boolean) => PathState;

/** Plans a new project: every file must be new, since nothing of the user's is ever overwritten. */
export function planCreate(directory: string, files: FileMap, secrets: readonly SecretFile[], inspect: Inspect): Plan {
  const rendered = [...files].map(([path, { text, mode }]): PlannedFile => {
    const state = inspect(path, false);
    return state.kind === 'free' ? { path, mode, text, action: 'create' } : { path, mode, text, ...conflict(state) };
  });
  const secret = secrets.map(({ file, generated }): PlannedFile => {
    const state = inspect(file, true);
    const entry = { path: file, mode: 0o644, text: generated ? null : '' };
    if (state.kind === 'free') return { ...entry, action: 'create' };
    return state.kind === 'file' ? { ...entry, action: 'keep' } : { ...entry, ...conflict(state) };
  });
  return { directory, files: [...rendered, ...secret] };
}

function conflict(state: Exclude<PathState, { kind: 'free' }>): Pick<PlannedFile, 'action' | 'reason' | 'remedy'> {
  if (state.kind === 'file') return { action: 'conflict', reason: 'exists' };
  return { action: 'conflict', reason: state.reason, ...(state.remedy === undefined ? {} : { remedy: state.remedy }) };
}
