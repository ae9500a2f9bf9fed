/** Runs our generator in a Yeoman environment of its own. */
import { createEnv } from 'yeoman-environment';
import AppGenerator, { type AppOptions } from '../app/index.ts';
import { ownPackage } from '../app/package.ts';
import type { CreateSession } from '../app/session.ts';
import { askWith } from '../questions/prompts.ts';

const NAMESPACE = 'pycompose:app';

/** @throws what a step of the generator threw */
export async function runGenerator(session: CreateSession, json: boolean): Promise<void> {
  const failures: unknown[] = [];
  const environment = createEnv({ skipInstall: true });
  environment.register(AppGenerator as never, { namespace: NAMESPACE, resolved: ownPackage().root });
  const options: Partial<AppOptions> = { session, json, onFailure: (error) => failures.push(error) };
  const generator = await environment.create<AppGenerator>(NAMESPACE, { generatorOptions: options as never });
  await environment.runGenerator(generator);
  if (failures.length > 0) throw failures[0];
}

/** Shows one prompt with Yeoman's own adapter. */
export const askAtTerminal = askWith((prompts) => createEnv({ skipInstall: true }).adapter.prompt(prompts));
