/** Which starters may run programs here: `trusted.json` in the user's directory for configuration. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemReason } from '../../errors/system-reason.ts';
import { EXIT, UserError } from '../../errors/user-error.ts';
import { quietly, realDisk } from '../../journal/disk.ts';
import { json } from '../../render/json.ts';

/** One content of a starter: another version, or the same one with other files, is not trusted by that. */
export interface TrustedStarter {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of all its files. */
  readonly digest: string;
}

const FILE = 'trusted.json';
/** The rights of everybody but the owner to write. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * @param config the user's directory for configuration
 * @throws UserError (failure) when the file cannot be relied on
 */
export function isTrusted(config: string, starter: TrustedStarter): boolean {
  return readTrusted(config).some((known) => isSame(known, starter));
}

/** @throws UserError (failure) when that cannot be kept */
export function trust(config: string, { name, version, digest }: TrustedStarter): void {
  const known = readTrusted(config);
  const starter = { name, version, digest };
  if (known.some((other) => isSame(other, starter))) return;
  const path = join(config, FILE);
  const made = join(config, `.${FILE}-${randomUUID()}`);
  try {
    mkdirSync(config, { recursive: true, mode: 0o700 });
    // whoever writes to the directory could put another file in place of ours
    quietly(() => chmodSync(config, 0o700));
    realDisk.write(made, Buffer.from(json({ trusted: [...known, starter] })), 0o600);
    realDisk.rename(made, path);
  } catch (error) {
    quietly(() => realDisk.remove(made));
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${path} cannot be written: ${systemReason(code)}; put that right, or say --trust each time`, EXIT.failure);
  }
}

function isSame(one: TrustedStarter, other: TrustedStarter): boolean {
  return one.name === other.name && one.version === other.version && one.digest === other.digest;
}

function readTrusted(config: string): readonly TrustedStarter[] {
  const path = join(config, FILE);
  const text = textIn(path);
  if (text === null) return [];
  const content = parsed(text);
  if (content === null) throw new UserError(`${path} is damaged: mend it, or delete it to be asked again which starters to trust`, EXIT.failure);
  return content;
}

/** @returns null when there is none */
function textIn(path: string): string | null {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & WRITABLE_BY_OTHERS) !== 0) throw new UserError(`${path} can be written by others, so it says nothing of whom you trust: look through it, then chmod 600 it`, EXIT.failure);
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (error instanceof UserError || code === undefined) throw error;
    throw new UserError(`${path} cannot be read (${code}): check its permissions`, EXIT.failure);
  }
}

/** @returns null for what is not of our making */
function parsed(text: string): readonly TrustedStarter[] | null {
  try {
    const { trusted }: { readonly trusted?: unknown } = Object(JSON.parse(text));
    return Array.isArray(trusted) && trusted.every(isStarter) ? trusted : null;
  } catch {
    return null;
  }
}

function isStarter(entry: unknown): entry is TrustedStarter {
  const { name, version, digest }: Readonly<Record<string, unknown>> = Object(entry);
  return [name, version].every((text) => typeof text === 'string' && text !== '') && typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest);
}
