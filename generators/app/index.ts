/** The Yeoman generator `pycompose:app`: Yeoman brings the prompts, the namespace and the run loop; the commit is ours, all or nothing. */
import Generator, { type BaseOptions } from 'yeoman-generator';
import { broughtBy } from '../starter/brought.ts';
import { report } from '../cli/failure.ts';
import { questionFlag } from '../cli/help.ts';
import { nextSteps, planJson, reviewText } from '../cli/report.ts';
import { EXIT, UserError, type ExitCode } from '../errors/user-error.ts';
import type { Plan } from '../plan/plan.ts';
import type { Answers } from '../questions/answers.ts';
import { askWith } from '../questions/prompts.ts';
import { allQuestions, flagName } from '../questions/table.ts';
import { ownPackage } from './package.ts';
import type { CreateSession } from './session.ts';
import { createSession } from './create-session.ts';
import { sourcesFor } from './sources.ts';
import { commandLine } from './yo.ts';

export type AppOptions = BaseOptions & {
  /** Set by our own program: it made the session already and maps errors to exit codes itself. */
  readonly session?: CreateSession;
  readonly json?: boolean;
  readonly onFailure?: (error: unknown) => void;
};

export default class AppGenerator extends Generator<Record<string, never>, AppOptions> {
  /** What yo has parsed, before Yeoman makes every value fit the type of its option. */
  readonly #given: readonly [args: string[], options: AppOptions];
  #session: CreateSession | undefined;
  #answers: Answers | undefined;
  #plan: Plan | undefined;
  #failed = false;

  constructor(args: string[], options: AppOptions) {
    // Yeoman reads package.json and .yo-rc.json of its destination, and those of the user's directory are none of ours
    super(args, { ...options, destinationRoot: ownPackage().root }, { customCommitTask: () => this.#commit(), customInstallTask: true });
    this.#given = [args, options];
    this.description = 'Writes a Docker Compose project for Django, Flask and FastAPI';
    this.argument('directory', { type: String, required: false, description: 'Directory of the new project' });
    for (const question of allQuestions) {
      this.option(flagName(question), { type: question.kind === 'switch' ? Boolean : String, description: `${questionFlag(question)}: ${question.help}` });
    }
    this.option('yes', { type: Boolean, description: 'Take the default for whatever is not answered' });
    this.option('starter', { type: String, description: "A company's starter" });
    this.option('trust', { type: Boolean, description: 'Let the programs of starters run without asking' });
    this.option('config', { type: String, description: 'Take answers from a YAML or JSON file' });
  }

  initializing(): Promise<void> {
    return this.#guarded(async () => {
      this.#session = this.options.session ?? (await createSession(commandLine(...this.#given)));
    });
  }

  prompting(): Promise<void> {
    return this.#guarded(async () => {
      const session = this.#running();
      const ask = askWith((prompts) => this.prompt(prompts));
      const answers = await session.ask(ask, (reviewed) => reviewText(reviewed, session.shown(reviewed), session.table));
      if (answers === null) throw new UserError('cancelled; nothing was written', EXIT.cancelled);
      this.#answers = answers;
    });
  }

  writing(): Promise<void> {
    return this.#guarded(async () => {
      this.#plan = this.#running().plan(this.#answered(), await sourcesFor(this.#running().starters));
    });
  }

  async #commit(): Promise<void> {
    await this.#guarded(async () => {
      const [session, answers, plan] = [this.#running(), this.#answered(), this.#plan];
      if (plan === undefined) return;
      const run = await session.hooks(askWith((prompts) => this.prompt(prompts)));
      session.apply(plan, answers);
      const rerun = session.rerun(answers);
      const hints = broughtBy(session.starters)?.hints ?? [];
      await run(plan.directory);
      process.stdout.write(this.options.json === true ? planJson(plan, session.recorded(answers), true, rerun, hints) : nextSteps(plan, session.shown(answers), rerun, hints));
    });
  }

  #running(): CreateSession {
    if (this.#session === undefined) throw new Error('the generator was not initialised');
    return this.#session;
  }

  #answered(): Answers {
    if (this.#answers === undefined) throw new Error('there are no answers yet');
    return this.#answers;
  }

  /** Runs a step unless one before it failed; Yeoman's own report of an error is a stack, so errors are handed on instead. */
  async #guarded(step: () => void | Promise<void>): Promise<void> {
    if (this.#failed) return;
    try {
      await step();
    } catch (error) {
      this.#failed = true;
      if (this.options.onFailure) this.options.onFailure(error);
      else process.exitCode = report(error, false) satisfies ExitCode;
    }
  }
}
