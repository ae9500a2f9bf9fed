/** The program behind `npm init pycompose` and `pycompose`. */
import { ownPackage } from '../app/package.ts';
import { CreateSession } from '../app/session.ts';
import { realWorld } from '../app/world.ts';
import { EXIT, type ExitCode } from '../errors/user-error.ts';
import { conflictError } from '../plan/conflicts.ts';
import { answersSchema } from '../questions/schema.ts';
import { loadSources } from '../render/sources.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { failureOf, report } from './failure.ts';
import { helpText } from './help.ts';
import { explanation, explanationJson, failureJson, planJson, planText } from './report.ts';

export async function main(argv: readonly string[]): Promise<ExitCode> {
  const debug = argv.includes('--debug');
  try {
    return await run(readArguments(argv), debug);
  } catch (error) {
    if (argv.includes('--json')) process.stdout.write(failureJson(failureOf(error)));
    return report(error, debug);
  }
}

async function run(given: Arguments, debug: boolean): Promise<ExitCode> {
  const print = (text: string): ExitCode => {
    process.stdout.write(text);
    return EXIT.ok;
  };
  if (given.flags.has('help')) return print(helpText());
  if (given.flags.has('version')) return print(`${ownPackage().version}\n`);
  if (given.flags.has('print-schema')) return print(`${JSON.stringify(answersSchema(), null, 2)}\n`);
  const session = new CreateSession(given, realWorld());
  const json = given.flags.has('json');
  if (given.flags.has('explain')) return print((json ? explanationJson : explanation)(session.resolve()));
  if (given.flags.has('dry-run')) return dryRun(session, json, debug, print);
  return create(session, json);
}

function dryRun(session: CreateSession, json: boolean, debug: boolean, print: (text: string) => ExitCode): ExitCode {
  const { answers } = session.resolve();
  const { root, version } = ownPackage();
  const plan = session.plan(answers, loadSources(root, version));
  const refused = conflictError(plan, session.shown(answers));
  // a plan that cannot be carried out is printed all the same, and as JSON it holds the error itself
  print(json ? planJson(plan, answers, false, session.rerun(answers), refused && failureOf(refused)) : planText(plan, session.shown(answers)));
  return refused === null ? EXIT.ok : report(refused, debug);
}

async function create(session: CreateSession, json: boolean): Promise<ExitCode> {
  // Yeoman is by far the largest import: only a run that creates something pays for it
  const { runGenerator } = await import('./yeoman.ts');
  await runGenerator(session, json);
  return EXIT.ok;
}
