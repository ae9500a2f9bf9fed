/** Whole projects, byte for byte. UPDATE_GOLDEN=1 writes them anew: read their diff. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDefaults, writeFiles } from './projects.ts';
import { renderProject } from '../generators/render/render.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { loadSources } from '../generators/render/sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = loadSources(root, '0.1.0');
const GOLDEN = {
  django: withDefaults({}),
  trio: withDefaults({
    services: [
      { name: 'web', framework: 'fastapi' },
      { name: 'shop', framework: 'django' },
      { name: 'cart-x', framework: 'flask' },
    ],
    database: 'mariadb',
    cache: 'redis',
    broker: 'valkey',
    proxy: 'caddy',
  }),
  bare: withDefaults({
    services: [{ name: 'web', framework: 'flask' }],
    database: 'none',
    cache: 'none',
    broker: 'none',
    mail: 'none',
    proxy: 'none',
    beat: false,
    example: false,
  }),
};

describe.each(Object.entries(GOLDEN))('the %s project', (name, answers) => {
  const directory = join(root, 'test', 'golden', name);
  // Locks are left out: every renewal of the catalogue changes them, and requirements.test.ts looks at them.
  const files = new Map([...renderProject(resolveProject(answers), sources)].filter(([path]) => !/requirements[^/]*\.txt$/.test(path)));

  it('is as it was read and found good', () => {
    if (process.env['UPDATE_GOLDEN']) {
      rmSync(directory, { recursive: true, force: true });
      writeFiles(directory, files);
    }
    const rendered = Object.fromEntries([...files].map(([path, { text, mode }]) => [path, `${mode.toString(8)}\n${text}`]));
    expect(rendered).toEqual(read(directory));
  });

  it('is the same when it is rendered again', () => {
    const again = renderProject(resolveProject(answers), loadSources(root, '0.1.0'));
    expect([...again.keys()]).toEqual([...again.keys()].sort());
    for (const [path, file] of files) expect(again.get(path)).toEqual(file);
  });

  it('has no trailing space, no double blank line at the end and no name of the generator machine', () => {
    for (const [path, { text }] of files) {
      expect({ path, match: /[ \t]$/m.exec(text)?.[0] ?? null }).toEqual({ path, match: null });
      expect({ path, end: text.endsWith('\n') && !text.endsWith('\n\n') }).toEqual({ path, end: true });
      expect(text).not.toContain(root);
    }
  });
});

function read(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // git keeps the executable bit alone
      .map((path) => [path.slice(directory.length + 1), `${statSync(path).mode & 0o100 ? '755' : '644'}\n${readFileSync(path, 'utf8')}`]),
  );
}
