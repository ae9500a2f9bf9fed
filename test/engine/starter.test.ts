/** The proof of starters: a company's own packages, images and kinds of services, from a network that lets nothing else in. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { image, readImages } from '../../generators/catalog/images.ts';
import { ClosedNetwork } from './closed-network.ts';
import { heldBy } from './closed-network/image-contents.ts';
import { ACME_LOGGING } from './closed-network/wheel.ts';
import { Company } from './company.ts';
import { keepsContract } from './contract.ts';
import { eventually, OWNER, System } from './system.ts';

const MINUTE = 60_000;
const FLAGS = ['--service', 'web=django', '--service', 'log=audit', '--broker', 'redis', '--no-beat', '--cost-centre', '4711', '--pci', '--trust'];
const IMAGES = readImages(readFileSync(new URL('../../templates/catalog/Dockerfile', import.meta.url), 'utf8'));
const pinned = (name: string): string => image(IMAGES, name);

let network: ClosedNetwork;
let company: Company;
let system: System;

/** The base image of this company and this run: with the one of another run, the engine would take its layers from there. */
async function baseImage(): Promise<string> {
  const tag = 'pycompose-test-acme-base';
  await execa('docker', ['build', '--quiet', '--tag', tag, '-'], { input: `FROM ${pinned('python-3.14')}\nRUN echo ${randomBytes(8).toString('hex')} >/etc/acme\n` });
  return tag;
}

beforeAll(async () => {
  network = await ClosedNetwork.start();
  const hub = (reference: string): string => `${network.registry}/hub/${reference.includes('/') ? '' : 'library/'}${reference}`;
  await network.pushImages(new Map([
    [await baseImage(), `${network.registry}/base/python:3.14.7-acme2`],
    ...['postgres', 'redis', 'nginx', 'mailpit'].map((name) => [pinned(name), hub(pinned(name))] as const),
  ]));
  company = Company.create([
    ['starter.yaml', /registry\.acme\.internal/g, network.registry],
    ['starter.yaml', /https:\/\/pypi\.acme\.internal[^\s,}]*/, network.indexUrlByAddress],
    ['starter.yaml', /[0-9a-f]{64}/, ACME_LOGGING.sha256],
  ]);
  company.write('certs/acme-ca.pem', network.caPem);
  await company.release();
  system = await System.generate('engine-acme', 18180, FLAGS, company.program);
}, 10 * MINUTE);
afterAll(async () => {
  await system?.destroy();
  company?.remove();
  await network?.stop();
}, 5 * MINUTE);

it('refuses what the company has locked, with its reason', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [company.program, 'other', '--yes', '--cost-centre', '4711', '--database', 'mariadb'], { cwd: company.team, reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/^error: --database: acme 1\.4\.0 locks it to postgres: /) });
});

it('builds nothing without a login for the index, and says what to write', async () => {
  const { exitCode, stderr } = await system.fails('up');
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/^run: the package index wants a login: write the line "machine \S+ login NAME password TOKEN" to secrets\/package_index_login$/) });
});

it('is built and started from the registry and the index of the company alone', async () => {
  const login = join(system.directory, 'secrets/package_index_login');
  writeFileSync(login, `machine ${network.gateway} login ${network.login.user} password ${network.login.password}\n`);
  if (process.getuid?.() === 0) chownSync(login, OWNER, OWNER);
  await system.run('up');
  expect(await network.pulled()).toEqual(expect.arrayContaining(['base/python', 'hub/library/postgres', 'hub/library/redis', 'hub/nginxinc/nginx-unprivileged', 'hub/axllent/mailpit']));
  const { packages, refused } = network.served();
  expect(packages).toEqual(expect.arrayContaining([ACME_LOGGING.file, expect.stringMatching(/^django-/i), expect.stringMatching(/^fastapi-/)]));
  expect(refused).toBe(0);
}, 15 * MINUTE);

it('has nothing of the index in its images', async () => {
  const needles = [network.gateway, network.login.password, network.caPem.trim().split('\n').at(-2) ?? ''];
  for (const service of ['web', 'log']) expect(await heldBy(`${system.name}-${service}:develop`, needles)).toEqual([]);
}, 5 * MINUTE);

it("works, with the company's own kind of service", async () => {
  await keepsContract(system, '');
  const event = { actor: 'jo', action: 'login', subject: 'account 7', details: { ip: '192.0.2.7' } };
  const first = await system.http('POST', '/log/api/events', event);
  expect({ status: first.status, json: first.json }).toEqual({ status: 201, json: expect.objectContaining({ actor: 'jo', action: 'login' }) });
  expect((await system.http('POST', '/log/api/events', { ...event, action: 'logout' })).status).toBe(201);
  expect((await system.http('GET', '/log/api/events/verify')).json).toMatchObject({ intact: true });
  expect((await system.http('GET', '/log/readyz')).status).toBe(200);
  // nobody rewrites what was written, not even who has the service's own password
  const { stderr, exitCode } = await execa('docker', ['compose', 'exec', '-T', 'database', 'psql', '-U', 'postgres', '-d', 'log', '-c', "UPDATE events SET actor = 'nobody'"], { cwd: system.directory, reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('ERROR') });
}, 2 * MINUTE);

it('passes tests and checks, and is locked anew, in the closed network', async () => {
  expect(await system.run('test')).toContain(' passed');
  expect(await system.run('lint')).toContain('Success: no issues found');
  const before = readFileSync(join(system.directory, 'services/web/requirements.txt'), 'utf8');
  await system.run('lock');
  expect(readFileSync(join(system.directory, 'services/web/requirements.txt'), 'utf8')).toBe(before);
}, 15 * MINUTE);

it('gets a new version of the starter merged in, with edits and data kept, and is told of a stale override', async () => {
  system.edit('services/web/web/settings.py', 'from pathlib import Path\n', 'from pathlib import Path\n\n# ours: a comment that stays\n');
  company.edit('package.json', /"version": "1\.4\.0"/, '"version": "1.5.0"');
  company.edit('starter.yaml', /contact: platform@acme\.example/, 'contact: help@acme.example');
  await company.release();
  company.changeOurs('service/common/Dockerfile.ejs', 'PYTHONUNBUFFERED=1', 'PYTHONUNBUFFERED=1 \\\n    PYTHONHASHSEED=random');
  const stale = await company.pycompose('starter', 'check');
  expect(stale.exitCode).toBe(4);
  expect(stale.stdout).toMatch(/stale.*service\/common\/Dockerfile\.ejs/);
  expect(stale.stdout).toContain('+    PYTHONHASHSEED=random');
  const update = await system.pycompose('update', '--trust', '--json');
  expect({ exitCode: update.exitCode, stderr: update.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(update.stdout)).toMatchObject({ written: true, notes: [expect.stringContaining('starter acme 1.5.0 overrides service/common/Dockerfile.ejs, which pycompose has changed since')] });
  expect(readFileSync(join(system.directory, 'services/web/web/settings.py'), 'utf8')).toContain('# ours: a comment that stays');
  expect(readFileSync(join(system.directory, 'README.md'), 'utf8')).toContain('help@acme.example');
  await system.run('up');
  expect((await system.http('GET', '/log/api/events/verify')).json).toMatchObject({ intact: true });
}, 15 * MINUTE);

it('is deployed, with what the starter places there', async () => {
  await system.compose(['stop']);
  await system.run('deploy');
  expect((await system.http('GET', '/readyz')).status).toBe(200);
  const { Config } = await system.inspect('log', 'deploy');
  expect(Config.Labels).toMatchObject({ 'com.acme.cost-centre': '4711', 'com.acme.region': 'eu', 'org.opencontainers.image.vendor': 'Acme Payments' });
  // each line goes through the company's own package
  await system.http('GET', '/log/api/events');
  await eventually(60, () => system.compose(['logs', '--no-color', '--no-log-prefix', 'log'], 'deploy'), (text) => /^acme \{.*"GET \S*\/api\/events 200"/m.test(text));
  await system.run('deploy', 'down', '--volumes');
}, 10 * MINUTE);
