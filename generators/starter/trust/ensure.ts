/** Asks whether the programs of starters may run: once for each version, before anything is written. */
import { UserError } from '../../errors/user-error.ts';
import type { Ask } from '../../questions/prompts.ts';
import { titleOf } from '../brought.ts';
import type { Hook, Starter } from '../starter.ts';
import { isTrusted, trust } from './trusted.ts';

export interface TrustWorld {
  /** The user's directory for configuration. */
  readonly config: string;
  /** Null where nobody can be asked. */
  readonly ask: Ask | null;
  /** Whether the user has said --trust. */
  readonly given: boolean;
}

export type Occasion = keyof Starter['hooks'];

/**
 * @returns the programs that may run, starter by starter
 * @throws UserError (usage) where nobody can be asked
 */
export async function trustedHooks(starters: readonly Starter[], occasion: Occasion, world: TrustWorld): Promise<readonly (readonly [Starter, readonly Hook[]])[]> {
  const allowed: (readonly [Starter, readonly Hook[]])[] = [];
  for (const starter of starters) {
    const hooks = starter.hooks[occasion];
    if (hooks.length > 0 && (await isAllowed(starter, hooks, world))) allowed.push([starter, hooks]);
  }
  return allowed;
}

async function isAllowed(starter: Starter, hooks: readonly Hook[], { config, ask, given }: TrustWorld): Promise<boolean> {
  const known = { name: starter.ref.from, version: starter.ref.version, digest: starter.digest };
  if (given || isTrusted(config, known)) return true;
  const programs = hooks.map((hook) => hook.join(' ')).join(', ');
  if (ask === null) throw new UserError(`starter ${titleOf(starter)} wants to run ${programs} on this machine, and nothing was written: say --trust if you trust it`);
  const answer = await ask({
    type: 'select',
    name: 'value',
    message: `Starter ${titleOf(starter)} (${starter.ref.from}) wants to run on this machine: ${programs}`,
    choices: [
      { name: 'Trust this version, and run it', short: 'trust', value: 'trust' },
      { name: 'Go on without running it', short: 'without', value: 'without' },
      { name: 'Cancel, write nothing', short: 'cancel', value: 'cancel' },
    ],
  });
  if (answer === 'cancel') throw new UserError('cancelled; nothing was written', 130);
  if (answer === 'trust') trust(config, known);
  return answer === 'trust';
}
