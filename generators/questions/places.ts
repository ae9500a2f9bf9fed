/** Where services may be: the path that the proxy gives to one, and the host port that one has without a proxy. */
import { placed, type PlacedService } from '../project/services.ts';
import type { ServiceAnswer } from './answers.ts';
import { LONGEST, SERVICE_NAME, serviceSlug } from './name-form.ts';
import { shown } from './nearest.ts';

export const LOWEST_PORT = 1024;
export const HIGHEST_PORT = 65535;

/** First path segments that the service at / answers itself. */
const ROOT_PATHS = new Set(['/api', '/items', '/static', '/livez', '/readyz', '/docs', '/redoc', '/admin']);

/** Says what is wrong with a service's port by itself, and the remedy; null when nothing is. */
export function portProblem(port: unknown): string | null {
  if (Number.isInteger(port) && Number(port) >= LOWEST_PORT && Number(port) <= HIGHEST_PORT) return null;
  return `${shown(port)} is no port of a service: write a number from ${LOWEST_PORT} to ${HIGHEST_PORT}`;
}

/** The same for its path: `/`, or one segment with the form of a service's name. */
export function pathProblem(path: unknown): string | null {
  if (path === '/' || (typeof path === 'string' && path.startsWith('/') && SERVICE_NAME.test(path.slice(1)) && path.length <= LONGEST + 1)) return null;
  const slug = typeof path === 'string' ? serviceSlug(path) : '';
  return `${shown(path)} is no path of a service: write / alone or with lower-case letters, digits and single dashes${slug === '' ? '' : `, like /${slug}`}`;
}

/** Says which services are in each other's way: a port or a path twice, or a path that hides pages of the service at /. */
export function placesProblem(services: readonly ServiceAnswer[], proxied: boolean): string | null {
  const places = placed(services);
  // A proxy leaves ports unused, but the project may lose its proxy.
  const port = twice(places, (service) => service.port);
  if (port !== null) return `${port.names} would both have the port ${port.place}: give one of them another port`;
  if (!proxied) return null;
  const path = twice(places, (service) => service.path);
  if (path !== null) return `${path.names} would both be at ${path.place}: give one of them another path`;
  if (!places.some((service) => service.path === '/')) return null;
  const hiding = places.findIndex((service) => ROOT_PATHS.has(service.path));
  return hiding < 0 ? null : hidingProblem(places[hiding] as PlacedService, services[hiding]?.path !== undefined);
}

function hidingProblem({ name, path }: PlacedService, given: boolean): string {
  const remedy = given ? `choose another path, like ${path}-app` : `put it first or choose another name, like ${name}-app`;
  return `"${name}" would take the path ${path}/ from the service at /: ${remedy}`;
}

function twice<T>(services: readonly PlacedService[], placeOf: (service: PlacedService) => T): { names: string; place: T } | null {
  const owners = new Map<T, string>();
  for (const service of services) {
    const place = placeOf(service);
    const owner = owners.get(place);
    if (owner !== undefined) return { names: `"${owner}" and "${service.name}"`, place };
    owners.set(place, service.name);
  }
  return null;
}
