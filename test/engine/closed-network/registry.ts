/** A real image registry on this machine's loopback, where an engine accepts one without TLS. */
import { execa } from 'execa';
import { eventually } from '../system.ts';

/** Of its image, which stays for the next time. */
const NAME = 'pycompose-test-registry';

/** Debian's package of the registry: its official image cannot be had where no registry can be reached. */
const dockerfile = (base: string): string => `FROM ${base}
RUN apt-get update && apt-get install --no-install-recommends --yes docker-registry && rm -rf /var/lib/apt/lists/*
RUN printf '%s\\n' 'version: 0.1' 'http: { addr: ":5000" }' 'storage: { filesystem: { rootdirectory: /var/lib/registry } }' >/etc/registry.yml
CMD ["docker-registry", "serve", "/etc/registry.yml"]
`;

export class Registry {
  /** Host and port, with which the names of its images begin. */
  readonly address: string;
  readonly #container: string;

  private constructor(address: string, container: string) {
    this.address = address;
    this.#container = container;
  }

  /** @param base an image with apt-get */
  static async start(base: string): Promise<Registry> {
    await execa('docker', ['build', '--quiet', '--tag', NAME, '-'], { input: dockerfile(base) });
    const { stdout: container } = await execa('docker', ['run', '--detach', '--rm', '--publish', '127.0.0.1::5000', NAME]);
    const { stdout: address } = await execa('docker', ['port', container, '5000/tcp']);
    await eventually(30, async () => (await fetch(`http://${address}/v2/`)).status, (status) => status === 200);
    return new Registry(address, container);
  }

  /** Puts images of this machine into it; they have no name of the registry's here afterwards, so that whoever needs one has to pull. */
  async push(images: ReadonlyMap<string, string>): Promise<void> {
    for (const [image, reference] of images) {
      await execa('docker', ['tag', image, reference]);
      await execa('docker', ['push', '--quiet', reference]);
      await execa('docker', ['image', 'rm', reference]);
    }
  }

  /** The repositories that somebody asked for an image; a layer that is here already is not fetched again. */
  async pulled(): Promise<string[]> {
    const { all } = await execa('docker', ['logs', this.#container], { all: true });
    return [...new Set(Array.from(all.matchAll(/"(?:GET|HEAD) \/v2\/(\S+)\/manifests\//g), ([, repository]) => repository as string))].sort();
  }

  /** Takes the names of pulled images away, too; their originals stay. */
  async stop(): Promise<void> {
    await execa('docker', ['rm', '--force', this.#container]);
    const { stdout } = await execa('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
    const images = stdout.split('\n').filter((image) => image.startsWith(`${this.address}/`) && !image.endsWith(':<none>'));
    if (images.length > 0) await execa('docker', ['image', 'rm', '--force', ...images]);
  }
}
