/** Gets the files of a starter from wherever it is. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import { UserError } from '../../errors/user-error.ts';
import { quoted } from '../../questions/nearest.ts';
import type { StarterFiles } from '../starter.ts';
import { cached, keep, withWork, type Cached } from './cache.ts';
import { notFetched } from './failure.ts';
import { entriesOfCommit, fetchCommit, fetchRef, makeRepository } from './git.ts';
import { installedPackage } from './installed.ts';
import { packPackage } from './npm.ts';
import { readStarterDirectory } from './read-directory.ts';
import { PATIENCE } from './run-program.ts';
import { fromOf, type Source } from './source.ts';
import { entriesOfTarball, textIn } from './tarball.ts';

export interface Fetched {
  /** Where its files lie, absolute. */
  readonly directory: string;
  readonly files: StarterFiles;
  /** Of a git repository alone. */
  readonly commit?: string;
}

export interface Place {
  /** The directory that relative paths and node_modules are looked up from. */
  readonly from: string;
  /** The directory where fetched starters are kept. */
  readonly cache: string;
  /** How long npm or git may take for one call, in milliseconds. */
  readonly patience?: number;
}

/** A version as pycompose.yaml keeps it. */
export interface Wanted {
  readonly version: string;
  readonly commit?: string;
}

/**
 * A directory has but the version that it is in: the caller compares.
 * @param wanted `newest`, or exactly this version, with the commit for git
 * @throws UserError (usage) for what is no starter, and (failure) for one that cannot be had
 */
export function fetchStarter(source: Source, wanted: 'newest' | Wanted, place: Place): Fetched {
  switch (source.kind) {
    case 'path': {
      const directory = resolve(place.from, source.path);
      return { directory, files: readStarterDirectory(directory, source.path) };
    }
    case 'package':
      return fetchPackage(source, wanted, place);
    case 'git':
      return fetchGit(source, wanted === 'newest' ? null : (wanted.commit ?? null), place);
  }
}

function fetchPackage({ name, range }: Source & { readonly kind: 'package' }, wanted: 'newest' | Wanted, { from, cache, patience = PATIENCE }: Place): Fetched {
  const asked = wanted === 'newest' ? range : exactVersion(name, wanted.version);
  const shown = asked === null ? name : `${name}@${asked}`;
  const installed = installedPackage(name, from, (version) => asked === null || satisfies(version, asked));
  if (installed !== null) return { directory: installed, files: readStarterDirectory(installed, shown) };
  const exact = asked === null ? null : valid(asked);
  const known = exact === null ? null : cached(cache, packageKey(name, exact), shown);
  if (known !== null) return known;
  return withWork(cache, (work) => {
    const entries = entriesOfTarball(packPackage({ name, asked, shown }, from, work, patience), shown);
    const version = versionOf(textIn(entries, 'package.json'), name, shown);
    if (exact !== null && version !== exact) throw notFetched(shown, `the registry sent version ${version}`, 'ask whoever runs it');
    return keep(cache, packageKey(name, version), entries, work, shown);
  });
}

/** @param exact the commit that is wanted; null for the newest one */
function fetchGit(source: Source & { readonly kind: 'git' }, exact: string | null, { cache, patience = PATIENCE }: Place): Fetched {
  const { url, ref } = source;
  const shown = fromOf(source);
  if (exact !== null && !isCommit(exact)) throw new UserError(`starter ${shown} is wanted at commit ${quoted(exact)}, which is none: write all of its 40 hexadecimal digits`);
  const fixed = exact ?? (ref !== null && isCommit(ref) ? ref : null);
  const at = (commit: string, found: Cached): Fetched => ({ ...found, commit });
  const known = fixed === null ? null : cached(cache, gitKey(url, fixed), shown);
  if (fixed !== null && known !== null) return at(fixed, known);
  return withWork(cache, (work) => {
    const repository = makeRepository(work, shown, patience);
    const commit = fixed ?? fetchRef(repository, url, ref);
    const same = fixed === null ? cached(cache, gitKey(url, commit), shown) : null;
    if (same !== null) return at(commit, same);
    if (fixed !== null) fetchCommit(repository, url, ref, fixed);
    return at(commit, keep(cache, gitKey(url, commit), entriesOfCommit(repository, commit), work, shown));
  });
}

function exactVersion(name: string, version: string): string {
  const exact = valid(version);
  if (exact === null) throw new UserError(`starter ${name} is wanted in version ${quoted(version)}, which is none: write one like 1.4.0`);
  return exact;
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

function packageKey(name: string, version: string): readonly string[] {
  return ['packages', ...name.split('/'), version];
}

/** Addresses have characters that no name of a directory has. */
function gitKey(url: string, commit: string): readonly string[] {
  return ['git', createHash('sha256').update(url).digest('hex').slice(0, 32), commit];
}

/** The version that a package gives itself, which must be the package that was asked for. */
function versionOf(manifest: string | null, name: string, shown: string): string {
  const { name: given, version } = manifest === null ? {} : parsed(manifest);
  if (given !== name || typeof version !== 'string' || valid(version) === null) throw notFetched(shown, `what the registry sent is no package ${name}`, 'ask whoever published it');
  return valid(version) ?? version;
}

function parsed(manifest: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    return (JSON.parse(manifest) ?? {}) as { readonly name?: unknown };
  } catch {
    return {};
  }
}
