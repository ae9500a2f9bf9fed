/** A program on a terminal of its own, typed to as a person would. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export const KEY = { enter: '\r', down: '\x1b[B', ctrlC: '\x03' } as const;

export class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exit: Promise<number | null>;
  #screen = '';
  #seen = 0;

  /** @param command a shell command; `script` of util-linux gives it the terminal */
  constructor(command: string, cwd: string) {
    this.#child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], { cwd });
    this.#child.stdout.on('data', (data: Buffer) => (this.#screen += stripVTControlCharacters(data.toString())));
    this.#exit = new Promise((resolve) => this.#child.on('close', resolve));
  }

  /** Waits until a text appears after what was seen before, then presses keys. */
  async at(text: string, ...keys: string[]): Promise<void> {
    const end = Date.now() + 20_000;
    let found = -1;
    while ((found = this.#screen.indexOf(text, this.#seen)) < 0) {
      if (Date.now() > end) throw new Error(`the terminal never showed "${text}":\n${this.#screen}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#seen = found + text.length;
    for (const key of keys) {
      this.#child.stdin.write(key);
      // a prompt takes one key at a time
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** The exit code, and all that was shown. */
  async end(): Promise<{ exitCode: number | null; screen: string }> {
    const exitCode = await this.#exit;
    return { exitCode, screen: this.#screen };
  }
}
