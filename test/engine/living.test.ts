/** The proof that a project can be lived with: data in its volumes and edits in all its parts outlast every command. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshot } from '../tools/package.ts';
import { keepsContract } from './contract.ts';
import { eventually, OWNER, System } from './system.ts';

const MINUTE = 60_000;

/** The one edit that is given up, for another cache. */
const TAKEN = '--memory-limit=96';
/** What the user has written into the project: file, a text of it, and what stands in its place. */
const EDITS: readonly (readonly [path: string, old: string, text: string])[] = [
  ['compose.yaml', '  web:\n    image', '  # The shop itself.\n  web:\n    image'],
  ['compose.yaml', '      LOG_LEVEL:', '      GREETING: ${GREETING:-hello} # ours\n      LOG_LEVEL:'],
  ['compose.yaml', '\n  database:\n', '\n  counter: # counts visitors\n    image: memcached:1.6.45-trixie\n    volumes:\n      - counter-data:/data\n    networks: [office]\n\n  database:\n'],
  ['compose.yaml', '\nvolumes:\n', '\nvolumes:\n  counter-data: {}\n'],
  ['compose.yaml', '\nnetworks:\n', '\nnetworks:\n  # of this office\n  office:\n    internal: true\n'],
  ['compose.yaml', '--memory-limit=64', TAKEN],
  ['services/web/requirements.in', 'django==', 'humanize==4.13.0  # for people\ndjango=='],
  ['services/web/web/urls.py', 'from web import api, pages\n', 'from web import api, greeting, pages\n'],
  ['services/web/web/urls.py', '    path("admin/", admin.site.urls),\n', '    path("admin/", admin.site.urls),\n    path("greeting", greeting.greet),\n'],
  ['services/web/web/settings.py', 'from pathlib import Path\n', 'import os\nfrom pathlib import Path\n'],
  ['services/web/web/settings.py', '\nBASE_DIR', '\nGREETING = os.environ.get("GREETING", "none")\nBASE_DIR'],
  ['services/web/Dockerfile', 'FROM runtime AS test\n', 'FROM runtime AS test\nLABEL office="north"\n'],
  ['services/proxy/default.conf', '    client_max_body_size 1m;\n', '    client_max_body_size 1m;\n    add_header X-Office north always;\n'],
  ['run', "lock)\n", "greet) echo 'hello from the office' ;;\nlock)\n"],
  ['.env.example', 'LOG_LEVEL=INFO\n', 'GREETING=hello # how visitors are met\nLOG_LEVEL=INFO\n'],
];
const VIEW = `"""Greets visitors."""

import humanize
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def greet(_request: HttpRequest) -> HttpResponse:
    """Answer with a greeting, and a number as people write it."""
    return HttpResponse(f"{settings.GREETING} {humanize.intcomma(1234567)}")
`;

let system: System;
/** The items that were in the database before the first command. */
let items: unknown;

beforeAll(async () => {
  system = await System.generate('engine-living', 18160, ['--service', 'web=django', '--no-beat']);
  for (const [path, old, text] of EDITS) system.edit(path, old, text);
  system.add('services/web/web/greeting.py', VIEW);
  await system.run('lock');
  await system.run('up');
  for (const title of ['Buy milk', 'Pay rent']) expect((await system.http('POST', '/api/items', { title })).status).toBe(201);
  items = (await system.http('GET', '/api/items')).json;
}, 15 * MINUTE);
afterAll(() => system.destroy(), 5 * MINUTE);

/** The edits at work: in the image, the settings, the proxy, the system, the script. */
async function editsWork(): Promise<void> {
  const greeted = await system.http('GET', '/greeting');
  expect({ status: greeted.status, text: greeted.text, office: greeted.headers.get('x-office') }).toEqual({ status: 200, text: 'hello 1,234,567', office: 'north' });
  expect(await system.run('greet')).toContain('hello from the office');
  expect((await system.inspect('counter')).State.Running).toBe(true);
  for (const [path, old, text] of EDITS.filter(([, , edit]) => edit !== TAKEN)) {
    const added = text.split('\n').filter((line) => !old.split('\n').includes(line));
    for (const line of added) expect(readFileSync(join(system.directory, path), 'utf8').split('\n')).toContain(line);
  }
}

it('starts with its data and its edits', editsWork, MINUTE);

it('refuses another cache where the command of the old one was edited, and says so', async () => {
  const before = snapshot(system.directory);
  const { exitCode, stdout } = await system.pycompose('set', 'cache=redis', 'beat=true');
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: expect.stringContaining('--memory-limit=96') });
  expect(snapshot(system.directory)).toEqual(before);
});

it('gets another cache and beat', async () => {
  expect(await system.pycompose('set', 'cache=redis', 'beat=true', '--on-conflict', 'take')).toMatchObject({ exitCode: 0, stderr: '' });
  await system.run('lock');
  await system.run('up');
  await editsWork();
  expect((await system.http('GET', '/api/items')).json).toEqual(items);
  await eventually(60, () => system.inspect('web-beat'), ({ State }) => State.Running);
}, 10 * MINUTE);

let before: Record<string, string>;

it('gets a second service; the contract holds for both, the old data is there', async () => {
  before = snapshot(system.directory);
  expect(await system.pycompose('service', 'search', '--framework', 'fastapi')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(system.owners()).toEqual([OWNER]);
  await system.run('up');
  await editsWork();
  expect((await system.http('GET', '/api/items')).json).toEqual(items);
  await keepsContract(system, '');
  await keepsContract(system, '/search');
}, 10 * MINUTE);

it('passes tests and checks with all of it', async () => {
  expect(await system.run('test')).toContain(' passed');
  expect(await system.run('lint')).toContain('Success: no issues found');
}, 10 * MINUTE);

it('is deployed with all of it', async () => {
  await system.compose(['stop']);
  await system.run('deploy');
  expect((await system.http('GET', '/greeting')).text).toBe('hello 1,234,567');
  expect((await system.http('GET', '/search/readyz')).status).toBe(200);
  await system.run('deploy', 'down', '--volumes');
}, 10 * MINUTE);

it('is as it was after undo, and runs', async () => {
  expect(await system.pycompose('undo')).toMatchObject({ exitCode: 0, stderr: '' });
  const ours = (files: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(files).filter(([path]) => !/^\.pycompose\/state\/|__pycache__/.test(path)));
  expect(ours(snapshot(system.directory))).toEqual(ours(before));
  await system.run('up');
  await editsWork();
  const left = (await system.http('GET', '/api/items')).json as unknown[];
  expect(left).toEqual(expect.arrayContaining(items as unknown[]));
  expect((await system.http('GET', '/search/readyz')).status).toBe(404);
  expect((await system.compose(['ps', '--all', '--services'])).split('\n')).not.toContain('search');
}, 10 * MINUTE);
