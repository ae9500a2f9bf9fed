/** The shape of a complete set of answers: what pycompose.yaml holds. */
import type { Framework, PythonVersion } from '../project/model.ts';

export interface ServiceAnswer {
  readonly name: string;
  readonly framework: Framework;
}

export interface Answers {
  readonly name: string;
  readonly services: readonly ServiceAnswer[];
  readonly database: 'postgres' | 'mariadb' | 'mysql' | 'none';
  readonly cache: 'memcached' | 'redis' | 'valkey' | 'none';
  readonly mail: 'mailpit' | 'none';
  readonly broker: 'rabbitmq' | 'redis' | 'valkey' | 'none';
  readonly beat: boolean;
  readonly proxy: 'nginx' | 'caddy' | 'none';
  readonly python: PythonVersion;
  readonly example: boolean;
}
