/** The commands that only read: diff, check and files. */
import { styleText } from 'node:util';
import type { CommandArguments } from '../../cli/command-arguments.ts';
import { printable } from '../../cli/printable.ts';
import { EXIT, UserError, type ExitCode } from '../../errors/user-error.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { ANSWERS_PATH, renderedFiles } from '../../render/project-files.ts';
import { checkProject, type Drifted } from '../check.ts';
import { ALLOWABLE, DRIFTS, type Drift } from '../drifts.ts';
import { disallowed, type LivingProject } from '../project.ts';
import { json } from '../../render/json.ts';
import { outcomeJson } from '../report-json.ts';
import { counted, upToDate } from '../report.ts';
import type { CommandWorld } from '../run-command.ts';
import { unifiedDiff } from '../unified.ts';
import { planWanted } from '../wanted.ts';
import { wantService } from './answers.ts';
import { wantUpdate } from './update.ts';
import { refuseUnknownService } from './unknown-service.ts';
import { ownedFiles } from './ownership.ts';

/** @returns null when the command writes */
export async function runReading(given: CommandArguments, project: LivingProject, world: CommandWorld): Promise<ExitCode | null> {
  const asJson = given.switches.has('json');
  switch (given.command) {
    case 'diff':
      return diff(project, given.words[0], asJson, world);
    case 'check':
      return check(project, allowed(given.values.get('allow')), asJson, world);
    case 'files': {
      const files = ownedFiles(project);
      world.print(asJson ? json({ command: 'files', directory: project.directory, files }) : filesText(files));
      return EXIT.ok;
    }
    default:
      return null;
  }
}

async function diff(project: LivingProject, service: string | undefined, asJson: boolean, world: CommandWorld): Promise<ExitCode> {
  if (service !== undefined) refuseUnknownService(project.current, service);
  const draft = planWanted(project, service === undefined ? await wantUpdate(project, [], null) : await wantService(project, service, undefined, undefined));
  const plan = draft.complete(draft.plan);
  world.print(asJson ? outcomeJson({ command: 'diff', plan, generator: project.sources.version, written: false, error: null }) : unifiedDiff(plan));
  return EXIT.ok;
}

function check(project: LivingProject, allow: ReadonlySet<Drift>, asJson: boolean, world: CommandWorld): ExitCode {
  const files = driftsOf(project);
  const notes = [...project.notes, ...disallowed(project)];
  const refused = files.some(({ drifts }) => drifts.some((drift) => !allow.has(drift)));
  if (asJson) world.print(json({ command: 'check', directory: project.directory, ok: !refused, generator: project.base.generator, files, notes }));
  else world.print(files.length === 0 ? upToDate(project.shown) : checkText(files, allow));
  if (!asJson) for (const note of notes) world.warn(note);
  if (!refused) return EXIT.ok;
  if (!asJson) world.warn(`${counted(files.length, 'file')} of ${project.shown} ${files.length === 1 ? 'differs' : 'differ'} from what pycompose ${project.sources.version} writes`);
  return EXIT.drift;
}

/** pycompose.yaml differs only when its answers do: its comments and order are its owner's. */
function driftsOf(project: LivingProject): readonly Drifted[] {
  const wanted = new Map(renderedFiles(project.current, project.sources));
  const files = new Map(project.base.files);
  if (JSON.stringify(project.last) === JSON.stringify(project.current) && project.look(ANSWERS_PATH).kind === 'file') {
    wanted.delete(ANSWERS_PATH);
    files.delete(ANSWERS_PATH);
  }
  const drifted = checkProject({ ...project.base, files }, wanted, project.look);
  return disallowed(project).length === 0 ? drifted : withDrift(drifted, ANSWERS_PATH, 'disallowed');
}

function withDrift(drifted: readonly Drifted[], path: string, drift: Drift): readonly Drifted[] {
  const others = drifted.filter((file) => file.path !== path);
  return [...others, { path, drifts: [...(drifted.find((file) => file.path === path)?.drifts ?? []), drift] }].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function allowed(given: string | undefined): ReadonlySet<Drift> {
  const known: readonly string[] = ALLOWABLE;
  const words = given === undefined ? [] : given.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !known.includes(word));
  if (wrong !== undefined) throw new UserError(`--allow: ${quoted(wrong)} is none of ${known.join(', ')}${didYouMean(wrong, known)}`);
  return new Set(words as Drift[]);
}

function checkText(files: readonly Drifted[], allow: ReadonlySet<Drift>): string {
  const width = Math.max(...files.map(({ drifts }) => drifts.join(', ').length));
  const lines = files.map(({ path, drifts }) => `  ${drifts.join(', ').padEnd(width)}  ${printable(path)}${drifts.every((drift) => allow.has(drift)) ? styleText('dim', ' (allowed)') : ''}\n`);
  const used = (Object.keys(DRIFTS) as Drift[]).filter((drift) => files.some(({ drifts }) => drifts.includes(drift)));
  return `${lines.join('')}\n${used.map((drift) => `  ${drift}: ${DRIFTS[drift]}\n`).join('')}`;
}

function filesText(files: ReturnType<typeof ownedFiles>): string {
  const lines = files.map(({ path, owner, state }) => `  ${owner.padEnd(7)}  ${printable(path)}${state === 'as generated' ? '' : styleText('dim', ` (${state})`)}\n`);
  return `${lines.join('')}\n  managed: kept up to date, your edits are merged; seed: yours from the first edit on;\n  history: a migration, written once; yours: never touched, as is every file that is not listed\n`;
}
