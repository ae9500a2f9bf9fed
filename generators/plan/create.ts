/** Plans a new project. */
import type { SecretFile } from '../project/secrets.ts';
import type { FileMap } from '../render/file-map.ts';
import type { PathState } from './disk.ts';
import type { Plan, PlannedFile } from './plan.ts';

/** Looks at one path of the project on disk; what is private must not lie where others can enter. */
export type Inspect = (path: string, secret: boolean) => PathState;

/** Every file of a new project must be new, since nothing of the user's is ever overwritten; a secret that is there stays. */
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
  return { directory, files: [...rendered, ...secret], notes: [] };
}

function conflict(state: Exclude<PathState, { kind: 'free' }>): Pick<PlannedFile, 'action' | 'reason' | 'remedy'> {
  if (state.kind === 'file') return { action: 'conflict', reason: 'exists' };
  return { action: 'conflict', reason: state.reason, ...(state.remedy === undefined ? {} : { remedy: state.remedy }) };
}
