/** The program behind `npm init pycompose` and `pycompose`. */
import { ownPackage } from '../app/package.ts';
import { createSession } from '../app/create-session.ts';
import type { CreateSession } from '../app/session.ts';
import { sourcesFor } from '../app/sources.ts';
import { realWorld } from '../app/world.ts';
import { EXIT, ReportedError, UserError, type ExitCode } from '../errors/user-error.ts';
import { findProject } from '../living/project.ts';
import { conflictError } from '../plan/conflicts.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import { answersSchema } from '../questions/schema.ts';
import { json as jsonText } from '../render/json.ts';
import { loadSources } from '../render/sources.ts';
import type { BuiltIn } from '../starter/open.ts';
import { readCommandArguments } from './command-arguments.ts';
import { allCommands, findCommand, type CommandName, type CommandSpec } from './commands.ts';
import { findStarterCommand, type StarterCommand } from './starter-commands.ts';
import type { Ask } from '../questions/prompts.ts';
import { failureOf, progress, report, warn } from './failure.ts';
import { commandHelpText, helpText } from './help.ts';
import { explanation, explanationJson, failureJson, planJson, planText } from './report.ts';

/** @param builtIn the starter whose own program this is */
export async function main(argv: readonly string[], builtIn: BuiltIn | null = null): Promise<ExitCode> {
  const debug = argv.includes('--debug');
  try {
    const found = findCommand(argv);
    if (found !== null) return await runOnProject(found.command, found.rest, builtIn);
    const starter = findStarterCommand(argv);
    return await (starter === null ? run(argv, debug, builtIn) : runOnStarter(starter.command, starter.rest));
  } catch (error) {
    if (argv.includes('--json') && !(error instanceof ReportedError)) process.stdout.write(failureJson(failureOf(error)));
    return report(error, debug);
  }
}

async function runOnProject(command: CommandSpec & { readonly name: CommandName }, argv: readonly string[], builtIn: BuiltIn | null): Promise<ExitCode> {
  const given = readCommandArguments(command, argv);
  if (given.switches.has('help')) {
    process.stdout.write(commandHelpText(command));
    return EXIT.ok;
  }
  const { root, version } = ownPackage();
  // Yeoman brings the prompts: only a run that asks something pays for it
  const ask: Ask = async (prompt) => (await import('./yeoman.ts')).askAtTerminal(prompt);
  const { runCommand } = await import('../living/run-command.ts');
  return runCommand(given, { ...realWorld(), ask, warn, builtIn }, loadSources(root, version));
}

async function runOnStarter(command: StarterCommand, argv: readonly string[]): Promise<ExitCode> {
  const given = readCommandArguments(command, argv);
  if (given.switches.has('help')) {
    process.stdout.write(commandHelpText(command));
    return EXIT.ok;
  }
  const { root, version } = ownPackage();
  const { runStarterCommand } = await import('../starter/commands/run.ts');
  return runStarterCommand(given, { ...realWorld(), warn, ...(process.stderr.isTTY ? { progress } : {}) }, loadSources(root, version));
}

async function run(argv: readonly string[], debug: boolean, builtIn: BuiltIn | null): Promise<ExitCode> {
  const print = (text: string): ExitCode => {
    process.stdout.write(text);
    return EXIT.ok;
  };
  const session = await createSession(argv, builtIn);
  const given = session.given;
  if (given.flags.has('help')) return print(helpText(session.table));
  if (given.flags.has('version')) return print(`${ownPackage().version}\n`);
  if (given.flags.has('print-schema')) return print(jsonText(answersSchema(session.table)));
  refuseMistyped(given.directory, realWorld().cwd);
  const json = given.flags.has('json');
  if (given.flags.has('explain')) return print((json ? explanationJson : explanation)(session.resolve(), session.table));
  if (given.flags.has('dry-run')) return dryRun(session, json, debug, print);
  return create(session, json);
}

async function dryRun(session: CreateSession, json: boolean, debug: boolean, print: (text: string) => ExitCode): Promise<ExitCode> {
  const { answers } = session.resolve();
  const plan = session.plan(answers, await sourcesFor(session.starters));
  const refused = conflictError(plan, session.shown(answers));
  // a plan that cannot be carried out is printed all the same, and as JSON it holds the error itself
  print(json ? planJson(plan, session.recorded(answers), false, session.rerun(answers), [], refused && failureOf(refused)) : planText(plan, session.shown(answers)));
  return refused === null ? EXIT.ok : report(refused, debug);
}

async function create(session: CreateSession, json: boolean): Promise<ExitCode> {
  // Yeoman is by far the largest import: only a run that creates something pays for it
  const { runGenerator } = await import('./yeoman.ts');
  await runGenerator(session, json);
  return EXIT.ok;
}

/** Inside a project a word that is nearly a command is one: a new project inside another is rarely wanted. */
function refuseMistyped(directory: string | undefined, cwd: string): void {
  if (directory === undefined || findProject(cwd) === null) return;
  const meant = didYouMean(directory, allCommands.map(({ name }) => name));
  if (meant !== '') throw new UserError(`there is no command ${quoted(directory)}${meant} (for a new project inside this one, write ./${directory})`);
}
