/** From a command that writes to the draft of its plan. */
import type { CommandArguments } from '../../cli/command-arguments.ts';
import type { Draft } from '../plan-run.ts';
import { projectPath, type LivingProject } from '../project.ts';
import type { CommandWorld } from '../run-command.ts';
import { planWanted } from '../wanted.ts';
import type { Ask } from '../../questions/prompts.ts';
import { wantUpdate } from './update.ts';
import { wantRemoval, wantService, wantValues, type AskFramework } from './answers.ts';
import { planAdopt, planEject } from './ownership.ts';

/** @throws UserError (usage) for words that the command cannot take */
export async function draftOf(given: CommandArguments, project: LivingProject, world: CommandWorld): Promise<Draft> {
  const { words, values } = given;
  const [word = ''] = words;
  const paths = (): string[] => words.map((path) => projectPath(project, world.cwd, path));
  switch (given.command) {
    case 'service':
      return planWanted(project, await wantService(project, word, values.get('framework'), askFramework(given, world)));
    case 'remove':
      return planWanted(project, wantRemoval(project, word));
    case 'set':
      return planWanted(project, wantValues(project, words));
    case 'adopt':
      return planAdopt(project, paths());
    case 'eject':
      return planEject(project, paths());
    default:
      return planWanted(project, await wantUpdate(project, words, asker(given, world)));
  }
}

/** Null where nobody can be asked. */
function asker({ switches }: CommandArguments, world: CommandWorld): Ask | null {
  return world.interactive && !switches.has('yes') && !switches.has('json') ? world.ask : null;
}

function askFramework(given: CommandArguments, world: CommandWorld): AskFramework {
  const ask = asker(given, world);
  if (ask === null) return undefined;
  return async (name, frameworks) => {
    const choices = frameworks.map((value) => ({ name: value, short: value, value }));
    return String(await ask({ type: 'select', name: 'value', message: `Framework of ${name}`, choices }));
  };
}
