/** Where a starter comes from, as --starter and pycompose.yaml write it. */
import validRange from 'semver/ranges/valid.js';
import { UserError } from '../../errors/user-error.ts';
import { quoted } from '../../questions/nearest.ts';
import { parseGit } from './git-source.ts';

export type Source =
  | { readonly kind: 'path'; /** As given. */ readonly path: string }
  | { readonly kind: 'package'; readonly name: string; /** A semver range or a tag like `next`. */ readonly range: string | null }
  | { readonly kind: 'git'; /** Without `git+` and `#ref`. */ readonly url: string; /** A branch, a tag or a commit. */ readonly ref: string | null };

/** Nothing that is meant is longer. */
const LONGEST = 1_000;
const PACKAGE = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const LONGEST_PACKAGE = 214;
const TAG = /^[a-z][a-z0-9._-]*$/i;
const HOSTS: Readonly<Record<string, string>> = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' };

/** @throws UserError (usage) */
export function parseSource(text: string): Source {
  const refuse = (problem: string): never => {
    throw new UserError(`starter ${quoted(text)} ${problem}`);
  };
  if (text === '') throw new UserError('a starter has no name: give a directory (./acme-starter), a package (@acme/create-service) or a git repository (git+https://…)');
  if (text.length > LONGEST) return refuse(`is longer than ${LONGEST} characters, so it is no starter`);
  if (/\p{Cc}/u.test(text)) return refuse('has a control character: write one line of plain text');
  if (text.trim() !== text) return refuse('has white space around it: leave that out');
  if (text.startsWith('-')) return refuse(`looks like a flag: write a directory as ./${text}`);
  if (text.startsWith('~')) return refuse('begins with ~, which only a shell reads: write the whole path');
  if (text.startsWith('git+')) return { kind: 'git', ...parseGit(text.slice('git+'.length), refuse) };
  if (isPath(text)) return { kind: 'path', path: text };
  const hint = otherNotation(text);
  if (hint !== null) return refuse(hint);
  return parsePackage(text, refuse) ?? { kind: 'path', path: text };
}

/** The text without a version: what pycompose.yaml keeps as `from`. */
export function fromOf(source: Source): string {
  switch (source.kind) {
    case 'path':
      return source.path;
    case 'package':
      return source.name;
    case 'git':
      return `git+${source.url}${source.ref === null ? '' : `#${source.ref}`}`;
  }
}

function isPath(text: string): boolean {
  return text === '.' || text === '..' || /^(?:\.{0,2}[\\/]|[a-z]:)/i.test(text);
}

/** What to write for what other programs take; null when it is no such thing. */
function otherNotation(text: string): string | null {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  const host = Object.hasOwn(HOSTS, scheme) ? HOSTS[scheme] : undefined;
  if (host !== undefined) return `is written git+https://${host}/${rest.replace(/(\.git)?(#|$)/, '.git$2')}`;
  switch (scheme.toLowerCase()) {
    case '':
      // git@host:path, as ssh has it
      return /^(?:git@[^/@\s:]+|[^/@\s:]+@[^/@\s:]+\.[^/@\s:]+):/.test(text) ? `is written git+ssh://${text.replace(':', '/')}` : null;
    case 'https':
    case 'ssh':
      return `is an address: write git+${text} for a git repository, or the name of a package`;
    case 'http':
    case 'git':
      return 'is an address without encryption: write git+https://… for a git repository';
    case 'file':
      return 'is an address: write the directory by itself, or git+file:///… for a git repository';
    case 'npm':
      return `is written ${rest}`;
    default:
      return `begins with ${scheme}:, which is not known: give a directory (./…), a package or a git repository (git+https://…)`;
  }
}

/** @returns null for what is no name of a package */
function parsePackage(text: string, refuse: (problem: string) => never): Source | null {
  const at = text.indexOf('@', 1);
  const name = at < 0 ? text : text.slice(0, at);
  if (!PACKAGE.test(name) || name.length > LONGEST_PACKAGE || name === 'node_modules') return null;
  if (at < 0) return { kind: 'package', name, range: null };
  const range = text.slice(at + 1).trim();
  if (range === '') return refuse(`has no version behind the @: write ${name}, or one like ${name}@1.4.0`);
  if (validRange(range) === null && !TAG.test(range)) return refuse(`asks for ${quoted(range)}, which is no version: write a version, a range like ^1.4.0 or a tag like latest`);
  return { kind: 'package', name, range };
}
