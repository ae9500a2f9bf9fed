/**
 * The resolved project: everything a template or a compose builder may ask, decided once.
 * Made by resolve.ts from the answers; read by generators/render and never changed.
 */

import type { Company, PackageIndex } from '../starter/starter.ts';

export type Framework = 'django' | 'flask' | 'fastapi';
export type Database = 'postgres' | 'mariadb';
export type Cache = 'memcached' | 'redis' | 'valkey';
export type Broker = 'rabbitmq' | 'redis' | 'valkey';
export type Proxy = 'nginx' | 'caddy';
export type PythonVersion = '3.12' | '3.13' | '3.14';

export interface Project {
  /** Compose project name, also the directory's default name: `[a-z0-9][a-z0-9_-]*`. */
  readonly name: string;
  readonly python: PythonVersion;
  readonly database: Database | null;
  readonly cache: Cache | null;
  readonly broker: Broker | null;
  /** Mailpit in development and SMTP by environment in deploy. */
  readonly mail: boolean;
  readonly proxy: Proxy | null;
  /** A Celery beat process for each service; only with a broker. */
  readonly beat: boolean;
  /** Where Celery keeps results: a Redis-like broker, else the cache, else nowhere; `redis` is true for Valkey, too. */
  readonly results: { readonly keptBy: 'broker' | 'cache'; readonly redis: boolean } | null;
  /** The to-do application; only with a database. */
  readonly example: boolean;
  /** The example's reminder mails: with a broker and mail. */
  readonly reminders: boolean;
  /** Celery tasks that the services define, in the order of their file: `ping` when there is nothing else to run. */
  readonly tasks: readonly ('send_reminder' | 'purge_done' | 'ping')[];
  /** At least one. */
  readonly services: readonly Service[];
  /** The service that the proxy has at `/`; null where none is there, or there is no proxy. */
  readonly root: Service | null;
  /** The company's package index that images are built from; null for the public one. */
  readonly packageIndex: PackageIndex | null;
  /** What the company's starter says of it; null without a starter. */
  readonly company: Company | null;
}

export interface Service {
  /** Compose service name and directory below services/. */
  readonly name: string;
  /** The service's one top-level Python package, also its database, role, vhost and key prefix. */
  readonly package: string;
  readonly framework: Framework;
  /** Its framework, or the kind of a starter that is built on it. */
  readonly kind: string;
  /** The path that the proxy strips: '' for the service at `/`, '/NAME' for the others; always '' without a proxy. */
  readonly prefix: string;
  /** Without a proxy: the host port published on loopback unless .env says another; null with one. */
  readonly port: number | null;
}
