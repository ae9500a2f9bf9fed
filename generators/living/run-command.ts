/** Runs one command on the project around the current directory. */
import { join } from 'node:path';
import type { World } from '../app/session.ts';
import type { CommandArguments } from '../cli/command-arguments.ts';
import { policyOf } from '../cli/command-arguments.ts';
import { failureOf } from '../cli/failure.ts';
import { EXIT, ReportedError, UserError, type ExitCode } from '../errors/user-error.ts';
import { applyChanges } from '../journal/apply.ts';
import { interrupted, recover } from '../journal/recover.ts';
import { migrations } from '../migrations/table.ts';
import type { Plan } from '../plan/plan.ts';
import type { Ask } from '../questions/prompts.ts';
import type { Sources } from '../render/file-map.ts';
import { askConflicts } from './ask.ts';
import { changesOf } from './changes.ts';
import { wantRemoval, wantService, wantValues } from './commands/answers.ts';
import { planAdopt, planEject } from './commands/ownership.ts';
import { runReading } from './commands/reading.ts';
import { runUndo } from './commands/undo.ts';
import { findProject, openProject, projectPath, type LivingProject } from './project.ts';
import { conflictsText, counted, doneText, isNothing, previewText } from './report.ts';
import { outcomeJson } from './report-json.ts';
import { questionsOf, settlePlan } from './settle-plan.ts';
import { planWanted } from './wanted.ts';

export interface CommandWorld extends World {
  readonly ask: Ask;
  readonly warn: (line: string) => void;
}

/**
 * @param steps the migrations that update goes through
 * @throws UserError with what the user can put right
 */
export async function runCommand(given: CommandArguments, world: CommandWorld, sources: Sources, steps = migrations): Promise<ExitCode> {
  finishKilled(given, world);
  if (given.command === 'undo') return runUndo(given, world);
  const project = openProject(world.cwd, sources, steps);
  const reading = await runReading(given, project, world);
  if (reading !== null) return reading;
  const policy = policyOf(given, world.interactive);
  const planned = await planOf(given, project, world);
  const settled = policy === 'ask' ? await askConflicts(planned, world.ask, world.print) : settlePlan(planned, () => (policy === 'fail' ? null : policy));
  if (settled === null) throw new UserError('cancelled; nothing was written', EXIT.cancelled);
  return finish(given, project, settled, world);
}

async function planOf(given: CommandArguments, project: LivingProject, world: CommandWorld): Promise<Plan> {
  const { words, values } = given;
  const paths = (): string[] => words.map((word) => projectPath(project, world.cwd, word));
  const asks = world.interactive && !given.switches.has('yes') && !given.switches.has('json');
  const askFramework = asks
    ? async (name: string, frameworks: readonly string[]): Promise<string> =>
        String(await world.ask({ type: 'select', name: 'value', message: `Framework of ${name}`, choices: frameworks.map((value) => ({ name: value, short: value, value })) }))
    : undefined;
  switch (given.command) {
    case 'service':
      return planWanted(project, await wantService(project, words[0] ?? '', values.get('framework'), askFramework));
    case 'remove':
      return planWanted(project, wantRemoval(project, words[0] ?? ''));
    case 'set':
      return planWanted(project, wantValues(project, words));
    case 'adopt':
      return planAdopt(project, paths());
    case 'eject':
      return planEject(project, paths());
    default:
      return planWanted(project, { answers: project.current, reach: 'all' });
  }
}

function finish(given: CommandArguments, project: LivingProject, plan: Plan, world: CommandWorld): ExitCode {
  const { switches } = given;
  const command = [given.command, ...given.words].join(' ');
  const refused = conflictError(plan);
  const dry = switches.has('dry-run');
  if (!dry && refused === null && !isNothing(plan)) applyChanges(project.directory, changesOf(plan), { command, generator: project.sources.version });
  const written = !dry && refused === null && !isNothing(plan);
  const marked = plan.files.some((file) => file.marked === true);
  const error = refused ?? (marked && written ? new UserError('there are conflict markers to settle', EXIT.conflicts) : null);
  if (switches.has('json')) world.print(outcomeJson({ command, plan, generator: project.sources.version, written, error: error && failureOf(error) }));
  else world.print(refused === null ? (dry ? previewText : doneText)(plan, project.shown) : conflictsText(plan));
  if (refused !== null) throw new ReportedError(refused);
  return marked ? EXIT.conflicts : EXIT.ok;
}

function conflictError(plan: Plan): UserError | null {
  const questions = questionsOf(plan);
  const [first] = questions;
  if (first === undefined) return null;
  const files = new Set(questions.map(({ file }) => file.path));
  const whole = questions.find(({ place, file }) => place === null && file.remedy !== undefined);
  const remedy = whole === undefined ? 'choose a side with --on-conflict keep or take, or have both written with --on-conflict markers' : `${whole.file.remedy ?? ''} (${whole.file.path} ${whole.file.reason ?? ''})`;
  return new UserError(`${counted(questions.length, 'conflict')} in ${files.size === 1 ? first.file.path : counted(files.size, 'file')}; nothing was written: ${remedy}`, EXIT.conflicts);
}

/** A run that was killed is finished before the next one looks at anything; one that only reads does not touch the disk. */
function finishKilled(given: CommandArguments, world: CommandWorld): void {
  const directory = findProject(world.cwd);
  if (directory === null || !interrupted(directory)) return;
  if (['diff', 'check', 'files'].includes(given.command) || given.switches.has('dry-run')) {
    throw new UserError(`a run was killed while it wrote to ${directory}: finish it first, with pycompose update or any other command that writes`, EXIT.failure);
  }
  const recovery = recover(directory);
  if (recovery.kind !== 'finished') return;
  world.warn(`finished what was killed: ${recovery.command}${recovery.left.length === 0 ? '' : `; ${recovery.left.map((path) => join(path)).join(', ')} changed since, and stays as it is`}`);
}
