/** A project on the disk, changed by its user and by the commands. */
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { readCommandArguments } from '../../generators/cli/command-arguments.ts';
import { findCommand } from '../../generators/cli/commands.ts';
import { failureOf } from '../../generators/cli/failure.ts';
import { runCommand } from '../../generators/living/run-command.ts';
import type { Migration } from '../../generators/migrations/migration.ts';
import { planCreate } from '../../generators/plan/create.ts';
import { applyPlan } from '../../generators/plan/apply.ts';
import { inspectPath } from '../../generators/plan/disk.ts';
import { resolveProject } from '../../generators/project/resolve.ts';
import { secretNames } from '../../generators/project/secrets.ts';
import type { Answers } from '../../generators/questions/answers.ts';
import type { Sources } from '../../generators/render/file-map.ts';
import { projectFiles } from '../../generators/render/project-files.ts';
import { loadSources } from '../../generators/render/sources.ts';

/** The version of the generator that makes the projects of the tests. */
export const VERSION = '1.0.0';
export const sources = loadSources(fileURLToPath(new URL('../..', import.meta.url)), VERSION);

/** The generator of a later version, which prints some templates differently. */
export function laterSources(changes: Readonly<Record<string, (text: string) => string>>, version = '1.1.0'): Sources {
  const templates = new Map(sources.templates);
  for (const [template, change] of Object.entries(changes)) {
    const old = templates.get(template);
    if (old === undefined) throw new Error(`there is no template ${template}`);
    const changed = change(old);
    if (changed === old) throw new Error(`${template} was to change, and does not`);
    templates.set(template, changed);
  }
  return { ...sources, templates, version };
}

/** A file system in memory, where there is one: thousands of runs wait for each of their files to reach the disk. */
const FAST = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface How {
  readonly sources?: Sources;
  readonly migrations?: readonly Migration[];
  /** Below the project. */
  readonly cwd?: string;
  /** What is answered to prompts, in their order; with it, somebody sits at the terminal. */
  readonly replies?: readonly string[];
}

export class LivingTestProject {
  readonly directory: string;
  readonly #work: string;

  constructor(answers: Answers, from: Sources = sources) {
    this.#work = mkdtempSync(join(FAST, 'pycompose-living-'));
    this.directory = join(this.#work, answers.name);
    applyPlan(planCreate(this.directory, projectFiles(answers, from), secretNames(resolveProject(answers)), (path, secret) => inspectPath(this.directory, path, secret)));
  }

  async run(line: string | readonly string[], { sources: from = sources, migrations = [], cwd = '.', replies }: How = {}): Promise<Outcome> {
    const argv = typeof line === 'string' ? line.split(' ') : line;
    const found = findCommand(argv);
    if (found === null) throw new Error(`${argv.join(' ')} is no command`);
    let out = '';
    let err = '';
    const open = [...(replies ?? [])];
    const ask = async (): Promise<string> => {
      const reply = open.shift();
      if (reply === undefined) throw new Error('there was a question more than there are replies');
      return reply;
    };
    const world = {
      cwd: join(this.directory, cwd),
      interactive: replies !== undefined,
      read: () => Buffer.from(''),
      print: (text: string) => (out += text),
      directories: { config: join(this.#work, 'config'), cache: join(this.#work, 'cache') },
      ask,
      warn: (text: string) => (err += `${text}\n`),
    };
    try {
      const code = await runCommand(readCommandArguments(found.command, found.rest), world, from, migrations);
      return { code, out: stripVTControlCharacters(out), err };
    } catch (error) {
      const { code, message } = failureOf(error);
      if (message.startsWith('this is a mistake of ours')) throw error;
      return { code, out: stripVTControlCharacters(out), err: `${err}${message}` };
    }
  }

  path(path: string): string {
    return join(this.directory, path);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Changes a text in a file, which must be there. */
  edit(path: string, from: string | RegExp, to: string): void {
    const text = this.read(path);
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${String(from)}`);
    writeFileSync(this.path(path), changed);
  }

  delete(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  chmod(path: string, mode: number): void {
    chmodSync(this.path(path), mode);
  }

  /** Everything but what commands keep for themselves: path to kind, mode and content. */
  snapshot(): Map<string, string> {
    const paths = readdirSync(this.directory, { recursive: true, withFileTypes: true }).map((entry) => relative(this.directory, join(entry.parentPath, entry.name)));
    return new Map(
      paths
        .filter((path) => !path.startsWith(join('.pycompose', 'state')))
        .sort()
        .map((path) => {
          const stats = lstatSync(this.path(path));
          const mode = (stats.mode & 0o7777).toString(8);
          if (stats.isSymbolicLink()) return [path, `link ${readlinkSync(this.path(path))}`] as const;
          return [path, stats.isDirectory() ? `directory ${mode}` : `file ${mode} ${readFileSync(this.path(path), 'latin1')}`] as const;
        }),
    );
  }

  remove(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }
}

/** The paths at which two snapshots differ. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).sort();
}
