/** Which paths a starter's files may have, and where in a project they go. */
import { posix } from 'node:path';
import { SCHEMA_PATH } from '../../answers/write.ts';
import { BASE_PATH, isInside } from '../../base/base.ts';
import type { Service } from '../../project/model.ts';
import { isComposePath } from '../../render/compose/index.ts';

const { basename } = posix;

/** Directories of templates that are no kind's. */
const GROUPS = ['common', 'sqlalchemy', 'django', 'flask', 'fastapi'];
const ANSWERS = 'pycompose.yaml';

/** Says why a template cannot lie at a path below templates/; null when it can. */
export function templatePathProblem(path: string, kinds: readonly string[]): string | null {
  const [top, group, ...rest] = path.split('/');
  if (top === 'catalog') return 'versions are no templates: say `images` or `packages` in starter.yaml';
  if (top === 'service') {
    const known = [...GROUPS, ...kinds];
    if (group === undefined || rest.length === 0 || !known.includes(group)) return `templates of services lie below service/ and one of ${known.join(', ')}`;
    return outputProblem(rest.join('/'));
  }
  if (top === 'project' && group !== undefined) return outputProblem([group, ...rest].join('/'));
  return 'templates lie below project/ or service/';
}

function outputProblem(path: string): string | null {
  const output = outputOf(path);
  if (!isInside(output)) return 'it would lie outside of the project';
  if (isComposePath(output)) return 'Compose files are made from data: write a fragment';
  if ([ANSWERS, SCHEMA_PATH, BASE_PATH].includes(output) || /^(secrets|\.pycompose|package-index)(\/|$)/.test(output)) return 'that file is no template';
  if (/^requirements(-test|-dev)?\.(in|txt)$/.test(basename(output))) return 'requirements are made from data: say `requirements` in starter.yaml';
  return null;
}

/** The path that a template writes, without `.ejs`, and with a dot in the place of a single underscore at the start of a name. */
export function outputOf(path: string, service?: Service): string {
  const bare = path.replace(/\.ejs$/, '').split('/').map((part) => part.replace(/^_(?!_)/, '.')).join('/');
  return service === undefined ? bare : bare.replace(/^package\//, `${service.package}/`);
}

/** The directories of templates that a service is printed from, the most special last. */
export function groupsOf({ framework, kind }: Service): readonly string[] {
  return ['common', ...(framework === 'django' ? [] : ['sqlalchemy']), framework, ...(kind === framework ? [] : [kind])];
}

/** Whether the name of a fragment says where it goes. */
export function isFragmentName(name: string): boolean {
  return /^Dockerfile\.[A-Za-z0-9_-]+$/.test(name) || /^compose(\.(override|deploy|test))?\.yaml$/.test(name);
}

