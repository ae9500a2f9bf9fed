import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

test('all that the starter allows is well', () => {
  execFileSync(process.execPath, [join(root, 'node_modules/create-pycompose/dist/bin.cjs'), 'starter', 'check'], { cwd: root });
});
