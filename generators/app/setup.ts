/** What comes before the flags of a new project can be read: starters and the user's own defaults, which say what questions there are. */
import { join } from 'node:path';
import { peekStarters } from '../answers/peek-starters.ts';
import type { Layer } from '../answers/layers.ts';
import { MOST_BYTES } from '../answers/parse.ts';
import { readAnswers } from '../answers/read.ts';
import { peekArguments } from '../cli/arguments.ts';
import { isThere } from '../plan/disk.ts';
import { allQuestions, type Questions } from '../questions/table.ts';
import type { BuiltIn } from '../starter/open.ts';
import type { Starter } from '../starter/starter.ts';
import { initName } from '../starter/refs.ts';
import { readConfig } from './config.ts';
import type { World } from './session.ts';

export interface Setup {
  /** The questions, with the user's own defaults in them. */
  readonly table: Questions;
  /** The questions as everybody else has them. */
  readonly shared: Questions;
  readonly starters: readonly Starter[];
  /** The answers of the file that --config names. */
  readonly config: Layer | null;
  /** What the program is run as, by default `npm init pycompose`. */
  readonly program?: string;
}

export const NO_SETUP: Setup = { table: allQuestions, shared: allQuestions, starters: [], config: null };

const PRINTING: ReadonlySet<string> = new Set(['help', 'version', 'print-schema']);

/** The user's own defaults, in the form of pycompose.yaml. */
const DEFAULTS_FILE = 'defaults.yaml';

/** @throws UserError */
export async function setUp(argv: readonly string[], world: World, builtIn: BuiltIn | null = null): Promise<Setup> {
  const { starters: given, config, flags } = peekArguments(argv);
  // what only prints what there is to know needs no answers
  const text = config === undefined || flags.some((flag) => PRINTING.has(flag)) ? null : readConfig(config, world);
  const refs = text === null || given.length > 0 ? [] : peekStarters(text.text, text.source);
  const opened = given.length === 0 && refs.length === 0 && builtIn === null ? null : await open(given, refs, world, builtIn);
  const { questionsWith, withDefaults } = await import('../starter/rules.ts');
  const starters = opened?.starters ?? [];
  const shared = questionsWith(starters);
  const defaults = userDefaults(world, questionsWith(starters, false));
  return {
    table: defaults === null ? shared : withDefaults(shared, defaults),
    shared,
    starters,
    config: text === null ? null : readAnswers(text.text, text.source, shared),
    ...(opened?.program === undefined ? {} : { program: opened.program }),
  };
}

/** Starters are read by what no other run needs, so it is imported for them alone. */
async function open(given: readonly string[], refs: ReturnType<typeof peekStarters>, world: World, builtIn: BuiltIn | null): Promise<{ readonly starters: readonly Starter[]; readonly program?: string }> {
  const { openers } = await import('../starter/open.ts');
  const { builtIn: own, open: openGiven, reopen } = openers(world.directories.cache, builtIn);
  const starters = [...openGiven(given, world.cwd), ...reopen(refs.filter(({ from }) => from !== own?.ref.from), world.cwd, false)];
  const name = own === null ? null : initName(own.ref.from);
  return { starters, ...(name === null ? {} : { program: `npm init ${name}` }) };
}

function userDefaults(world: World, table: Questions): Layer | null {
  const path = join(world.directories.config, DEFAULTS_FILE);
  return isThere(path) ? readAnswers(world.read(path, MOST_BYTES + 1).toString('utf8'), path, table, 'skip') : null;
}
