/** Everything that a project consists of, secrets apart: from answers to files, with no disk, clock or chance in it. */
import { SCHEMA_PATH, writeAnswers } from '../answers/write.ts';
import { BASE_PATH, writeBase } from '../base/base.ts';
import { resolveProject } from '../project/resolve.ts';
import type { Answers } from '../questions/answers.ts';
import { answersSchema } from '../questions/schema.ts';
import type { FileMap, RenderedFile, Sources } from './file-map.ts';
import { json } from './json.ts';
import { renderProject } from './render.ts';

export const ANSWERS_PATH = 'pycompose.yaml';

/** The same answers and the same generator give the same bytes. */
export function projectFiles(answers: Answers, sources: Sources): FileMap {
  const files = renderedFiles(answers, sources);
  return sorted([...files, [BASE_PATH, managed(writeBase({ generator: sources.version, files, ejected: new Set() }))]]);
}

/** All files but the base itself, which holds them. */
export function renderedFiles(answers: Answers, sources: Sources): FileMap {
  return sorted([
    ...renderProject(resolveProject(answers, sources.brought), sources, answers.own),
    [ANSWERS_PATH, managed(writeAnswers(answers, sources.questions))],
    [SCHEMA_PATH, managed(json(answersSchema(sources.questions)))],
  ]);
}

function sorted(files: readonly (readonly [string, RenderedFile])[]): FileMap {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function managed(text: string): RenderedFile {
  return { text, mode: 0o644, ownership: 'managed' };
}
