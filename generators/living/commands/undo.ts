/** `pycompose undo`: takes the last run back, and once more does it again. */
import type { CommandArguments } from '../../cli/command-arguments.ts';
import { printable } from '../../cli/printable.ts';
import { EXIT, UserError, type ExitCode } from '../../errors/user-error.ts';
import { lastRun, undo, type LastRun } from '../../journal/undo.ts';
import { BASE_PATH } from '../../base/base.ts';
import { projectAround } from '../project.ts';
import { json } from '../../render/json.ts';
import { counted } from '../report.ts';
import type { CommandWorld } from '../run-command.ts';

/** @throws UserError (usage) when there is nothing to take back; (conflicts) when its files have changed since */
export function runUndo(given: CommandArguments, world: CommandWorld): ExitCode {
  const directory = projectAround(world.cwd);
  const last = lastRun(directory);
  if (last === null) throw new UserError('there is no run to take back: what `npm init pycompose` made is deleted by hand');
  const dry = given.switches.has('dry-run');
  const done = dry ? last : undo(directory);
  world.print(given.switches.has('json') ? json({ command: 'undo', directory, written: !dry, undoes: done.command, files: done.changes, notes: [] }) : undoText(done, dry));
  return EXIT.ok;
}

function undoText({ command, changes, redo }: LastRun, dry: boolean): string {
  const files = changes.filter(({ path }) => path !== BASE_PATH);
  const lines = files.map(({ action, path }) => `  ${action.padEnd(8)} ${printable(path)}\n`).join('');
  const what = redo ? 'done again' : 'taken back';
  const head = dry ? `Nothing was written. \`${printable(command)}\` would be ${what}` : `\`${printable(command)}\` is ${what}`;
  return `${head}, ${files.length === 0 ? 'no file' : `${counted(files.length, 'file')}:`}\n${lines}${dry ? '' : `\n\`pycompose undo\` once more ${redo ? 'takes it back' : 'does it again'}.\n`}`;
}
