/** The commands on living projects as Yeoman generators, `yo pycompose:service api` and so on. */
import Generator, { type BaseOptions } from 'yeoman-generator';
import { ownPackage } from '../app/package.ts';
import { realWorld } from '../app/world.ts';
import { commandWords } from '../app/yo.ts';
import { readCommandArguments } from '../cli/command-arguments.ts';
import { allCommands, flagsOf, type CommandName } from '../cli/commands.ts';
import { report, warn } from '../cli/failure.ts';
import { commandFlag } from '../cli/help.ts';
import { askWith } from '../questions/prompts.ts';
import { loadSources } from '../render/sources.ts';
import { runCommand } from './run-command.ts';

type CommandGenerator = new (args: string[], options: BaseOptions) => Generator<Record<string, never>, BaseOptions>;

export function commandGenerator(name: CommandName): CommandGenerator {
  const [command] = allCommands.filter((candidate) => candidate.name === name);
  return command === undefined ? missing(name) : generatorOf(command);
}

function missing(name: string): never {
  throw new Error(`there is no command ${name}`);
}

function generatorOf(command: (typeof allCommands)[number]): CommandGenerator {
  return class extends Generator<Record<string, never>, BaseOptions> {
    /** What yo has parsed, before Yeoman makes every value fit the type of its option. */
    readonly #given: readonly [args: string[], options: BaseOptions];

    constructor(args: string[], options: BaseOptions) {
      // Yeoman reads package.json and .yo-rc.json of its destination, and those of the user's project are none of ours
      super(args, { ...options, destinationRoot: ownPackage().root }, { customInstallTask: true, customCommitTask: true });
      this.#given = [args, options];
      this.description = command.help;
      for (const flag of flagsOf(command)) this.option(flag.name, { type: flag.value === undefined ? Boolean : String, description: `${commandFlag(flag)}: ${flag.help}` });
    }

    async writing(): Promise<void> {
      try {
        const { root, version } = ownPackage();
        const ask = askWith((prompts) => this.prompt(prompts));
        process.exitCode = await runCommand(readCommandArguments(command, commandWords(...this.#given)), { ...realWorld(), ask, warn }, loadSources(root, version));
      } catch (error) {
        process.exitCode = report(error, false);
      }
    }
  };
}
