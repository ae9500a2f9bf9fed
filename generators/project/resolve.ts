import type { Answers, ServiceAnswer } from '../questions/answers.ts';
import type { Project, Service } from './model.ts';

/** The first host port that services publish when there is no proxy in front of them. */
const FIRST_PORT = 8000;

/** Decides everything that follows from a valid set of answers. */
export function resolveProject(answers: Answers): Project {
  const database = chosen(answers.database);
  const cache = chosen(answers.cache);
  const broker = chosen(answers.broker);
  const proxy = chosen(answers.proxy);
  const mail = answers.mail !== 'none';
  const beat = answers.beat && broker !== null;
  const example = answers.example && database !== null;
  const reminders = example && broker !== null && mail;
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
    services: answers.services.map((service, index) => resolveService(service, index, proxy !== null)),
  };
}

function resolveService({ name, framework }: ServiceAnswer, index: number, proxied: boolean): Service {
  return {
    name,
    package: packageName(name),
    framework,
    prefix: proxied && index > 0 ? `/${name}` : '',
    port: proxied ? null : FIRST_PORT + index,
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
