/**
 * Finds what a run has broken in files that it left alone, or merged: references to what it took away. Pure, and linear in
 * the texts.
 */
import { builtDirectories, ComposeFiles } from './compose/files.ts';
import { brokenInCompose } from './compose/compose.ts';
import { brokenInServices } from './python/services.ts';
import type { Texts } from './texts.ts';

export type { Texts } from './texts.ts';

/** One sentence for each reference that the files before the run resolved and those after it no longer do; empty when all is well. */
export function brokenReferences(before: Texts, after: Texts): readonly string[] {
  const old = new ComposeFiles(before);
  const now = new ComposeFiles(after, old);
  const kept = builtDirectories(now);
  // a service that nothing builds any more runs nowhere, so what is left of it refers to nothing
  const removed = new Set([...builtDirectories(old)].filter((directory) => !kept.has(directory)));
  return [...new Set([...brokenInCompose(old, now), ...brokenInServices(before, after, removed)])];
}
