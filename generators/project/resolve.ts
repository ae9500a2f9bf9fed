import type { Answers } from '../questions/answers.ts';
import type { Brought } from '../starter/brought.ts';
import type { Framework, Project, Service } from './model.ts';
import { placed, type PlacedService } from './services.ts';

/** Decides everything that follows from a valid set of answers, and from the starters that it is for. */
export function resolveProject(answers: Answers, brought: Brought | null = null): Project {
  const database = chosen(answers.database);
  const cache = chosen(answers.cache);
  const broker = chosen(answers.broker);
  const proxy = chosen(answers.proxy);
  const mail = answers.mail !== 'none';
  const beat = answers.beat && broker !== null;
  const example = answers.example && database !== null;
  const reminders = example && broker !== null && mail;
  const services = placed(answers.services).map((service) => resolveService(service, proxy !== null, brought));
  return {
    name: answers.name,
    python: answers.python,
    database,
    cache,
    broker,
    mail,
    proxy,
    beat,
    results: results(broker, cache),
    example,
    reminders,
    tasks: tasks(broker !== null, reminders, beat && example),
    services,
    root: proxy === null ? null : (services.find(({ prefix }) => prefix === '') ?? null),
    packageIndex: brought?.index ?? null,
    company: brought?.company ?? null,
  };
}

function resolveService({ name, framework: kind, port, path }: PlacedService, proxied: boolean, brought: Brought | null): Service {
  return {
    name,
    package: packageName(name),
    framework: brought?.kinds.get(kind)?.extends ?? (kind as Framework),
    kind,
    prefix: proxied && path !== '/' ? path : '',
    port: proxied ? null : port,
  };
}

/** The Python package of a service: its name as an identifier. */
export function packageName(service: string): string {
  return service.replaceAll('-', '_');
}

function results(broker: Project['broker'], cache: Project['cache']): Project['results'] {
  if (broker === null) return null;
  if (broker !== 'rabbitmq') return { keptBy: 'broker', redis: true };
  return cache === null ? null : { keptBy: 'cache', redis: cache !== 'memcached' };
}

function tasks(broker: boolean, reminders: boolean, purge: boolean): Project['tasks'] {
  if (!broker) return [];
  const names = [reminders && 'send_reminder', purge && 'purge_done'] as const;
  const used = names.filter((name) => name !== false);
  return used.length > 0 ? used : ['ping'];
}

function chosen<T extends string>(value: T | 'none'): T | null {
  return value === 'none' ? null : (value as T);
}
