/** How builds reach a company's package index: as secrets of each build, so that no layer of an image and no container has them. */
import type { Project } from '../project/model.ts';
import { INDEX_LOGIN } from '../project/secrets.ts';

interface BuildSecret {
  readonly name: string;
  /** Path inside the project. */
  readonly file: string;
  /** Where a RUN of a Dockerfile finds it. */
  readonly target: string;
}

export const INDEX_SETTINGS = 'package-index/pip.conf';
const CA = 'package-index/ca.pem';
const CA_MOUNTED = '/run/secrets/package_index_ca';

/** In the order in which a Dockerfile mounts them. */
export function buildSecrets({ packageIndex }: Project): readonly BuildSecret[] {
  if (packageIndex === null) return [];
  return [
    { name: 'package_index', file: INDEX_SETTINGS, target: '/etc/pip.conf' },
    ...(packageIndex.ca === null ? [] : [{ name: 'package_index_ca', file: CA, target: CA_MOUNTED }]),
    ...(packageIndex.login ? [{ name: 'package_index_login', file: INDEX_LOGIN, target: '/root/.netrc' }] : []),
  ];
}

/** Options of each RUN that calls pip. Without a secret, pip would turn to the public index; so the build fails instead. */
export function buildSecretMounts(project: Project): readonly string[] {
  return buildSecrets(project).map(({ name, target }) => `--mount=type=secret,id=${name},target=${target},required=true`);
}

/** The files of package-index/, which are committed: nothing in them is secret. */
export function packageIndexFiles({ packageIndex }: Project): ReadonlyMap<string, string> {
  if (packageIndex === null) return new Map();
  const { url, ca } = packageIndex;
  return new Map([[INDEX_SETTINGS, settings(url, ca !== null)], ...(ca === null ? [] : [[CA, `${ca.trim()}\n`] as const])]);
}

function settings(url: string, ca: boolean): string {
  const { protocol, host } = new URL(url);
  return [
    '# What pip knows of the package index, in builds and in ./run lock.',
    '[global]',
    `index-url = ${url}`,
    ...(ca ? [`cert = ${CA_MOUNTED}`] : []),
    // pip passes over what is sent without TLS, unless it is told by name
    ...(protocol === 'http:' ? [`trusted-host = ${host}`] : []),
    '',
  ].join('\n');
}
