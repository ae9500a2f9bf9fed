/** `pycompose starter check`: for authors, and for the CI of a starter. */
import { styleText } from 'node:util';
import { listed } from '../../cli/listed.ts';
import { printable } from '../../cli/printable.ts';
import { EXIT, type ExitCode } from '../../errors/user-error.ts';
import { counted } from '../../living/report.ts';
import type { Sources } from '../../render/file-map.ts';
import { json } from '../../render/json.ts';
import { titleOf } from '../brought.ts';
import { checkStarter, type Checked } from '../checks/check-starter.ts';
import type { Finding } from '../checks/finding.ts';
import type { Starter } from '../starter.ts';
import { starterAround } from './around.ts';
import type { StarterArguments, StarterWorld } from './run.ts';

export function runCheck(given: StarterArguments, world: StarterWorld, sources: Sources): ExitCode {
  const starter = starterAround(world.cwd, given.words[0]);
  const checked = checkStarter(starter, sources, { quick: given.switches.has('quick'), progress: (done, of) => world.progress?.(`${done} of ${of} sets of options`) });
  world.progress?.('');
  const code = codeOf(checked.findings);
  if (given.switches.has('json')) {
    const { findings, sets, whole, files, tools } = checked;
    world.print(json({ command: given.command, starter: { name: starter.name, version: starter.ref.version }, ok: code === EXIT.ok, sets, whole, files, findings, tools }));
    return code;
  }
  world.print(`${checked.findings.map(findingText).join('')}${summary(starter, checked, code)}`);
  if (checked.tools.missing.length > 0) world.warn(`not installed, and so not asked: ${listed(checked.tools.missing)}`);
  return code;
}

/** What is wrong comes first: whatever else there is, the starter is not to be published. */
function codeOf(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ kind }) => kind === 'wrong')) return EXIT.failure;
  return findings.some(({ kind }) => kind !== 'note') ? EXIT.drift : EXIT.ok;
}

function findingText({ kind, path, message, diff }: Finding): string {
  const line = `${styleText(kind === 'wrong' ? 'red' : kind === 'note' ? 'dim' : 'yellow', kind.padEnd('unrecorded'.length))}  ${printable(path)}: ${printable(message)}\n`;
  return diff === undefined ? line : `${line}${diff.split('\n').map((text) => `    ${printable(text)}`.trimEnd()).join('\n')}\n`;
}

function summary(starter: Starter, { findings, sets, whole, files, tools }: Checked, code: ExitCode): string {
  const what = `${counted(sets, 'set')} of options${whole ? '' : ', in which each pair of values is'}, ${counted(files, 'file')}, looked at by ${listed(['pycompose', ...tools.run])}`;
  const count = findings.filter(({ kind }) => kind !== 'note').length;
  const head = code === EXIT.ok ? `${styleText('green', '✔')} ${titleOf(starter)} is well` : `${titleOf(starter)}: ${counted(count, 'finding')}`;
  return `${findings.length === 0 ? '' : '\n'}${head}: ${what}\n`;
}
