/** One creation of a project, step by step; the Yeoman generator drives it, and the flags that write nothing use its first half. */
import { readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { checkTogether, completeAnswers, mergeLayers, type Layer, type Resolved } from '../answers/layers.ts';
import { readAnswers } from '../answers/read.ts';
import type { Arguments } from '../cli/arguments.ts';
import { rerunCommand } from '../cli/rerun.ts';
import { EXIT, UserError } from '../errors/user-error.ts';
import { applyPlan } from '../plan/apply.ts';
import { checkDirectory, inspectPath } from '../plan/disk.ts';
import { conflicts, planCreate, type Plan } from '../plan/plan.ts';
import { resolveProject } from '../project/resolve.ts';
import { secretNames } from '../project/secrets.ts';
import type { Answers } from '../questions/answers.ts';
import { projectNameProblem, projectSlug } from '../questions/names.ts';
import { askOpen, review, type Ask } from '../questions/prompts.ts';
import { ANSWERS_PATH, projectFiles } from '../render/project-files.ts';
import type { Sources } from '../render/file-map.ts';

/** Where a project goes when neither a directory nor a name is given. */
const DEFAULT_NAME = 'myapp';

/** The world that a session sees; the program passes the real one. */
export interface World {
  readonly cwd: string;
  /** Whether somebody sits at a terminal and can be asked. */
  readonly interactive: boolean;
  readonly readStdin: () => string;
  readonly print: (text: string) => void;
}

export class CreateSession {
  readonly #arguments: Arguments;
  readonly #world: World;
  readonly #layers: readonly Layer[];
  /** The name that the directory alone leads to. */
  readonly #defaultName: string;

  constructor(given: Arguments, world: World) {
    this.#arguments = given;
    this.#world = world;
    this.#layers = [given.layer, ...(given.config === undefined ? [] : [readConfig(given.config, world)])];
    this.#defaultName = nameOf(given.directory, world.cwd);
  }

  /** The answers so far, completed with defaults; throws a usage error when that needs somebody to ask. */
  resolve(): Resolved {
    const { answers, open } = mergeLayers(this.#layers);
    if (open.length > 0 && !this.#arguments.flags.has('yes')) {
      const command = rerunCommand(answers, this.#given(answers), this.#defaultName);
      throw new UserError(`there is no terminal to ask ${open.join(', ')}: give flags, or take the defaults with: ${command}`);
    }
    return completeAnswers(this.#layers, this.#defaultName);
  }

  /** Asks what is open and lets the user review it; null when the user cancels. */
  async ask(ask: Ask, show: (resolved: Answers) => string): Promise<Answers | null> {
    const { answers, open } = mergeLayers(this.#layers);
    if (this.#arguments.flags.has('yes') || open.length === 0 || !this.#world.interactive) return this.resolve().answers;
    const asked = await askOpen(ask, answers, open, this.#defaultName);
    const reviewed = await review(ask, this.#world.print, asked as Answers, show);
    if (reviewed === null) return null;
    checkTogether(reviewed, completeAnswers([{ answers: reviewed, where: () => 'answered' }], this.#defaultName).from);
    return reviewed;
  }

  /** Plans the project against the disk. */
  plan(answers: Answers, sources: Sources): Plan {
    const directory = resolve(this.#world.cwd, this.#given(answers));
    checkDirectory(directory, this.shown(answers));
    return planCreate(directory, projectFiles(answers, sources), secretNames(resolveProject(answers)), (path) => inspectPath(directory, path));
  }

  /** Writes the plan, unless something is in its way. */
  apply(plan: Plan, answers: Answers): void {
    refuseConflicts(plan, this.shown(answers));
    applyPlan(plan);
  }

  /** The project's directory as the user would type it. */
  shown(answers: Partial<Answers>): string {
    return relative(this.#world.cwd, resolve(this.#world.cwd, this.#given(answers))) || '.';
  }

  rerun(answers: Answers): string {
    return rerunCommand(answers, this.#given(answers), this.#arguments.directory === undefined ? answers.name : this.#defaultName);
  }

  #given(answers: Partial<Answers>): string {
    return this.#arguments.directory ?? answers.name ?? DEFAULT_NAME;
  }
}

/** Refuses a plan with files in its way, before anything is written. */
export function refuseConflicts(plan: Plan, shown: string): void {
  const [first, ...more] = conflicts(plan);
  if (first === undefined) return;
  if (plan.files.some((file) => file.path === ANSWERS_PATH && file.action === 'conflict')) {
    throw new UserError(`${shown} already holds a pycompose project (${ANSWERS_PATH}); nothing was written: choose another directory`, EXIT.conflicts);
  }
  const others = more.length === 0 ? '' : ` and ${more.length} more of the files to write`;
  throw new UserError(`${first.path} ${first.reason ?? 'exists'}${others} in ${shown}; nothing was written: move them away or choose another directory`, EXIT.conflicts);
}

function readConfig(path: string, world: World): Layer {
  if (path === '-') return readAnswers(world.readStdin(), 'standard input');
  try {
    return readAnswers(readFileSync(resolve(world.cwd, path), 'utf8'), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`--config ${path}: ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`}; name a file, or - for standard input`);
  }
}

function nameOf(directory: string | undefined, cwd: string): string {
  if (directory === undefined) return DEFAULT_NAME;
  const name = basename(resolve(cwd, directory));
  return projectNameProblem(name) === null ? name : projectSlug(name) || DEFAULT_NAME;
}
