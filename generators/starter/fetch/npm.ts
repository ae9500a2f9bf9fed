/**
 * Has npm fetch one package, since it knows the user's registries, logins and proxies. `npm pack` takes the tarball as it
 * is: nothing is installed, no dependency is looked at, and no script of the package is run.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { notFetched, notRun, saidBy } from './failure.ts';
import { runProgram } from './run-program.ts';
import { MOST_PACKED } from './tarball.ts';

export interface WantedPackage {
  readonly name: string;
  /** A version, a range or a tag; null for the latest. */
  readonly asked: string | null;
  readonly shown: string;
}

const FLAGS = [
  '--ignore-scripts',
  // whatever the user's settings and an npm that has started us say
  '--no-dry-run',
  '--no-json',
  '--loglevel=error',
  '--no-progress',
  '--no-update-notifier',
  // npm would otherwise wait for more than a minute before it says that there is no network
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
];
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SOCKET_TIMEOUT|E5\d\d)$/;

/**
 * @param from where npm looks for the settings of a project
 * @param into an empty directory
 * @returns the tarball
 */
export function packPackage({ name, asked, shown }: WantedPackage, from: string, into: string, patience: number): Buffer {
  const [program, ...before] = npmCommand();
  const args = [...before, 'pack', ...FLAGS, `--pack-destination=${into}`, '--', asked === null ? name : `${name}@${asked}`];
  const result = runProgram({ program, args, cwd: from, env: environment(), patience });
  if (result.kind === 'failed') throw refused(name, shown, result.lines);
  if (result.kind !== 'done') throw notRun(shown, 'npm', result, patience);
  const file = readdirSync(into).find((entry) => entry.endsWith('.tgz'));
  if (file === undefined) throw notFetched(shown, 'npm has written no package', 'try npm pack by hand');
  const path = join(into, file);
  if (statSync(path).size > MOST_PACKED) throw notFetched(shown, `the package is larger than ${MOST_PACKED / 1024 ** 2} MB`, 'is it the right one?');
  return readFileSync(path);
}

/** The npm that has started us, or else the one that the system finds; a program and its first arguments. */
function npmCommand(): readonly [string, ...string[]] {
  const { npm_execpath: running } = process.env;
  // yarn and pnpm put themselves there
  if (running !== undefined && basename(running) === 'npm-cli.js' && existsSync(running)) return [process.execPath, running];
  // the npm on the path of Windows is a script of its shell, which reads arguments in a way of its own
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return process.platform === 'win32' && existsSync(beside) ? [process.execPath, beside] : ['npm'];
}

/** Without what would have npm pack the user's own workspaces. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_config_(workspaces?|include_workspace_root)$/i.test(key)));
}

function refused(name: string, shown: string, lines: readonly string[]): Error {
  const said = lines.flatMap((line) => /^npm (?:error|ERR!) ?(.*)$/.exec(line)?.[1] ?? []);
  const code = said.map((line) => /^code (\w+)$/.exec(line)?.[1]).find((found) => found !== undefined) ?? '';
  switch (code) {
    case 'E404':
      return notFetched(shown, `the registry that npm asks has no package ${name}`, `check its name, and which registry .npmrc gives it; a directory is written ./${name}`);
    case 'ETARGET':
    case 'ENOVERSIONS':
      return notFetched(shown, 'the registry that npm asks has no such version', `npm view ${name} versions lists them`);
    case 'E401':
    case 'E403':
    case 'ENEEDAUTH':
      return notFetched(shown, 'the registry that npm asks wants a login', 'log in with npm login, or put a token into .npmrc');
    case 'ENOTCACHED':
      return notFetched(shown, 'npm is told to stay offline', 'try again online, or give the directory of a copy');
  }
  if (UNREACHABLE.test(code)) return notFetched(shown, `the registry that npm asks cannot be reached (${code})`, 'check the network and the proxy of npm, or give the directory of a copy');
  const telling = said.find((line) => line !== '' && !/^(code|errno|syscall|path|A complete log|Log files) /.test(line)) ?? lines.at(-1) ?? '';
  return notFetched(shown, `npm says ${saidBy(telling)}`, 'try npm pack by hand');
}
