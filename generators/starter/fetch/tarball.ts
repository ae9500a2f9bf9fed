/**
 * Reads the tarball of a package, in memory. npm's own unpacking comes only with an installation of all that the package
 * depends on, and there is not a tar on every system; here nothing can be written, let alone through a link.
 */
import { gunzipSync } from 'node:zlib';
import { UserError } from '../../errors/user-error.ts';
import { textOf } from '../../plan/seen.ts';
import { isOfStarter } from './contents.ts';
import type { Entry } from './entry.ts';
import { limitsFor } from './limits.ts';
import { tarMembers } from './tar-members.ts';

/** Of the whole package, whose part that we read has stricter limits. */
export const MOST_PACKED = 32 * 1024 ** 2;
const MOST_UNPACKED = 4 * MOST_PACKED;

/** @throws UserError (usage) */
export function entriesOfTarball(packed: Uint8Array, shown: string): readonly Entry[] {
  const limits = limitsFor(shown);
  const entries: Entry[] = [];
  for (const { path: full, kind, bytes, executable } of tarMembers(unpacked(packed, shown), () => damaged(shown))) {
    if (full.startsWith('/') || full.split('/').includes('..')) limits.refuse(full, 'leads out of the package: it is no package of npm');
    // npm leaves the first directory out, whatever it is called
    const path = full.replace(/^[^/]*\//, '');
    if (kind === 'directory' || !isOfStarter(path)) continue;
    if (kind === 'link') limits.refuse(path, 'is a link, which is not followed: put the file itself there');
    if (kind === 'other') limits.refuse(path, 'is no plain file: remove it');
    limits.file(path, bytes.length);
    entries.push({ path, bytes, executable });
  }
  return entries;
}

/** A text in a package; null when it is not there. */
export function textIn(entries: readonly Entry[], path: string): string | null {
  const entry = entries.find((candidate) => candidate.path === path);
  return entry === undefined ? null : textOf(Buffer.from(entry.bytes));
}

function unpacked(packed: Uint8Array, shown: string): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(shown);
    throw new UserError(`starter ${shown} is larger than ${MOST_UNPACKED / 1024 ** 2} MB: is it the right one? A starter consists of templates alone`);
  }
}

function damaged(shown: string): UserError {
  return new UserError(`starter ${shown} is damaged: what its registry sent is no tarball of a package; ask whoever published it`);
}
