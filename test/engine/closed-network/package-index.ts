/** A company's package index: own packages, and those of a public index through it; all of it for a login. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';
import type { Wheel } from './wheel.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

interface Options {
  /** The address that it listens on. */
  readonly host: string;
  readonly certificate: Certificate;
  readonly login: Login;
  readonly own: readonly Wheel[];
  /** The simple API (PEP 503) of the public index. */
  readonly upstream: string;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

const NOT_FOUND: Reply = { status: 404, type: 'text/plain', body: 'not found' };

export class PackageIndex {
  readonly #options: Options;
  readonly #server: Server;
  readonly #authorization: string;
  /** Where files of the public index are, as its pages say; their addresses here have the number. */
  readonly #origins: string[] = [];
  readonly #packages = new Set<string>();
  #refused = 0;

  private constructor(options: Options) {
    this.#options = options;
    this.#authorization = `Basic ${Buffer.from(`${options.login.user}:${options.login.password}`).toString('base64')}`;
    this.#server = createServer({ cert: options.certificate.cert, key: options.certificate.key }, (request, response) => void this.#answer(request, response));
  }

  static async start(options: Options): Promise<PackageIndex> {
    const index = new PackageIndex(options);
    await once(index.#server.listen(0, options.host), 'listening');
    return index;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The names of the files that were fetched from here, and how many requests came without the login. */
  served(): { packages: string[]; refused: number } {
    return { packages: [...this.#packages].sort(), refused: this.#refused };
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.authorization !== this.#authorization) {
      this.#refused += 1;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Acme packages"' }).end('a login is needed');
      return;
    }
    const path = request.url ?? '/';
    // a client takes a 502 for a network that fails, and tries again
    const { status, type, body } = await this.#find(path).catch((error: unknown): Reply => ({ status: 502, type: 'text/plain', body: String(error) }));
    const file = path.split('/').at(-1) ?? '';
    if (request.method === 'GET' && status === 200 && /\.(whl|gz)$/.test(file)) this.#packages.add(decodeURIComponent(file));
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  async #find(path: string): Promise<Reply> {
    const [, place, name = '', ...rest] = path.split('/');
    if (place === 'simple' && rest.join('/') === '') return this.#page(name);
    if (place === 'own') return this.#ownFile(name);
    const origin = this.#origins[Number(name)];
    if (place !== 'files' || origin === undefined) return NOT_FOUND;
    return fetched(await fetch(`${origin}/${rest.join('/')}`));
  }

  async #page(name: string): Promise<Reply> {
    const own = this.#options.own.filter((wheel) => wheel.name === name);
    const links = own.map(({ file, sha256 }) => `<a href="/own/${file}#sha256=${sha256}">${file}</a><br>\n`);
    if (links.length > 0) return { status: 200, type: 'text/html', body: `<!DOCTYPE html>\n<title>${name}</title>\n${links.join('')}` };
    const response = await fetch(`${this.#options.upstream}/${name}/`, { headers: { accept: 'text/html' } });
    const page = await fetched(response);
    return { ...page, body: page.body.toString().replaceAll(/href="([^"#]+)/g, (_, href: string) => `href="${this.#here(new URL(href, response.url))}`) };
  }

  #here({ origin, pathname }: URL): string {
    if (!this.#origins.includes(origin)) this.#origins.push(origin);
    return `/files/${this.#origins.indexOf(origin)}${pathname}`;
  }

  #ownFile(name: string): Reply {
    const wheel = this.#options.own.find(({ file }) => file === name);
    return wheel ? { status: 200, type: 'application/octet-stream', body: wheel.bytes } : NOT_FOUND;
  }
}

async function fetched(response: Response): Promise<Reply> {
  return { status: response.status, type: response.headers.get('content-type') ?? 'application/octet-stream', body: Buffer.from(await response.arrayBuffer()) };
}
