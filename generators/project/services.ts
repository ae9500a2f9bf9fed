/** Where services are, and how services come and go without moving the others. */
import type { Answers, ServiceAnswer } from '../questions/answers.ts';

/** A service with its place, whether it was given or follows from its position. */
export interface PlacedService extends ServiceAnswer {
  /** The host port that it publishes when there is no proxy. */
  readonly port: number;
  /** Where it is behind a proxy: `/` or `/NAME`. */
  readonly path: string;
}

const FIRST_PORT = 8000;

export function placed(services: readonly ServiceAnswer[]): readonly PlacedService[] {
  return services.map((service, index) => ({ ...service, port: service.port ?? portAt(index), path: service.path ?? pathAt(index, service.name) }));
}

/**
 * The answers with a service more, or with one of that name replaced; every other service keeps its port and its path.
 * A new service that names no place gets the lowest free port and `/NAME`; one that replaces another takes its place.
 */
export function withService(answers: Answers, service: ServiceAnswer): Answers {
  const services = placed(answers.services);
  const old = services.find(({ name }) => name === service.name);
  const place = old ?? { port: lowestFree(services), path: `/${service.name}` };
  const put: PlacedService = { ...service, port: service.port ?? place.port, path: service.path ?? place.path };
  return withPlaced(answers, old === undefined ? [...services, put] : services.map((other) => (other === old ? put : other)));
}

/** The answers without the service of that name, if there is one; every other service keeps its port and its path. */
export function withoutService(answers: Answers, name: string): Answers {
  return withPlaced(answers, placed(answers.services).filter((service) => service.name !== name));
}

/** Writes of each place what its position does not say, and what was written already. */
function withPlaced(answers: Answers, services: readonly PlacedService[]): Answers {
  const given = new Map(answers.services.map((service) => [service.name, service]));
  return {
    ...answers,
    services: services.map(({ name, framework, port, path }, index) => ({
      name,
      framework,
      ...(port === portAt(index) && given.get(name)?.port === undefined ? {} : { port }),
      ...(path === pathAt(index, name) && given.get(name)?.path === undefined ? {} : { path }),
    })),
  };
}

function portAt(index: number): number {
  return FIRST_PORT + index;
}

function pathAt(index: number, name: string): string {
  return index === 0 ? '/' : `/${name}`;
}

function lowestFree(services: readonly PlacedService[]): number {
  const taken = new Set(services.map(({ port }) => port));
  let port = FIRST_PORT;
  while (taken.has(port)) port += 1;
  return port;
}
