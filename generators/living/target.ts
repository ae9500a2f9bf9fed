/** What the generator wants a project to be after a command, as far as the command reaches. */
import { mergeFile } from '../merge/merge.ts';
import { settle } from '../merge/merged.ts';
import type { FileMap, RenderedFile } from '../render/file-map.ts';

/**
 * The files that a command asks for. What the command does not reach stays as it was generated last, even where this
 * version of the generator would write something else: a service that is added moves nothing but its own parts.
 * @param last the project as it was generated last
 * @param before the project's old answers, rendered by this generator
 * @param after its new answers, rendered by this generator
 * @param whole whether the command brings all of a file to what this generator writes
 */
export function targetFiles(last: FileMap, before: FileMap, after: FileMap, whole: (path: string) => boolean): FileMap {
  const target = new Map<string, RenderedFile>();
  for (const path of new Set([...last.keys(), ...after.keys()])) {
    const file = whole(path) ? after.get(path) : changed(path, last.get(path), before.get(path), after.get(path));
    if (file !== undefined) target.set(path, file);
  }
  return target;
}

/** What the change of answers makes of a file. */
function changed(path: string, last: RenderedFile | undefined, before: RenderedFile | undefined, after: RenderedFile | undefined): RenderedFile | undefined {
  if (sameFile(before, after)) return last;
  if (after === undefined || last === undefined || sameFile(last, before)) return after;
  // an older generator wrote the file: only what differs between the answers goes into its text
  return { ...after, text: settle(mergeFile(path, before?.text ?? null, last.text, after.text), () => 'take') };
}

export function sameFile(one: RenderedFile | undefined, other: RenderedFile | undefined): boolean {
  return one?.text === other?.text && one?.mode === other?.mode;
}
