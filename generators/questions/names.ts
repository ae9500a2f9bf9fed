/** What services and projects may be called: a name becomes a host, a path, a database role and a Python package. */
import { packageName } from '../project/resolve.ts';
import type { ServiceAnswer } from './answers.ts';
import { LONGEST, PROJECT_NAME, projectSlug, SERVICE_NAME, serviceSlug } from './name-form.ts';
import { quoted } from './nearest.ts';
import { placesProblem } from './places.ts';
import { DEPENDENCY_MODULES, KEYWORDS, STDLIB_MODULES } from './python-names.ts';

export { projectSlug };

/** Compose services that a project has beside the Python services. */
const COMPONENTS = new Set(['database', 'database-setup', 'cache', 'broker', 'mail', 'proxy']);
/** Users, databases and hosts that the servers keep for themselves. */
const SERVER_NAMES = new Set('default guest information-schema localhost mariadb mysql performance-schema postgres public root template0 template1'.split(' '));
/** Django's own apps, whose labels no other app may have. */
const DJANGO_APPS = new Set(['admin', 'auth', 'contenttypes', 'messages', 'sessions', 'staticfiles']);
/** Processes of a service: `web` brings `web-worker` and so on. */
const PROCESSES = ['migrate', 'worker', 'beat'];
/** Python modules at the top of every service's directory. */
const SERVICE_MODULES = new Set(['develop', 'deploy', 'tests', 'migrations', 'manage']);

/** Says what is wrong with a project name, and the remedy; null when nothing is. */
export function projectNameProblem(name: string): string | null {
  if (!PROJECT_NAME.test(name)) {
    const slug = projectSlug(name);
    return `${quoted(name)} is no Compose project name: use lower-case letters, digits, - and _, beginning with a letter or digit${slug === '' ? '' : `, like ${slug}`}`;
  }
  if (name.length > LONGEST) return `${quoted(name)} is longer than ${LONGEST} characters: choose a shorter name`;
  return null;
}

/** Says what is wrong with one service's name by itself, with a name that would do; null when nothing is wrong. */
export function serviceNameProblem(name: string): string | null {
  const fault = serviceNameFault(name);
  if (fault === null) return null;
  const slug = serviceSlug(name);
  const bare = slug.replace(/^(pg-)+/, '');
  const fit = [slug, bare, `${bare}-app`].find((candidate) => serviceNameFault(candidate) === null);
  return `${quoted(name)} ${fault}${fit === undefined ? '' : `, like ${fit}`}`;
}

function serviceNameFault(name: string): string | null {
  if (!SERVICE_NAME.test(name)) return 'is no service name: use lower-case letters, digits and single dashes, beginning with a letter';
  if (name.length > LONGEST) return `is longer than ${LONGEST} characters: choose a shorter name`;
  if (COMPONENTS.has(name)) return 'is the name of a component of the project itself: choose another';
  if (SERVER_NAMES.has(name) || name.startsWith('pg-')) return 'is a name that a database or a broker keeps for itself: choose another';
  const module = packageName(name);
  if (KEYWORDS.has(module)) return 'is a Python keyword and cannot be a package: choose another';
  if (STDLIB_MODULES.has(module)) return `would hide Python's own module ${module}: choose another`;
  if (DEPENDENCY_MODULES.has(module)) return `would hide the package ${module} that services import: choose another`;
  if (SERVICE_MODULES.has(module)) return 'is a directory that every service has: choose another';
  return null;
}

/** Says what is wrong with services as a set: none, twice the same, or names and places that run into each other. */
export function servicesProblem(services: readonly ServiceAnswer[], proxied: boolean): string | null {
  if (services.length === 0) return 'there is no service: give at least one, like web=django';
  const taken = new Map<string, string>();
  for (const { name, framework } of services) {
    if (framework === 'django' && DJANGO_APPS.has(name)) return `"${name}" is an app of Django itself: choose another name, like ${name}-app`;
    for (const own of [name, packageName(name), ...PROCESSES.map((process) => `${name}-${process}`)]) {
      const owner = taken.get(own);
      if (owner === name && own === name) return `the service "${name}" is there twice: give each a name of its own`;
      if (owner !== undefined && owner !== name) return `"${name}" and "${owner}" would both bring "${own}": rename one of them`;
    }
    for (const own of [name, packageName(name), ...PROCESSES.map((process) => `${name}-${process}`)]) taken.set(own, name);
  }
  return placesProblem(services, proxied);
}
