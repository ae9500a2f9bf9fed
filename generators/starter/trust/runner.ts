/** Lets the programs of starters run, as far as they are trusted. */
import { warn } from '../../cli/failure.ts';
import type { Starter } from '../starter.ts';
import { trustedHooks, type Occasion, type TrustWorld } from './ensure.ts';
import { runHooks } from './run-hooks.ts';

/** @returns what runs them in a project's directory */
export async function hooksRunner(starters: readonly Starter[], occasion: Occasion, world: TrustWorld): Promise<(directory: string) => Promise<void>> {
  const trusted = await trustedHooks(starters, occasion, world);
  return async (directory) => {
    for (const [{ name, ref, digest, directory: home }, hooks] of trusted) await runHooks({ name, version: ref.version, directory: home, digest }, hooks, directory, warn);
  };
}
