/** What must hold in the Compose files of every project. */
import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { baseFile } from '../generators/render/compose/base.ts';
import { deployFile } from '../generators/render/compose/deploy.ts';
import { developFile } from '../generators/render/compose/develop.ts';
import { composeFiles } from '../generators/render/compose/index.ts';
import { testFile } from '../generators/render/compose/testing.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { loadSources } from '../generators/render/sources.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { withDefaults } from './projects.ts';

const sources = loadSources(fileURLToPath(new URL('..', import.meta.url)), '0.1.0');

const COMBINATIONS: Answers[] = [];
for (const database of ['postgres', 'mariadb', 'none'] as const)
  for (const cache of ['memcached', 'redis', 'none'] as const)
    for (const broker of ['rabbitmq', 'valkey', 'none'] as const)
      for (const proxy of ['nginx', 'caddy', 'none'] as const)
        for (const mail of ['mailpit', 'none'] as const)
          COMBINATIONS.push(
            withDefaults({
              database,
              cache,
              broker,
              proxy,
              mail,
              beat: broker !== 'none',
              example: database !== 'none',
              services: [
                { name: 'web', framework: 'django' },
                { name: 'shop', framework: 'fastapi' },
                { name: 'cart-x', framework: 'flask' },
              ],
            }),
          );

describe.each(COMBINATIONS)('database $database, cache $cache, broker $broker, proxy $proxy, mail $mail', (answers) => {
  const project = resolveProject(answers);
  const base = baseFile(project, sources.images);
  const develop = developFile(project, sources.images);
  const deploy = deployFile(project);
  const test = testFile(project, sources.images);

  it('publishes on the loopback address, and behind a proxy nothing else', () => {
    const published = Object.entries(base.services).filter(([, service]) => service.ports);
    expect(published.map(([name]) => name)).toEqual(project.proxy ? ['proxy'] : ['web', 'shop', 'cart-x']);
    for (const [, { ports }] of published) expect(ports).toEqual([expect.stringMatching(/^\$\{BIND:-127\.0\.0\.1\}:/)]);
  });

  it('joins just the two sides of each pair', () => {
    const members = new Map<string, Set<string>>();
    for (const file of [base, develop, deploy]) {
      for (const [name, { networks }] of Object.entries(file.services)) {
        // The processes of a service are one side.
        const side = name.replace(/-(migrate|worker|beat|setup)$/, '');
        for (const network of networks ?? []) members.set(network, (members.get(network) ?? new Set()).add(side));
      }
      for (const [name, { internal }] of Object.entries(file.networks ?? {})) {
        expect([name, internal ?? false]).toEqual([name, !/(^|-)(public|egress|ui)$/.test(name)]);
      }
    }
    const declared = { ...base.networks, ...develop.networks, ...deploy.networks };
    expect([...members.keys()].sort()).toEqual(Object.keys(declared).sort());
    for (const [network, sides] of members) expect([network, sides.size <= 2]).toEqual([network, true]);
  });

  it('watches every process that stays, and waits for what a process needs', () => {
    for (const [name, service] of Object.entries({ ...base.services, ...(project.mail ? { mail: develop.services['mail'] } : {}) })) {
      const oneShot = service?.restart === 'no';
      expect([name, service?.healthcheck !== undefined]).toEqual([name, !oneShot]);
      for (const [needed, { condition }] of Object.entries(service?.depends_on ?? {})) {
        expect([needed, condition]).toEqual([needed, base.services[needed]?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy']);
      }
    }
  });

  it('keeps secrets out of the environment', () => {
    for (const file of [base, develop, deploy, test]) {
      for (const { environment } of Object.values(file.services)) {
        for (const name of Object.keys(environment ?? {})) expect(name).not.toMatch(/(PASSWORD|SECRET_KEY)$/);
      }
    }
  });

  it('deploys every process without privileges and with limits', () => {
    expect(Object.keys(deploy.services).sort()).toEqual(Object.keys(base.services).sort());
    for (const [name, service] of Object.entries(deploy.services)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.deploy?.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String), pids: expect.any(Number) });
      expect([name, service.restart]).toEqual([name, base.services[name]?.restart ?? 'unless-stopped']);
    }
  });

  it('keeps the data of each kind of server in a volume of that kind', () => {
    const names = [project.database, project.broker].filter((server) => server !== null).map((server) => `${server}-data`);
    const mounted = Object.values(base.services).flatMap(({ volumes }) => volumes ?? []).map((volume) => volume.split(':')[0] ?? '').filter((source) => !source.startsWith('.'));
    expect(mounted.sort()).toEqual([...names].sort());
    for (const file of [base, test]) expect(Object.keys(file.volumes ?? {})).toEqual(names);
  });

  it('shares what processes have in common within a service alone, so that a service can go', () => {
    for (const text of composeFiles(project, sources).values()) {
      for (const [, owner, alias] of text.matchAll(/^ {2}((?:web|shop|cart-x)(?:-[a-z]+)?):\n(?:(?: {4}.*|)\n)*? {4}(?:environment|secrets): \*(\S+)/gm)) {
        expect(alias?.startsWith(owner?.replace(/-(migrate|worker|beat)$/, '') ?? '?')).toBe(true);
      }
    }
  });

  it('has names of its own for development and tests, and no name for a container', () => {
    expect(new Set([base.name, develop.name, test.name]).size).toBe(3);
    for (const text of composeFiles(project, sources).values()) expect(text).not.toMatch(/container_name|^version:|undefined|null/m);
  });
});
