import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answers } from '../generators/questions/answers.ts';
import type { FileMap } from '../generators/render/file-map.ts';

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

/** Puts rendered files below a directory, with their modes. */
export function writeFiles(directory: string, files: FileMap): void {
  for (const [path, { text, mode }] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
    chmodSync(join(directory, path), mode);
  }
}
