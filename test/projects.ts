import type { Answers } from '../generators/questions/answers.ts';

/** The default answers with some changed. */
export function withDefaults(changes: Partial<Answers>): Answers {
  return {
    name: 'golden',
    services: [{ name: 'web', framework: 'django' }],
    database: 'postgres',
    cache: 'memcached',
    mail: 'mailpit',
    broker: 'rabbitmq',
    beat: true,
    proxy: 'nginx',
    python: '3.14',
    example: true,
    ...changes,
  };
}
