/** What stands in the way of a plan. */
import { EXIT, UserError } from '../errors/user-error.ts';
import { ANSWERS_PATH } from '../render/project-files.ts';
import { abandonedStaging, checkDirectory, inspectPath } from './disk.ts';
import type { Plan } from './plan.ts';

/** Why a plan cannot be carried out, with the remedy; null when every file of it is new. */
export function conflictError(plan: Plan, shown: string): UserError | null {
  const [first, ...more] = plan.files.filter((file) => file.action === 'conflict');
  if (first === undefined) return null;
  const staging = abandonedStaging(plan.directory);
  const killed = staging === null ? '' : `; ${staging} in it is what a killed run has left, and can go`;
  if (plan.files.some((file) => file.path === ANSWERS_PATH && file.action === 'conflict')) return projectThere(shown, killed);
  const others = more.length === 0 ? '' : `, and ${more.length} more of the files to write`;
  const remedy = first.remedy ?? (more.length === 0 ? 'move it away' : 'move them away');
  return new UserError(`${first.path} ${first.reason ?? 'exists'}${others} in ${shown}; nothing was written: ${remedy} or choose another directory${killed}`, EXIT.conflicts);
}

/** Refuses a directory that no project can be made in, whatever its files will be. */
export function refuseDirectory(directory: string, shown: string): void {
  checkDirectory(directory, shown);
  if (inspectPath(directory, ANSWERS_PATH, false).kind !== 'free') throw projectThere(shown, '');
}

function projectThere(shown: string, more: string): UserError {
  return new UserError(`${shown} already holds a pycompose project (${ANSWERS_PATH}); nothing was written: change it with pycompose set or update, or choose another directory${more}`, EXIT.conflicts);
}
