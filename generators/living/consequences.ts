/** Tells what a plan would break in files that are the user's: references to what goes. */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { textOf } from '../plan/seen.ts';
import { isChange } from './changes.ts';
import type { LivingProject } from './project.ts';
import { brokenReferences } from './references/broken.ts';

/** As many as a person reads. */
const SHOWN = 20;
const COMPOSE = /^compose(\.\w+)?\.ya?ml$/;
const SOURCE = /\.(py|ini|toml|sh|in)$|\/requirements[\w-]*\.txt$/;
/** Directories that hold no source of the project, or none that it is written in. */
const SKIPPED = new Set(['.git', '.venv', 'venv', 'node_modules', '__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', 'static', 'staticfiles', 'media']);

/** The plan with a note for each reference that it breaks. */
export function withConsequences(project: LivingProject, plan: Plan): Plan {
  const changed = plan.files.filter((file) => isChange(file) && (COMPOSE.test(file.path) || SOURCE.test(file.path)));
  // of what is not settled nobody knows what it will refer to
  if (changed.length === 0 || plan.files.some(({ action }) => action === 'conflict')) return plan;
  const before = textsNow(project, [...new Set(changed.flatMap(({ path }) => /^services\/[^/]+/.exec(path)?.[0] ?? []))]);
  const after = new Map(before);
  for (const { path, text, action, from } of changed) {
    if (action === 'delete') after.delete(path);
    else if (text !== null) after.set(path, text);
    if (from !== undefined) after.delete(from.path);
  }
  const broken = brokenReferences(before, after);
  const more = broken.length > SHOWN ? [`and ${broken.length - SHOWN} references more to what is gone`] : [];
  return broken.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...broken.slice(0, SHOWN), ...more] };
}

/** The Compose files, and all sources of some services, the user's own among them. */
function textsNow({ directory, look }: LivingProject, services: readonly string[]): Map<string, string> {
  const names = readdirSync(directory).filter((name) => COMPOSE.test(name));
  const paths = [...names, ...services.flatMap((service) => sourcesBelow(directory, service))];
  return new Map(
    paths.flatMap((path): [string, string][] => {
      const seen = look(path);
      const text = seen.kind === 'file' ? textOf(seen.bytes) : null;
      return text === null ? [] : [[path, text]];
    }),
  );
}

function sourcesBelow(directory: string, below: string): string[] {
  try {
    return readdirSync(join(directory, below), { withFileTypes: true }).flatMap((entry) => {
      const path = `${below}/${entry.name}`.split(sep).join('/');
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourcesBelow(directory, path);
      return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
    });
  } catch {
    // not there, or not to be read: what is in it cannot be judged
    return [];
  }
}
