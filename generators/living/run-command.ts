/** Runs one command on the project around the current directory. */
import type { World } from '../app/session.ts';
import { policyOf, type CommandArguments } from '../cli/command-arguments.ts';
import type { Policy } from '../cli/commands.ts';
import { BASE_PATH } from '../base/base.ts';
import { EXIT, ReportedError, UserError, type ExitCode } from '../errors/user-error.ts';
import { StalePlanError } from '../journal/apply.ts';
import { interrupted, recover } from '../journal/recover.ts';
import { migrations } from '../migrations/table.ts';
import type { Plan } from '../plan/plan.ts';
import { foundOf, lookAt } from '../plan/seen.ts';
import type { Ask } from '../questions/prompts.ts';
import type { Sources } from '../render/file-map.ts';
import { askConflicts } from './ask.ts';
import { carryOut } from './carry-out.ts';
import { withConsequences } from './consequences.ts';
import { draftOf } from './commands/draft.ts';
import { runReading } from './commands/reading.ts';
import { runUndo } from './commands/undo.ts';
import type { Draft } from './plan-run.ts';
import { findProject, openProject, type LivingProject } from './project.ts';
import { refuseUnanswered } from './commands/update.ts';
import { startersOpener, type StartersWanted } from './starters.ts';
import type { BuiltIn } from '../starter/open.ts';
import { settlePlan } from './settle-plan.ts';

export interface CommandWorld extends World {
  readonly ask: Ask;
  readonly warn: (line: string) => void;
  /** The starter whose own program runs. */
  readonly builtIn?: BuiltIn | null;
}

/** How often a plan is made anew that other runs have overtaken; each time one of them has done its work. */
const ATTEMPTS = 50;

/**
 * @param steps the migrations that update goes through
 * @throws UserError with what the user can put right
 */
export async function runCommand(given: CommandArguments, world: CommandWorld, sources: Sources, steps = migrations): Promise<ExitCode> {
  // a person who was asked is told, and asked again by themselves
  const policy = policyOf(given, world.interactive);
  const attempts = policy === 'ask' ? 1 : ATTEMPTS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(given, policy, world, sources, steps);
    } catch (error) {
      if (!(error instanceof StalePlanError) || attempt >= attempts) throw error;
    }
  }
}

async function runOnce(given: CommandArguments, policy: Policy, world: CommandWorld, sources: Sources, steps: typeof migrations): Promise<ExitCode> {
  finishKilled(given, world);
  if (given.command === 'undo') return runUndo(given, world);
  const project = await openProject(world.cwd, steps, startersOpener(sources, startersWanted(given, world)), sources.version);
  try {
    if (given.command !== 'update') refuseUnanswered(project);
    const reading = await runReading(given, project, world);
    if (reading !== null) return reading;
    const draft = await draftOf(given, project, world);
    refuseOvertaken(project);
    const plan = withConsequences(project, await settledPlan(policy, draft, world));
    const run = await updateHooks(given, project, world);
    const { code, written } = carryOut(given, project, plan, world);
    if (written) await run(project.directory);
    return code;
  } catch (error) {
    // what is wrong with a project that another run is just changing is wrong with neither its old nor its new state
    if (error instanceof UserError && !(error instanceof ReportedError)) refuseOvertaken(project);
    throw error;
  }
}

function startersWanted({ command, values }: CommandArguments, { directories, builtIn = null, cwd }: CommandWorld): StartersWanted {
  return { cache: directories.cache, builtIn, newest: command === 'update' || command === 'diff', added: values.get('starter'), cwd };
}

/** The programs of newer starters, as far as they are trusted. */
async function updateHooks({ command, switches }: CommandArguments, { sources }: LivingProject, world: CommandWorld): Promise<(directory: string) => Promise<void>> {
  const starters = sources.brought?.starters ?? [];
  if (command !== 'update' || switches.has('dry-run') || starters.every(({ hooks }) => hooks.update.length === 0)) return async () => undefined;
  const { hooksRunner } = await import('../starter/trust/runner.ts');
  const asking = world.interactive && !switches.has('yes') && !switches.has('json');
  return hooksRunner(starters, 'update', { config: world.directories.config, ask: asking ? world.ask : null, given: switches.has('trust') });
}

/** @throws StalePlanError when another run has changed the project since it was opened, or is about to */
function refuseOvertaken({ directory, look }: LivingProject): void {
  const [opened, now] = [look, lookAt(directory)].map((at) => foundOf(at(BASE_PATH)));
  if (!interrupted(directory) && JSON.stringify(opened) === JSON.stringify(now)) return;
  throw new StalePlanError(`another run has changed ${directory} meanwhile; nothing was written: run the command again`, EXIT.conflicts);
}

/** Conflicts of locks come up only when all others are settled. */
async function settledPlan(policy: Policy, draft: Draft, world: CommandWorld): Promise<Plan> {
  if (policy !== 'ask') {
    const side = policy === 'fail' ? null : policy;
    return settlePlan(draft.complete(settlePlan(draft.plan, () => side)), () => side);
  }
  const settled = await askConflicts(draft.plan, world.ask, world.print);
  const complete = settled === null ? null : await askConflicts(draft.complete(settled), world.ask, world.print);
  if (complete === null) throw new UserError('cancelled; nothing was written', EXIT.cancelled);
  return complete;
}

/** A run that was killed is finished before the next one looks at anything; one that only reads does not touch the disk. */
function finishKilled(given: CommandArguments, world: CommandWorld): void {
  const directory = findProject(world.cwd);
  if (directory === null || !interrupted(directory)) return;
  if (['diff', 'check', 'files'].includes(given.command) || given.switches.has('dry-run')) {
    throw new UserError(`a run is writing to ${directory}, or was killed while it did: wait for it, or finish it with pycompose update or any other command that writes`, EXIT.failure);
  }
  const recovery = recover(directory);
  if (recovery.kind !== 'finished') return;
  world.warn(`finished what was killed: ${recovery.command}${recovery.left.length === 0 ? '' : `; ${recovery.left.join(', ')} changed since, and stays as it is`}`);
}
