/** Runs a command for authors of starters. */
import type { World } from '../../app/session.ts';
import type { CommandArguments } from '../../cli/command-arguments.ts';
import type { StarterCommandName } from '../../cli/starter-commands.ts';
import type { ExitCode } from '../../errors/user-error.ts';
import type { Sources } from '../../render/file-map.ts';
import { runCheck } from './check.ts';
import { runInit } from './init.ts';
import { runOverride } from './override.ts';

export type StarterArguments = CommandArguments<StarterCommandName>;

export interface StarterWorld extends World {
  readonly warn: (line: string) => void;
  /** Shows how far a long run is, at a terminal. */
  readonly progress?: (text: string) => void;
}

/** @throws UserError */
export async function runStarterCommand(given: StarterArguments, world: StarterWorld, sources: Sources): Promise<ExitCode> {
  switch (given.command) {
    case 'starter init':
      return runInit(given, world, sources);
    case 'starter check':
      return runCheck(given, world, sources);
    case 'starter override':
      return runOverride(given, world, sources);
  }
}
