/** The end of a command: its plan is printed, and carried out unless something is in the way. */
import type { CommandArguments } from '../cli/command-arguments.ts';
import { failureOf } from '../cli/failure.ts';
import { EXIT, ReportedError, UserError, type ExitCode } from '../errors/user-error.ts';
import { applyChanges } from '../journal/apply.ts';
import type { Plan } from '../plan/plan.ts';
import { changesOf } from './changes.ts';
import type { LivingProject } from './project.ts';
import { conflictsText, counted, doneText, isNothing, previewText } from './report.ts';
import { outcomeJson } from './report-json.ts';
import type { CommandWorld } from './run-command.ts';
import { questionsOf } from './settle-plan.ts';

/** @throws UserError (conflicts) for a plan that is not settled; whatever else the journal throws */
export function carryOut({ command: name, words, switches }: CommandArguments, project: LivingProject, plan: Plan, world: CommandWorld): { readonly code: ExitCode; readonly written: boolean } {
  const command = [name, ...words].join(' ');
  const dry = switches.has('dry-run');
  const error = conflictError(plan) ?? markersError(plan);
  const blocked = error !== null && questionsOf(plan).length > 0;
  const written = !dry && !blocked && !isNothing(plan);
  if (written) applyChanges(project.directory, changesOf(plan), { command, generator: project.sources.version });
  if (switches.has('json')) world.print(outcomeJson({ command, plan, generator: project.sources.version, written, error: error && failureOf(error) }));
  else if (blocked) world.print(`${dry ? previewText(plan, project.shown) : ''}${conflictsText(plan)}`);
  else world.print(dry ? previewText(plan, project.shown) : doneText(plan, command, project.shown));
  if (blocked) throw new ReportedError(error);
  return { code: error === null ? EXIT.ok : error.code, written };
}

function conflictError(plan: Plan): UserError | null {
  const questions = questionsOf(plan);
  const [first] = questions;
  if (first === undefined) return null;
  const files = new Set(questions.map(({ file }) => file.path));
  const whole = questions.find(({ file }) => file.remedy !== undefined)?.file;
  const remedy = whole === undefined ? 'choose a side with --on-conflict keep or take, or have both written with --on-conflict markers' : `${whole.path} ${whole.reason ?? 'is in the way'}: ${whole.remedy ?? ''}`;
  return new UserError(`${counted(questions.length, 'conflict')} in ${files.size === 1 ? first.file.path : counted(files.size, 'file')}; nothing was written: ${remedy}`, EXIT.conflicts);
}

function markersError(plan: Plan): UserError | null {
  const marked = plan.files.filter((file) => file.marked === true).map(({ path }) => path);
  return marked.length === 0 ? null : new UserError(`there are conflict markers to settle in ${marked.join(', ')}`, EXIT.conflicts);
}
