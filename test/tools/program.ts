/** The installed program, run as its users run it. */
import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from './package.ts';

export interface Run {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export class Program {
  /** Where the runs start; the package is in `package/`. */
  readonly directory: string;
  readonly bin: string;

  private constructor(directory: string) {
    this.directory = directory;
    this.bin = join(directory, 'package', 'dist', 'bin.cjs');
  }

  /** Unpacks the tarball into a new directory, which the caller removes. */
  static async install(): Promise<Program> {
    const directory = mkdtempSync(join(tmpdir(), 'pycompose-test-'));
    await unpack('create-pycompose', directory);
    return new Program(directory);
  }

  async run(argv: readonly string[], input = '', cwd = this.directory): Promise<Run> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [this.bin, ...argv], { cwd, input, reject: false });
    return { exitCode, stdout, stderr };
  }

  /** Runs a shell's command line, in which `pc` is the program. */
  async shell(command: string): Promise<Run> {
    const env = { NODE: process.execPath, PROGRAM: this.bin };
    const { exitCode, stdout, stderr } = await execa('bash', ['-c', `pc() { "$NODE" "$PROGRAM" "$@"; }; ${command}`], { cwd: this.directory, env, reject: false });
    return { exitCode, stdout, stderr };
  }

  /** Runs the program on a disk where something happens: `replace` is put around a function of node:fs. */
  async runWhile(name: 'mkdtempSync' | 'mkdirSync' | 'copyFileSync', replace: string, argv: readonly string[]): Promise<Run & { readonly signal: string | undefined }> {
    const hook = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; const real = fs.${name}; fs.${name} = ${replace}; syncBuiltinESMExports();`;
    const { exitCode, stdout, stderr, signal } = await execa(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, this.bin, ...argv], {
      cwd: this.directory,
      input: '',
      reject: false,
    });
    return { exitCode, stdout, stderr, signal };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
