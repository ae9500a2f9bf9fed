/** One creation of a project, step by step; the Yeoman generator drives it, and the flags that write nothing use its first half. */
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { answeredLayer, checkTogether, completeAnswers, mergeLayers, type Layer, type Resolved } from '../answers/layers.ts';
import type { Arguments } from '../cli/arguments.ts';
import { failureOf } from '../cli/failure.ts';
import { rerunCommand } from '../cli/rerun.ts';
import { UserError } from '../errors/user-error.ts';
import { applyPlan } from '../plan/apply.ts';
import { conflictError, refuseDirectory } from '../plan/conflicts.ts';
import { checkDirectory, inspectPath } from '../plan/disk.ts';
import { planCreate } from '../plan/create.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveProject } from '../project/resolve.ts';
import { secretNames } from '../project/secrets.ts';
import type { Answers, PartialAnswers } from '../questions/answers.ts';
import type { Questions } from '../questions/table.ts';
import type { Starter } from '../starter/starter.ts';
import { projectNameProblem, projectSlug } from '../questions/names.ts';
import { askOpen, review, type Ask } from '../questions/prompts.ts';
import { projectFiles } from '../render/project-files.ts';
import type { Sources } from '../render/file-map.ts';
import { refsFrom } from '../starter/refs.ts';
import { NO_SETUP, type Setup } from './setup.ts';

/** Where a project goes when neither a directory nor a name is given. */
const DEFAULT_NAME = 'myapp';

/** The world that a session sees; the program passes the real one. */
export interface World {
  readonly cwd: string;
  /** Whether somebody sits at a terminal and can be asked. */
  readonly interactive: boolean;
  /** Up to `most` bytes of a file, or of standard input as `-`; throws the system's error. */
  readonly read: (path: string, most: number) => Buffer;
  readonly print: (text: string) => void;
  /** The user's own directories for configuration and for what can be had again. */
  readonly directories: { readonly config: string; readonly cache: string };
}

export class CreateSession {
  readonly #arguments: Arguments;
  readonly #world: World;
  readonly #setup: Setup;
  readonly #layers: readonly Layer[];
  /** The name that the directory alone leads to. */
  readonly #defaultName: string;

  constructor(given: Arguments, world: World, setup: Setup = NO_SETUP) {
    this.#arguments = given;
    this.#world = world;
    this.#setup = setup;
    this.#layers = [given.layer, ...(setup.config === null ? [] : [setup.config])];
    this.#defaultName = nameOf(given.directory, world.cwd);
  }

  /** The answers so far, completed with defaults. */
  resolve(): Resolved {
    return completeAnswers(this.#layers, this.#defaultName, this.#setup.table);
  }

  /**
   * Asks what is open and lets the user review it; null when the user cancels.
   * @throws UserError (usage) when somebody must be asked and nobody is there
   */
  async ask(ask: Ask, show: (answers: Answers) => string): Promise<Answers | null> {
    const { answers, from, open } = mergeLayers(this.#layers, this.#setup.table);
    if (this.#arguments.flags.has('yes') || open.length === 0) return this.resolve().answers;
    if (!this.#world.interactive) {
      const command = this.#rerun(answers, this.#defaultName, this.#arguments.flags.has('json') ? ['--json'] : []);
      throw new UserError(`there is no terminal to ask ${open.map(({ key }) => key).join(', ')}: give flags, or take the defaults with: ${command}`);
    }
    // what is refused whatever will be answered is refused before anybody answers
    checkTogether(answers, from, this.#setup.table);
    if (this.#arguments.directory !== undefined || answers.name !== undefined) this.#checkPlace(answers);
    const asked = await askOpen(ask, answers, open, this.#defaultName);
    return review(ask, this.#world.print, asked as Answers, this.#setup.table, show, (reviewed) => this.#problem(reviewed));
  }

  /** Plans the project against the disk. */
  plan(answers: Answers, sources: Sources): Plan {
    const directory = resolve(this.#world.cwd, this.#given(answers));
    checkDirectory(directory, this.shown(answers));
    return planCreate(directory, projectFiles(this.recorded(answers), sources), secretNames(resolveProject(answers, sources.brought)), (path, secret) => inspectPath(directory, path, secret));
  }

  /** Writes the plan, unless something is in its way. */
  apply(plan: Plan, answers: Answers): void {
    const refused = conflictError(plan, this.shown(answers));
    if (refused !== null) throw refused;
    applyPlan(plan);
  }

  /**
   * What runs the starters' programs once the project is written, as far as the user trusts them.
   * @throws UserError (usage) where nobody can be asked
   */
  async hooks(ask: Ask): Promise<(directory: string) => Promise<void>> {
    if (this.#setup.starters.every(({ hooks }) => hooks.create.length === 0)) return async () => undefined;
    const { hooksRunner } = await import('../starter/trust/runner.ts');
    const flags = this.#arguments.flags;
    const asking = this.#world.interactive && !flags.has('yes') && !flags.has('json');
    return hooksRunner(this.#setup.starters, 'create', { config: this.#world.directories.config, ask: asking ? ask : null, given: flags.has('trust') });
  }

  /** The project's directory as the user would type it. */
  shown(answers: Partial<Answers>): string {
    const given = this.#given(answers);
    return isAbsolute(given) ? given : relative(this.#world.cwd, resolve(this.#world.cwd, given)) || '.';
  }

  rerun(answers: Answers): string {
    return this.#rerun(answers, this.#arguments.directory === undefined ? answers.name : this.#defaultName);
  }

  /** The command line. */
  get given(): Arguments {
    return this.#arguments;
  }

  get starters(): readonly Starter[] {
    return this.#setup.starters;
  }

  get table(): Questions {
    return this.#setup.table;
  }

  /** The answers as pycompose.yaml keeps them, with the starters that they were given to. */
  recorded(answers: Answers): Answers {
    if (this.#setup.starters.length === 0) return answers;
    return { ...answers, starters: refsFrom(this.#setup.starters, this.#world.cwd, resolve(this.#world.cwd, this.#given(answers))) };
  }

  #rerun(answers: PartialAnswers, defaultName: string, more: readonly string[] = []): string {
    const { shared: table, program } = this.#setup;
    const starters = this.#arguments.starters.flatMap((starter) => ['--starter', starter]);
    return rerunCommand({ answers, table, directory: this.#given(answers), defaultName, more: [...more, ...starters], config: this.#arguments.config, ...(program === undefined ? {} : { program }) });
  }

  /** What is wrong with reviewed answers, so that the user can still change them; null when nothing is. */
  #problem(answers: Answers): string | null {
    try {
      completeAnswers([answeredLayer(answers, mergeLayers(this.#layers, this.#setup.table).answers, this.#setup.table), ...this.#layers], this.#defaultName, this.#setup.table);
      this.#checkPlace(answers);
      return null;
    } catch (error) {
      if (error instanceof UserError) return failureOf(error).message;
      throw error;
    }
  }

  #checkPlace(answers: Partial<Answers>): void {
    refuseDirectory(resolve(this.#world.cwd, this.#given(answers)), this.shown(answers));
  }

  #given(answers: Partial<Answers>): string {
    return this.#arguments.directory ?? answers.name ?? DEFAULT_NAME;
  }
}

function nameOf(directory: string | undefined, cwd: string): string {
  if (directory === undefined) return DEFAULT_NAME;
  const name = basename(resolve(cwd, directory));
  return projectNameProblem(name) === null ? name : projectSlug(name) || DEFAULT_NAME;
}
