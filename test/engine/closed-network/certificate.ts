/** A certificate of a certificate authority that nobody else knows. */
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** The authority's own certificate. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** @param names what it is for, as openssl has them: `DNS:pypi.example`, `IP:127.0.0.1` */
export async function certify(names: readonly string[]): Promise<Certificate> {
  const directory = await mkdtemp(join(tmpdir(), 'pycompose-certificate-'));
  const openssl = async (...argv: string[]): Promise<unknown> =>
    execa('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2', ...argv], { cwd: directory });
  try {
    await openssl('-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Acme Root CA', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
    const extensions = ['basicConstraints=critical,CA:FALSE', 'extendedKeyUsage=serverAuth', `subjectAltName=${names.join(',')}`];
    await openssl('-CA', 'ca.pem', '-CAkey', 'ca.key', '-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=Acme package index', ...extensions.flatMap((extension) => ['-addext', extension]));
    const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((file) => readFile(join(directory, file), 'utf8')));
    return { ca: ca as string, cert: cert as string, key: key as string };
  } finally {
    await rm(directory, { recursive: true });
  }
}
