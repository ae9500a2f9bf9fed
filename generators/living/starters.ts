/** The starters of a living project: opened for a command, and what there is to say of them. */
import type { Sources } from '../render/file-map.ts';
import type { BuiltIn } from '../starter/open.ts';
import { allQuestions } from '../questions/table.ts';
import type { StarterRef } from '../starter/starter.ts';
import type { ForStarters, OpenStarters } from './project.ts';

export interface StartersWanted {
  /** Where fetched starters are kept. */
  readonly cache: string;
  readonly builtIn: BuiltIn | null;
  /** Whether a command brings newer versions than pycompose.yaml names. */
  readonly newest: boolean;
  /** What --starter names, from the current directory. */
  readonly added: string | undefined;
  readonly cwd: string;
}

export function startersOpener(sources: Sources, wanted: StartersWanted): OpenStarters {
  return async (refs, directory) => {
    // most projects have no starter, and pay for none
    if (refs.length === 0 && wanted.added === undefined) return { sources, lenient: allQuestions, refs, notes: [] };
    return openAll(sources, wanted, refs, directory);
  };
}

async function openAll(sources: Sources, { cache, builtIn, newest, added, cwd }: StartersWanted, refs: readonly StarterRef[], directory: string): Promise<ForStarters> {
  const [{ openers }, { refsFrom }, { withStarters }, { questionsWith }, { staleNotes }] = await Promise.all([
    import('../starter/open.ts'),
    import('../starter/refs.ts'),
    import('../starter/with-starters.ts'),
    import('../starter/rules.ts'),
    import('../starter/stale.ts'),
  ]);
  const { open, reopen } = openers(cache, builtIn);
  const asked = added === undefined ? [] : open([added], cwd).filter(({ ref }) => ref.from !== openers(cache, builtIn).builtIn?.ref.from);
  const askedRefs = refsFrom(asked, cwd, directory);
  const kept = refs.filter(({ from }) => !askedRefs.some((ref) => ref.from === from));
  const old = reopen(kept, directory, newest);
  const byFrom = new Map([...old.map((starter) => [starter.ref.from, starter] as const), ...asked.map((starter, index) => [askedRefs[index]?.from ?? '', starter] as const)]);
  const order = [...new Set([...refs.map(({ from }) => from), ...askedRefs.map(({ from }) => from)])];
  const starters = order.flatMap((from) => byFrom.get(from) ?? []);
  const now = starters.map((starter) => askedRefs[asked.indexOf(starter)] ?? starter.ref);
  return { sources: withStarters(sources, starters), lenient: questionsWith(starters, false), refs: now, notes: staleNotes(starters, sources.templates) };
}
