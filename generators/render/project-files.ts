/** Everything that a project consists of, secrets apart: from answers to files, with no disk, clock or chance in it. */
import { SCHEMA_PATH, writeAnswers } from '../answers/write.ts';
import { resolveProject } from '../project/resolve.ts';
import type { Answers } from '../questions/answers.ts';
import { answersSchema } from '../questions/schema.ts';
import type { FileMap, RenderedFile, Sources } from './file-map.ts';
import { renderProject } from './render.ts';

export const ANSWERS_PATH = 'pycompose.yaml';
/** What a later merge needs: the text of each file as it was written, its mode and owner, and the generator's version. */
export const BASE_PATH = '.pycompose/base.json';

/** The same answers and the same generator give the same bytes. */
export function projectFiles(answers: Answers, sources: Sources): FileMap {
  const files = new Map(renderProject(resolveProject(answers), sources));
  files.set(ANSWERS_PATH, managed(writeAnswers(answers)));
  files.set(SCHEMA_PATH, managed(json(answersSchema())));
  files.set(BASE_PATH, managed(json({ generator: sources.version, files: Object.fromEntries(files) })));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function managed(text: string): RenderedFile {
  return { text, mode: 0o644, ownership: 'managed' };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
