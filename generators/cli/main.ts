/** The program behind `npm init pycompose` and `pycompose`. */
import { ownPackage } from '../app/package.ts';
import { CreateSession, refuseConflicts } from '../app/session.ts';
import { realWorld, report } from '../app/world.ts';
import { EXIT, type ExitCode } from '../errors/user-error.ts';
import { answersSchema } from '../questions/schema.ts';
import { loadSources } from '../render/sources.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { helpText } from './help.ts';
import { explanation, explanationJson, planJson, planText } from './report.ts';

export async function main(argv: readonly string[]): Promise<ExitCode> {
  const debug = argv.includes('--debug');
  try {
    return await run(readArguments(argv));
  } catch (error) {
    return report(error, debug);
  }
}

async function run(given: Arguments): Promise<ExitCode> {
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
  if (given.flags.has('dry-run')) return dryRun(session, json, print);
  return create(session, json);
}

function dryRun(session: CreateSession, json: boolean, print: (text: string) => ExitCode): ExitCode {
  const { answers } = session.resolve();
  const { root, version } = ownPackage();
  const plan = session.plan(answers, loadSources(root, version));
  print(json ? planJson(plan, answers, false, session.rerun(answers)) : planText(plan, session.shown(answers)));
  refuseConflicts(plan, session.shown(answers));
  return EXIT.ok;
}

async function create(session: CreateSession, json: boolean): Promise<ExitCode> {
  // Yeoman is by far the largest import: only a run that creates something pays for it
  const { runGenerator } = await import('./yeoman.ts');
  await runGenerator(session, json);
  return EXIT.ok;
}
