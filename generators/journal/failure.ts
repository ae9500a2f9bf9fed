/** What is said when the system does not let a run change something. */
import { relative, sep } from 'node:path';
import { listed } from '../cli/listed.ts';
import { systemReason } from '../errors/system-reason.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import { STATE } from './places.ts';

/** An error of the system, as the one line that a user gets; errors of any other kind stay what they are. */
export function failure(root: string, error: unknown, outcome: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) return error;
  return new UserError(`${outcome}: ${systemReason(code)}${place(root, error)}`, EXIT.failure);
}

/** Why something failed, in a few words. */
export function shortly(root: string, error: unknown): string {
  if (error instanceof UserError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? String(error) : `${systemReason(code)}${place(root, error)}`;
}

/** @param paths what has changed, at least one path */
export function shownPaths(paths: readonly string[]): string {
  const shown = paths.slice(0, SHOWN);
  const more = paths.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : listed(shown);
}

const SHOWN = 5;

/** The path that it is about, where that is one of the user's. */
function place(root: string, error: unknown): string {
  const { path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const about = dest ?? path;
  if (about === undefined) return '';
  const inside = relative(root, about).split(sep).join('/');
  return inside === '' || inside.startsWith('../') || inside === '.pycompose' || inside.startsWith(STATE) ? '' : ` (${inside})`;
}
