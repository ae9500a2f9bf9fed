/** What the commands on a living project print for machines; the text of a secret is never in it. */
import { BASE_PATH } from '../base/base.ts';
import type { Failure } from '../cli/failure.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { json } from '../render/json.ts';
import { lineOf } from './report.ts';
import { questionsOf } from './settle-plan.ts';

export interface Outcome {
  /** The command as it was given, without flags. */
  readonly command: string;
  readonly plan: Plan;
  /** The version of the generator. */
  readonly generator: string;
  readonly written: boolean;
  readonly error: Failure | null;
}

export function outcomeJson({ command, plan, generator, written, error }: Outcome): string {
  return json({
    ...(error === null ? {} : { error: { message: error.message, code: error.code } }),
    command,
    generator,
    directory: plan.directory,
    written,
    answers: plan.answers ?? {},
    files: plan.files.filter(({ path }) => path !== BASE_PATH).map((file) => fileFields(file, plan)),
    notes: plan.notes,
  });
}

function fileFields(file: PlannedFile, plan: Plan): object {
  const { path, action, mode, text, reason, from, marked, merged } = file;
  const conflicts = action === 'conflict' ? questionsOf({ ...plan, files: [file] }).flatMap(({ place }) => (place === null ? [] : [{ line: lineOf(merged ?? [], place.index), ...place.conflict }])) : [];
  return {
    path,
    action,
    mode: mode.toString(8).padStart(4, '0'),
    bytes: text === null ? null : Buffer.byteLength(text),
    ...(reason === undefined ? {} : { reason }),
    ...(from === undefined ? {} : { from: from.path }),
    ...(marked === undefined ? {} : { marked }),
    ...(conflicts.length === 0 ? {} : { conflicts }),
  };
}
