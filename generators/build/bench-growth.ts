/** How check and a regeneration grow with a project: 1, 10, 100 and 1,000 services, in milliseconds a file. */
import { execa } from 'execa';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBase } from '../base/base.ts';
import { seconds } from './seconds.ts';

const SIZES = [1, 10, 100, 1000];
const FRAMEWORKS = ['django', 'flask', 'fastapi'];

/**
 * @param program the built program
 * @param work an empty directory, for the projects
 * @param print is given one line for each measurement
 */
export async function benchGrowth(program: string, work: string, print: (line: string) => void): Promise<void> {
  let before: { readonly files: number; readonly took: Readonly<Record<string, number>> } | null = null;
  for (const size of SIZES) {
    const directory = join(work, `services-${size}`);
    const answers = join(work, `services-${size}.yaml`);
    const services = Array.from({ length: size }, (_, index) => `  s${index}: ${FRAMEWORKS[index % FRAMEWORKS.length] ?? ''}\n`);
    writeFileSync(answers, `services:\n${services.join('')}`);
    await execa(process.execPath, [program, directory, '--yes', '--config', answers]);
    const { files } = readBase(readFileSync(join(directory, '.pycompose/base.json'), 'utf8'));
    const run = (...argv: string[]) => execa(process.execPath, [program, ...argv], { cwd: directory });
    const took = {
      check: await seconds(() => run('check')),
      'regenerate (set cache=redis)': await seconds(() => run('set', 'cache=redis')),
      'regenerate one service': await seconds(() => run('service', 's0', '--framework', 'flask')),
    };
    for (const [what, time] of Object.entries(took)) {
      const growth = before === null ? '' : `; ${(time / (before.took[what] ?? Number.NaN)).toFixed(1)} x for ${(files.size / before.files).toFixed(1)} x the files`;
      print(`${what}, ${size} services, ${files.size} files: ${time.toFixed(2)} s, ${((1000 * time) / files.size).toFixed(3)} ms a file${growth}`);
    }
    before = { files: files.size, took };
  }
}
