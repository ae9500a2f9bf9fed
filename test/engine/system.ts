/** A generated project on a Docker Engine, used from outside as its owner would. */
import { execa } from 'execa';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

/** Who the projects belong to: not root, as root's own files would show nothing. */
export const OWNER = process.getuid?.() === 0 ? 12345 : (process.getuid?.() ?? 0);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export class System {
  readonly name: string;
  readonly directory: string;
  readonly #port: number;
  readonly #parent: string;
  readonly #program: string;

  private constructor(name: string, parent: string, port: number, program: string) {
    this.name = name;
    this.#parent = parent;
    this.directory = join(parent, name);
    this.#port = port;
    this.#program = program;
  }

  /**
   * Generates a project in a new directory; its ports start at `port`, its outgoing mail goes nowhere.
   * @param program the file that makes it, ours or that of a company's starter
   */
  static async generate(name: string, port: number, flags: readonly string[], program = PROGRAM): Promise<System> {
    const system = new System(name, mkdtempSync(join(tmpdir(), 'pycompose-engine-')), port, program);
    await execa(process.execPath, [program, system.directory, '--yes', '--name', name, ...flags]);
    const variables = {
      PORT: port,
      MAIL_PORT: port + 1,
      WEB_PORT: port,
      API_PORT: port + 2,
      SHOP_PORT: port + 3,
      ALLOWED_HOSTS: '127.0.0.1',
      SECURE_SSL_REDIRECT: 'false',
      EMAIL_HOST: 'mail.invalid',
      EMAIL_FROM: 'shop@example.com',
      CELERY_VISIBILITY_TIMEOUT: 5,
    };
    writeFileSync(join(system.directory, '.env'), Object.entries(variables).map(([key, value]) => `${key}=${value}\n`).join(''));
    if (process.getuid?.() === 0) await execa('chown', ['--recursive', `${OWNER}:${OWNER}`, system.#parent]);
    return system;
  }

  /** Replaces a text in a file, which must have it. */
  edit(path: string, old: string, text: string): void {
    const file = join(this.directory, path);
    const before = readFileSync(file, 'utf8');
    if (!before.includes(old)) throw new Error(`${path} has no ${old}`);
    writeFileSync(file, before.replace(old, text));
  }

  /** Writes a file of the project's owner. */
  add(path: string, text: string): void {
    const file = join(this.directory, path);
    writeFileSync(file, text);
    if (process.getuid?.() === 0) chownSync(file, OWNER, OWNER);
  }

  /** Runs a command on the living project, as its owner. */
  async pycompose(...argv: string[]): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
    const owner = process.getuid?.() === 0 ? { uid: OWNER, gid: OWNER } : {};
    const { exitCode, stdout, stderr } = await execa(process.execPath, [this.#program, ...argv], { cwd: this.directory, reject: false, input: '', ...owner });
    return { exitCode, stdout, stderr };
  }

  /** The numbers of all users that own a file of the project. */
  owners(): number[] {
    const files = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    return [...new Set(files.map((file) => statSync(join(this.directory, file)).uid))];
  }

  /** The layers of one of the project's images, the lowest first. */
  async layers(image: string): Promise<string[]> {
    const { stdout } = await execa('docker', ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', `${this.name}-${image}`]);
    return JSON.parse(stdout) as string[];
  }

  /** Runs a command of the project's own `run` that is to fail. */
  async fails(...argv: string[]): Promise<{ readonly exitCode: number | undefined; readonly stderr: string }> {
    const { exitCode, stderr } = await execa('./run', argv, { cwd: this.directory, reject: false });
    return { exitCode, stderr };
  }

  /** Runs a command of the project's own `run`; throws with the end of its output and of every unhealthy process's log. */
  async run(...argv: string[]): Promise<string> {
    const { all, failed, exitCode } = await execa('./run', argv, { cwd: this.directory, all: true, reject: false });
    if (!failed) return all;
    throw new Error(`./run ${argv.join(' ')}: exit code ${exitCode}\n${last(all, 15)}\n${await this.#ailments()}`);
  }

  /** The state of all containers that are not well, and what they said last. */
  async #ailments(): Promise<string> {
    const containers = await execa('docker', ['ps', '--all', '--filter', `name=^${this.name}-`, '--format', '{{.Names}}\t{{.Status}}'], { reject: false });
    const unwell = containers.stdout.split('\n').filter((line) => line !== '' && !/\(healthy\)|Exited \(0\)/.test(line));
    const reports = await Promise.all(
      unwell.map(async (line) => {
        const container = line.split('\t')[0] as string;
        const { all } = await execa('docker', ['logs', '--tail', '8', container], { all: true, reject: false });
        const { stdout } = await execa('docker', ['inspect', '--format', '{{with .State.Health}}{{(index .Log 0).Output}}{{end}}', container], { reject: false });
        return `${line}\n${all}\n${stdout}`;
      }),
    );
    return reports.join('\n');
  }

  /** Runs docker compose on the development system, or with `deploy` on the production one. */
  async compose(argv: readonly string[], mode: 'develop' | 'deploy' = 'develop'): Promise<string> {
    const files = mode === 'deploy' ? ['-f', 'compose.yaml', '-f', 'compose.deploy.yaml'] : [];
    return (await execa('docker', ['compose', ...files, ...argv], { cwd: this.directory })).stdout;
  }

  /** Sends a request to the published port, by default the first one. */
  async http(method: string, path: string, body?: unknown, options: { port?: number; headers?: Record<string, string> } = {}): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${options.port ?? this.#port}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && !(body instanceof URLSearchParams) ? { 'content-type': 'application/json' } : {}), ...options.headers },
      ...(body === undefined ? {} : { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  /** The subjects of all mails that Mailpit has caught. */
  async subjects(): Promise<string[]> {
    const answer = await this.http('GET', '/api/v1/messages', undefined, { port: this.#port + 1 });
    return (answer.json as { messages: { Subject: string }[] }).messages.map((message) => message.Subject);
  }

  /** What docker inspect says about the container of a process. */
  async inspect(process: string, mode: 'develop' | 'deploy' = 'develop'): Promise<Container> {
    const id = await this.compose(['ps', '--all', '--quiet', process], mode);
    const { stdout } = await execa('docker', ['inspect', id]);
    return (JSON.parse(stdout) as Container[])[0] as Container;
  }

  /** Runs the commands for a backup of the running production and for its way back, as the project's README has them. */
  async backupAndRestore(): Promise<void> {
    const commands = readFileSync(join(this.directory, 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\.\/run deploy exec -T database .*[<>]\.\./.test(line));
    if (!commands.some((line) => line.includes('<../'))) throw new Error('the README says of no way back');
    for (const command of commands) {
      await execa('sh', ['-c', command], { cwd: this.directory });
      const [, file = ''] = />(\.\.\/\S+)$/.exec(command) ?? [];
      if (file !== '' && statSync(join(this.directory, file)).size < 1000) throw new Error(`${command}: an empty backup`);
    }
  }

  async destroy(): Promise<void> {
    await this.compose(['down', '--volumes', '--remove-orphans']).catch(() => '');
    await this.compose(['down', '--volumes', '--remove-orphans'], 'deploy').catch(() => '');
    // down knows only the networks that the Compose files still have, and the engine has room for some thirty
    const networks = await execa('docker', ['network', 'ls', '--quiet', '--filter', `name=^${this.name}(-develop|-test)?_`]);
    for (const network of networks.stdout.split('\n').filter((line) => line !== '')) await execa('docker', ['network', 'rm', network], { reject: false });
    const { stdout } = await execa('docker', ['image', 'ls', '--quiet', '--filter', `reference=${this.name}-*`]);
    const images = [...new Set(stdout.split('\n').filter((line) => line !== ''))];
    if (images.length > 0) await execa('docker', ['image', 'rm', '--force', ...images], { reject: false });
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

export interface Container {
  readonly RestartCount: number;
  readonly State: { readonly Running: boolean; readonly StartedAt: string };
  readonly Config: { readonly User: string; readonly Env: readonly string[]; readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Memory: number;
    readonly PidsLimit: number;
    readonly RestartPolicy: { readonly Name: string };
  };
}

/** Asks until the answer is right; throws with the last one after `seconds`. */
export async function eventually<T>(seconds: number, ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    let latest: unknown;
    try {
      const answer = await ask();
      if (right(answer)) return answer;
      latest = JSON.stringify(answer);
    } catch (error) {
      // no answer, or one that `right` cannot read, is a wrong one
      latest = error;
    }
    if (Date.now() > end) throw new Error(`not within ${seconds} s; the last answer was ${String(latest)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function last(text: string, lines: number): string {
  return text.split('\n').slice(-lines).join('\n');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
