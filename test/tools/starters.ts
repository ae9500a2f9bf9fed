/** Starters on the disk, for tests: a description and files, in a directory of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readStarterDirectory } from '../../generators/starter/fetch/read-directory.ts';
import { readStarter } from '../../generators/starter/read/starter.ts';
import type { Starter } from '../../generators/starter/starter.ts';

/** A company's usual starter, without files. */
export const ACME = `name: acme
version: 1.4.0
company: { organisation: Acme, owner: Platform Team, contact: platform@acme.example }
answers:
  database: { locked: postgres, because: only PostgreSQL is backed up here }
  cache: { default: redis, allowed: [redis, valkey], because: memcached is not monitored }
  services: { default: { web: django }, allowed: [django, audit] }
questions:
  cost_centre: { kind: text, message: Cost centre, help: four digits, pattern: "[0-9]{4}" }
  region: { kind: choice, message: Region, help: where it runs, choices: { eu: Frankfurt, us: Virginia } }
  pci: { kind: switch, message: Card data, help: whether it sees card numbers }
kinds:
  audit: { extends: fastapi, brings: "Append-only audit log" }
hints: ["Register the project: https://portal.acme.example/new"]
`;

export class StarterDirectory {
  readonly directory: string;
  readonly #work: string;

  constructor(files: Readonly<Record<string, string>>, name = 'acme') {
    this.#work = mkdtempSync(join(tmpdir(), 'pycompose-starter-'));
    this.directory = join(this.#work, name);
    mkdirSync(this.directory);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string | Buffer): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  path(path: string): string {
    return join(this.directory, path);
  }

  read(): Starter {
    return readStarter(readStarterDirectory(this.directory, this.directory), { from: this.directory }, this.directory, 'acme');
  }

  remove(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }
}
