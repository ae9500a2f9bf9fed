/** From a command line to the session that makes a project of it. */
import { readArguments } from '../cli/arguments.ts';
import type { BuiltIn } from '../starter/open.ts';
import { CreateSession } from './session.ts';
import { setUp } from './setup.ts';
import { realWorld } from './world.ts';

export async function createSession(argv: readonly string[], builtIn: BuiltIn | null = null): Promise<CreateSession> {
  const world = realWorld();
  const setup = await setUp(argv, world, builtIn);
  return new CreateSession(readArguments(argv, setup.table), world, setup);
}
