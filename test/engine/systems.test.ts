/** The proof: generated projects are built, started, used, broken and deployed on a real Docker Engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { keepsContract } from './contract.ts';
import { eventually, OWNER, System } from './system.ts';

interface Case {
  readonly title: string;
  readonly name: string;
  readonly port: number;
  readonly flags: readonly string[];
  /** Compose service to the path before its addresses. */
  readonly services: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  { title: 'Django', name: 'engine-django', port: 18100, flags: ['--service', 'web=django'], services: { web: '' } },
  { title: 'Flask', name: 'engine-flask', port: 18110, flags: ['--service', 'web=flask'], services: { web: '' } },
  { title: 'FastAPI', name: 'engine-fastapi', port: 18120, flags: ['--service', 'web=fastapi'], services: { web: '' } },
  {
    title: 'all three',
    name: 'engine-trio',
    port: 18130,
    flags: ['--service', 'web=django', '--service', 'shop=fastapi', '--service', 'cart-x=flask'],
    services: { web: '', shop: '/shop', 'cart-x': '/cart-x' },
  },
  {
    title: 'mariadb, redis and caddy',
    name: 'engine-other',
    port: 18140,
    flags: ['--service', 'web=fastapi', '--service', 'shop=django', '--service', 'cart-x=flask', '--database', 'mariadb', '--cache', 'redis', '--broker', 'redis', '--proxy', 'caddy'],
    services: { web: '', shop: '/shop', 'cart-x': '/cart-x' },
  },
];

const MINUTE = 60_000;

describe.each(CASES)('$title', ({ name, port, flags, services }) => {
  const frameworks = flags.flatMap((flag) => (flag.includes('=') ? [flag.split('=') as [string, string]] : []));
  let system: System;
  beforeAll(async () => {
    system = await System.generate(name, port, flags);
    await system.run('up');
  }, 15 * MINUTE);
  afterAll(() => system.destroy(), 5 * MINUTE);

  it.each(Object.entries(services))('%s keeps the contract', async (_service, prefix) => {
    await keepsContract(system, prefix);
  });

  it.each(Object.entries(services))("%s's page works by forms alone and refuses those of other sites", async (_service, prefix) => {
    const page = await system.http('GET', `${prefix}/`);
    const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page.text)?.[1];
    const cookie = page.headers.getSetCookie().map((value) => value.split(';')[0]).join('; ');
    const form = new URLSearchParams({ title: 'By form', ...(token ? { csrfmiddlewaretoken: token } : {}) });
    const added = await system.http('POST', `${prefix}/items`, form, { headers: { cookie } });
    expect(added.status).toBe(303);
    expect(added.headers.get('location')).toBe(`${prefix}/`);
    expect((await system.http('GET', `${prefix}/`)).text).toContain('By form');
    const foreign = await system.http('POST', `${prefix}/items`, new URLSearchParams({ title: 'x' }), { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(403);
  });

  it.each(Object.entries(services))('%s sends mail by its worker, and no killed worker loses one', async (service, prefix) => {
    const title = `Remind ${service}`;
    const { id } = (await system.http('POST', `${prefix}/api/items`, { title })).json as { id: number };
    const sent = await system.http('POST', `${prefix}/api/items/${id}/remind`, { email: 'me@example.com' });
    expect(sent.status).toBe(202);
    await eventually(20, () => system.subjects(), (subjects) => subjects.includes(`Reminder: ${title}`));
    const { task_id: task } = sent.json as { task_id: string };
    await eventually(10, () => system.http('GET', `${prefix}/api/tasks/${task}`), ({ json }) => (json as { state: string }).state === 'SUCCESS');

    // The mail server hangs, so the task is in flight when its worker dies.
    await system.compose(['pause', 'mail']);
    const late = `Late ${service}`;
    const other = (await system.http('POST', `${prefix}/api/items`, { title: late })).json as { id: number };
    expect((await system.http('POST', `${prefix}/api/items/${other.id}/remind`, { email: 'me@example.com' })).status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await system.compose(['kill', `${service}-worker`]);
    await system.compose(['unpause', 'mail']);
    await system.compose(['up', '--detach', '--no-deps', `${service}-worker`]);
    await eventually(60, () => system.subjects(), (subjects) => subjects.includes(`Reminder: ${late}`));
  }, 3 * MINUTE);

  it.each(Object.entries(services))('%s and its worker take a change of the code without a rebuild, and root owns none of its files', async (service, prefix) => {
    const source = `services/${service}/${service.replaceAll('-', '_')}`;
    system.edit(`${source}/models.py`, 'must have 1 to', 'needs 1 to');
    system.edit(`${source}/tasks.py`, 'f"Reminder: ', 'f"Nudge: ');
    const refusal = (words: string): Promise<unknown> =>
      eventually(30, () => system.http('POST', `${prefix}/api/items`, { title: '' }), ({ json }) => (json as { error: string }).error.includes(words));
    await refusal('needs 1 to');
    const { id } = (await system.http('POST', `${prefix}/api/items`, { title: service })).json as { id: number };
    // until the worker has started anew, it sends the old subject
    const nudged = async (): Promise<string[]> => {
      await system.http('POST', `${prefix}/api/items/${id}/remind`, { email: 'me@example.com' });
      return system.subjects();
    };
    await eventually(60, nudged, (subjects) => subjects.includes(`Nudge: ${service}`));
    expect(await system.run('makemigrations', service, 'nothing')).toBeDefined();
    expect(system.owners()).toEqual([OWNER]);
    system.edit(`${source}/models.py`, 'needs 1 to', 'must have 1 to');
    system.edit(`${source}/tasks.py`, 'f"Nudge: ', 'f"Reminder: ');
    await refusal('must have 1 to');
  }, 3 * MINUTE);

  it.each(Object.entries(services))('%s sends mail when the mail server is back, and its worker does not wait for it', async (service, prefix) => {
    const { id } = (await system.http('POST', `${prefix}/api/items`, { title: `Patience ${service}` })).json as { id: number };
    await system.compose(['stop', 'mail']);
    // more than the worker has processes
    for (let count = 0; count < 4; count += 1) {
      expect((await system.http('POST', `${prefix}/api/items/${id}/remind`, { email: 'me@example.com' })).status).toBe(202);
    }
    await eventually(30, () => system.compose(['logs', `${service}-worker`]), (logs) => (logs.match(/Retry in \d+s/g) ?? []).length >= 4);
    await system.compose(['start', 'mail']);
    await eventually(90, () => system.subjects(), (subjects) => subjects.filter((subject) => subject === `Reminder: Patience ${service}`).length >= 4);
  }, 3 * MINUTE);

  it.each(Object.entries(services))('%s answers while the broker hangs', async (_service, prefix) => {
    const { id } = (await system.http('POST', `${prefix}/api/items`, { title: 'Hanging' })).json as { id: number };
    const remind = () => system.http('POST', `${prefix}/api/items/${id}/remind`, { email: 'me@example.com' });
    await system.compose(['pause', 'broker']);
    try {
      const [refused, probe] = await Promise.all([remind(), system.http('GET', `${prefix}/livez`)]);
      expect(refused).toMatchObject({ status: 503, json: { error: expect.any(String) } });
      expect(probe.status).toBe(200);
    } finally {
      await system.compose(['unpause', 'broker']);
    }
    await eventually(60, remind, ({ status }) => status === 202);
  }, 3 * MINUTE);

  it('notices when the database is away, and recovers by itself', async () => {
    const before = await Promise.all(Object.keys(services).map((service) => system.inspect(service)));
    await system.compose(['stop', 'database']);
    for (const prefix of Object.values(services)) {
      const away = await eventually(20, () => system.http('GET', `${prefix}/readyz`), ({ status }) => status === 503);
      expect(away.json).toMatchObject({ status: 'error', dependencies: { database: 'error', cache: 'ok', broker: 'ok' } });
      expect((await system.http('GET', `${prefix}/livez`)).status).toBe(200);
    }
    await system.compose(['start', 'database']);
    for (const prefix of Object.values(services)) {
      await eventually(60, () => system.http('GET', `${prefix}/readyz`), ({ status }) => status === 200);
    }
    const after = await Promise.all(Object.keys(services).map((service) => system.inspect(service)));
    expect(after.map(({ State }) => State.StartedAt)).toEqual(before.map(({ State }) => State.StartedAt));
  }, 3 * MINUTE);

  it('has no route between components that are no pair', async () => {
    const names = Object.keys(services);
    const connect = (from: string, host: string, port: number): Promise<string> =>
      system.compose(['exec', '--no-TTY', from, 'python', '-c', `import socket; socket.create_connection(("${host}", ${port}), 2)`]);
    const addresses = async (process: string): Promise<string[]> => {
      const { NetworkSettings } = (await system.inspect(process)) as unknown as { NetworkSettings: { Networks: Record<string, { IPAddress: string }> } };
      return Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
    };
    await connect(names[0] as string, 'cache', name === 'engine-other' ? 6379 : 11211);
    for (const name of names) {
      await expect(connect(`${name}-beat`, 'database', 5432)).rejects.toThrow(/gaierror|OSError|timed out/);
      for (const address of await addresses('mail')) await expect(connect(`${name}-beat`, address, 1025)).rejects.toThrow(/OSError|timed out|TimeoutError/);
      for (const other of names.filter((each) => each !== name)) {
        for (const address of await addresses(other)) await expect(connect(name, address, 8000)).rejects.toThrow(/OSError|timed out|TimeoutError/);
      }
    }
  }, 3 * MINUTE);

  it('passes its own tests on the production image', async () => {
    expect(await system.run('test')).toContain(' passed');
  }, 10 * MINUTE);

  it("passes its framework's, ruff's and mypy's checks", async () => {
    expect(await system.run('lint')).toContain('Success: no issues found');
  }, 10 * MINUTE);

  it('is deployed without privileges', async () => {
    await system.compose(['down', '--volumes']);
    system.edit('.env', 'SECURE_SSL_REDIRECT=false', 'SECURE_SSL_REDIRECT=true');
    await system.run('deploy');
    // as the server sends it that ends TLS in front of the proxy
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    for (const [service, framework] of frameworks) {
      const prefix = services[service];
      expect((await system.http('GET', `${prefix}/readyz`)).status).toBe(200);
      expect((await system.http('POST', `${prefix}/api/items`, { title: 'Deployed' }, { headers })).status).toBe(201);
      const page = await system.http('GET', `${prefix}/`, undefined, { headers });
      expect(page.status).toBe(200);
      expect((await system.http('GET', /href="([^"]+\.css)"/.exec(page.text)?.[1] ?? '', undefined, { headers })).status).toBe(200);
      if (framework === 'django') expect(await system.http('GET', `${prefix}/`)).toMatchObject({ status: 301 });
      // Host can't be set with fetch
      const foreign = await execa('curl', ['--silent', '--output', '/dev/null', '--write-out', '%{http_code}', '--header', 'Host: evil.example', '--header', 'X-Forwarded-Proto: https', `http://127.0.0.1:${port}${prefix}/`]);
      expect(foreign.stdout).toBe('400');
    }
    await system.backupAndRestore();
    const processes = (await system.compose(['ps', '--services'], 'deploy')).split('\n');
    for (const process of processes) {
      const { Config, HostConfig } = await system.inspect(process, 'deploy');
      expect({ process, ...HostConfig }).toMatchObject({ process, ReadonlyRootfs: true, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges:true'] });
      expect(HostConfig.Memory).toBeGreaterThan(0);
      expect(HostConfig.PidsLimit).toBeGreaterThan(0);
      expect(HostConfig.RestartPolicy.Name).toBe('unless-stopped');
      expect(Config.User).not.toMatch(/^(|root|0)(:|$)/);
      expect(Config.Env.join('\n')).not.toMatch(/(PASSWORD|SECRET_KEY)=/);
    }
    for (const [service, framework] of frameworks) {
      if (framework === 'django') expect(await system.run('deploy', 'exec', '-T', service, 'python', 'manage.py', 'check', '--deploy', '--fail-level', 'ERROR')).toContain('no issues');
      // What was tested is what is deployed, and a layer of tests.
      const [deployed, tested] = [await system.layers(`${service}:latest`), await system.layers(`${service}:test`)];
      expect(tested.slice(0, deployed.length)).toEqual(deployed);
      expect(tested.length).toBeGreaterThan(deployed.length);
    }
    await system.run('deploy', 'down', '--volumes');
  }, 10 * MINUTE);
});

describe('everything none', () => {
  let system: System;
  const ports = { web: 18150, api: 18152, shop: 18153 };
  beforeAll(async () => {
    const flags = ['--database', 'none', '--cache', 'none', '--mail', 'none', '--broker', 'none', '--proxy', 'none', '--no-beat', '--no-example'];
    system = await System.generate('engine-none', 18150, ['--service', 'web=django', '--service', 'api=fastapi', '--service', 'shop=flask', ...flags]);
    await system.run('up');
  }, 15 * MINUTE);
  afterAll(() => system.destroy(), 5 * MINUTE);

  it.each(Object.entries(ports))('%s answers its probes and nothing else', async (_service, port) => {
    expect((await system.http('GET', '/livez', undefined, { port })).json).toEqual({ status: 'ok' });
    expect((await system.http('GET', '/readyz', undefined, { port })).json).toEqual({ status: 'ok', dependencies: {} });
  });
  it('passes its tests and checks', async () => {
    expect(await system.run('test')).toContain(' passed');
    expect(await system.run('lint')).toContain('Success: no issues found');
  }, 10 * MINUTE);
  it('is deployed', async () => {
    await system.compose(['down', '--volumes']);
    await system.run('deploy');
    for (const port of Object.values(ports)) {
      expect((await system.http('GET', '/livez', undefined, { port })).status).toBe(200);
      expect((await system.http('GET', '/', undefined, { port })).status).toBe(404);
    }
    await system.run('deploy', 'down', '--volumes');
  }, 10 * MINUTE);
});
