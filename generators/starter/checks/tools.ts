/** Programs that know more than we do, as far as they are installed: each looks at all distinct files once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileMap } from '../../render/file-map.ts';

/** A file as some set of options has it. */
export interface Distinct {
  readonly path: string;
  readonly text: string;
}

export interface Said {
  readonly tool: string;
  /** Of the project. */
  readonly path: string;
  readonly message: string;
}

export interface ToolResults {
  readonly said: readonly Said[];
  readonly run: readonly string[];
  readonly missing: readonly string[];
}

/** Reads paths and texts as JSON, and prints those that are no Python. */
const PYTHON = `
import ast, json, sys
wrong = []
for index, text in enumerate(json.load(sys.stdin)):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        wrong.append([index, f"line {getattr(error, 'lineno', 0)}: {getattr(error, 'msg', error)}"])
json.dump(wrong, sys.stdout)
`;

interface Tool {
  readonly name: string;
  readonly fits: (path: string) => boolean;
  readonly arguments: readonly string[];
}

const SCRIPT = (path: string): boolean => path.endsWith('.sh') || path === 'run';
const TOOLS: readonly Tool[] = [
  { name: 'sh', fits: SCRIPT, arguments: ['-n'] },
  { name: 'shellcheck', fits: SCRIPT, arguments: ['--format=gcc'] },
  { name: 'hadolint', fits: (path) => path.endsWith('Dockerfile'), arguments: ['--no-color'] },
];

/** @param projects whole projects, for programs that need one */
export function runTools(files: readonly Distinct[], projects: readonly FileMap[]): ToolResults {
  const work = mkdtempSync(join(tmpdir(), 'pycompose-check-'));
  const results: { said: Said[]; run: string[]; missing: string[] } = { said: [], run: [], missing: [] };
  const add = (tool: string, said: readonly Said[] | null): void => {
    (said === null ? results.missing : results.run).push(tool);
    results.said.push(...(said ?? []));
  };
  try {
    for (const tool of TOOLS) add(tool.name, each(tool, files.filter(({ path }) => tool.fits(path)), work));
    add('python3', python(files.filter(({ path }) => path.endsWith('.py'))));
    const directories = projects.map((project, index) => written(project, join(work, `project-${index}`)));
    add('ruff', ruff(directories));
    add('docker compose', compose(directories));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return results;
}

/** Null where the program is not installed. */
function each({ name, arguments: args }: Tool, files: readonly Distinct[], work: string): readonly Said[] | null {
  if (!isInstalled(name)) return null;
  return files.flatMap(({ path, text }, index) => {
    const file = join(work, `${name}-${index}-${path.split('/').at(-1) ?? ''}`);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(name, [...args, file], { encoding: 'utf8' });
    return status === 0 ? [] : [{ tool: name, path, message: firstLine(`${stdout}${stderr}`, file) }];
  });
}

function python(files: readonly Distinct[]): readonly Said[] | null {
  if (!isInstalled('python3')) return null;
  const { stdout } = spawnSync('python3', ['-c', PYTHON], { input: JSON.stringify(files.map(({ text }) => text)), encoding: 'utf8', maxBuffer: 1e8 });
  const wrong = JSON.parse(stdout) as readonly (readonly [number, string])[];
  return wrong.map(([index, message]) => ({ tool: 'python3', path: files[index]?.path ?? '', message }));
}

function ruff(directories: readonly string[]): readonly Said[] | null {
  if (!isInstalled('ruff')) return null;
  return directories.flatMap((cwd) => {
    const { status, stdout } = spawnSync('ruff', ['check', '--no-cache', '--output-format', 'concise', '.'], { cwd, encoding: 'utf8' });
    return status === 0 ? [] : stdout.split('\n').filter((line) => /^\S+:\d+/.test(line)).map((line) => ({ tool: 'ruff', path: line.replace(/:.*/, ''), message: line.replace(/^\S+?:/, 'line ') }));
  });
}

function compose(directories: readonly string[]): readonly Said[] | null {
  if (spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status !== 0) return null;
  return directories.flatMap((cwd) =>
    ['compose.override.yaml', 'compose.deploy.yaml', 'compose.test.yaml'].flatMap((path) => {
      const { status, stderr } = spawnSync('docker', ['compose', '--file', 'compose.yaml', '--file', path, 'config', '--no-interpolate', '--quiet'], { cwd, encoding: 'utf8' });
      return status === 0 ? [] : [{ tool: 'docker compose', path, message: firstLine(stderr, cwd) }];
    }),
  );
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, program === 'sh' ? ['-c', ':'] : ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function firstLine(text: string, file: string): string {
  return text.replaceAll(file, '').split('\n').map((line) => line.trim().replace(/^:\s*/, 'line ').replace(/\s+/g, ' ')).find((line) => line !== '') ?? 'is refused without a word';
}

function written(files: FileMap, directory: string): string {
  for (const [path, { text, mode }] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
    chmodSync(join(directory, path), mode);
  }
  return directory;
}
