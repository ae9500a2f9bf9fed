/** The network of a company that lets nothing in: images come from its own registry, packages from its own index. */
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { image, readImages } from '../../generators/catalog/images.ts';
import { certify } from './closed-network/certificate.ts';
import { type Login, PackageIndex } from './closed-network/package-index.ts';
import { Registry } from './closed-network/registry.ts';
import { ACME_LOGGING } from './closed-network/wheel.ts';

const HOST = 'pypi.acme.internal';

export class ClosedNetwork {
  /** Host and port of the registry: `127.0.0.1:32768`. */
  readonly registry: string;
  /** The simple API of the index. No name server knows its host: whoever uses it is told that it is at `gateway`. */
  readonly indexUrl: string;
  /** The same for who cannot be told: the certificate is for this one, too. */
  readonly indexUrlByAddress: string;
  /** The certificate authority that the index is signed by, and nothing else on this machine is. */
  readonly caPem: string;
  /** This machine, as containers and builds see it. */
  readonly gateway: string;
  readonly login: Login;
  readonly #registry: Registry;
  readonly #index: PackageIndex;

  private constructor(registry: Registry, index: PackageIndex, facts: { readonly ca: string; readonly gateway: string; readonly login: Login }) {
    this.#registry = registry;
    this.#index = index;
    this.registry = registry.address;
    this.indexUrl = `https://${HOST}:${index.port}/simple`;
    this.indexUrlByAddress = `https://${facts.gateway}:${index.port}/simple`;
    this.caPem = facts.ca;
    this.gateway = facts.gateway;
    this.login = facts.login;
  }

  static async start(): Promise<ClosedNetwork> {
    const python = image(readImages(readFileSync(new URL('../../templates/catalog/Dockerfile', import.meta.url), 'utf8')), 'python-3.14');
    const { stdout: gateway } = await execa('docker', ['network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', 'bridge']);
    const certificate = await certify([`DNS:${HOST}`, `IP:${gateway}`]);
    // a password that is nowhere else, so that it can be looked for
    const login = { user: 'builder', password: randomBytes(16).toString('hex') };
    const index = await PackageIndex.start({ host: gateway, certificate, login, own: [ACME_LOGGING], upstream: await publicIndex(python) });
    try {
      return new ClosedNetwork(await Registry.start(python), index, { ca: certificate.ca, gateway, login });
    } catch (error) {
      await index.stop();
      throw error;
    }
  }

  /** @param images the names of images of this machine, and those that they get in the registry */
  async pushImages(images: ReadonlyMap<string, string>): Promise<void> {
    await this.#registry.push(images);
  }

  /** The repositories of the registry that something was pulled from. */
  async pulled(): Promise<string[]> {
    return this.#registry.pulled();
  }

  /** The names of the files that were fetched from the index, and how many requests it refused. */
  served(): { packages: string[]; refused: number } {
    return this.#index.served();
  }

  async stop(): Promise<void> {
    await this.#index.stop();
    await this.#registry.stop();
  }
}

/** The index that this machine's builds use: what pip shows as its own. */
async function publicIndex(python: string): Promise<string> {
  const { stdout } = await execa('docker', ['run', '--rm', '--env', 'COLUMNS=1000', '--env', 'PIP_INDEX_URL', python, 'pip', 'install', '--help']);
  const [, url] = /--index-url <url>.*\(default (\S+?)\/?\)/.exec(stdout) ?? [];
  if (url === undefined) throw new Error('pip does not tell its index');
  return url;
}
