/** What a run has broken in the Compose files, in sentences. */
import type { ComposeFiles } from './files.ts';
import { mergeSet, setsOf, type Broken } from './sets.ts';

export function brokenInCompose(before: ComposeFiles, after: ComposeFiles): readonly string[] {
  return [...malformed(before, after), ...dangling(before, after), ...references(before, after)];
}

/** Files that were YAML and no longer are. */
function malformed(before: ComposeFiles, after: ComposeFiles): readonly string[] {
  return [...after.malformed].flatMap(([path, reason]) => (reason === null || !before.files.has(path) ? [] : [`${path} can no longer be read: ${reason}`]));
}

function dangling(before: ComposeFiles, after: ComposeFiles): readonly string[] {
  return [...after.files].flatMap(([path, file]) => {
    const old = before.files.get(path);
    if (old === file || before.malformed.has(path)) return [];
    const known = new Set(old?.dangling.map(({ place, anchor }) => `${place}\0${anchor}`));
    return file.dangling.filter(({ place, anchor }) => !known.has(`${place}\0${anchor}`)).map(({ place, anchor }) => `${path}: ${place} refers to the anchor ${anchor}, which is gone`);
  });
}

/** Set by set; most of what is broken in one of them is broken in others, and said once. */
function references(before: ComposeFiles, after: ComposeFiles): readonly string[] {
  const said = new Set<string>();
  // the same files have the same references
  if (sameFiles(before, after)) return [];
  for (const set of setsOf(after.files.keys())) {
    const [old, now] = [mergeSet(before, set), mergeSet(after, set)];
    if (old === null || now === null) continue;
    for (const [key, broken] of now.broken) {
      if (!old.broken.has(key)) said.add(sentence(broken, old.defined.get(broken.section)?.has(broken.name) === true));
    }
  }
  return [...said];
}

function sameFiles(before: ComposeFiles, after: ComposeFiles): boolean {
  return before.files.size === after.files.size && [...after.files].every(([path, file]) => before.files.get(path) === file);
}

function sentence({ file, service, says, name }: Broken, wasThere: boolean): string {
  return `${file}: services.${service} ${says} ${name}, which is ${wasThere ? 'gone' : 'not there'}`;
}
