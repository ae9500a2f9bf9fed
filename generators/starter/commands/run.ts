import type { CommandArguments } from '../../cli/command-arguments.ts';
import type { StarterCommandName } from '../../cli/starter-commands.ts';
import { UserError, type ExitCode } from '../../errors/user-error.ts';

export async function runStarterCommand({ command }: CommandArguments<StarterCommandName>, ..._world: readonly unknown[]): Promise<ExitCode> {
  throw new UserError(`${command} is being written`);
}
