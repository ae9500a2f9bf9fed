/** What a starter is: a company's data that changes the questions, the files and the images of its projects. */
import type { LockedPackage } from '../catalog/graph.ts';
import type { Framework } from '../project/model.ts';
import type { OwnQuestion } from '../questions/table.ts';

/** Which starter it is, as pycompose.yaml keeps it. */
export interface StarterRef {
  /** A path, the name of a package, or `git+URL`, as `--starter` takes it, without a version. */
  readonly from: string;
  /** The exact version, `major.minor.patch`. */
  readonly version: string;
  /** The commit that a git repository was at, in 40 hexadecimal digits. */
  readonly commit?: string;
}

/** What a starter says of one question. */
export interface AnswerRule {
  /** The value that cannot be changed: text, a truth value, or for services a mapping of names to kinds. */
  readonly locked?: unknown;
  readonly default?: unknown;
  /** The only values that can be chosen; for services, the kinds. */
  readonly allowed?: readonly unknown[];
  /** The company's reason, printed when something else is asked for. */
  readonly because?: string;
}

/** A kind of service of the company's own, on top of one of our frameworks. */
export interface ServiceKind {
  readonly name: string;
  /** What the kind brings, as one phrase under the prompt. */
  readonly brings: string;
  readonly extends: Framework;
  readonly requirements: StarterRequirements;
}

/** Names of packages, which the starter or our catalogue locks, by the file that lists them; extras in brackets. */
export interface StarterRequirements {
  readonly runtime: readonly string[];
  readonly test: readonly string[];
  readonly dev: readonly string[];
}

export interface PackageIndex {
  /** Of the simple API (PEP 503), without a login in it. */
  readonly url: string;
  /** Whether it needs a login, which each user puts into secrets/. */
  readonly login: boolean;
  /** The PEM text of the certificate authority that the index is signed by; null for a public one. */
  readonly ca: string | null;
}

/** Facts of the company, as templates see them; each is '' where the starter does not say it. */
export interface Company {
  readonly organisation: string;
  readonly owner: string;
  readonly contact: string;
  /** The lines at the head of each generated source, without comment signs. */
  readonly licence: string;
  /** Whatever else the starter says, for its own templates. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A program of the starter and its arguments; the program is a file of the starter. */
export type Hook = readonly [program: string, ...rest: string[]];

export interface Starter {
  readonly ref: StarterRef;
  readonly name: string;
  /** The range of our versions that it works with; null for any. */
  readonly pycompose: string | null;
  readonly company: Partial<Company>;
  readonly answers: Readonly<Record<string, AnswerRule>>;
  readonly questions: readonly OwnQuestion[];
  readonly kinds: readonly ServiceKind[];
  /** Where images come from: by the name in our catalogue, or by a prefix of the full reference. */
  readonly images: Readonly<Record<string, string>>;
  readonly index: PackageIndex | null;
  /** Locked packages that our catalogue does not have, or has in another version. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
  readonly requirements: StarterRequirements;
  /** Path below templates/ to text; the same path as one of ours takes its place. */
  readonly templates: ReadonlyMap<string, string>;
  /** Of each overridden template ours as it was then, for telling when ours has changed since. */
  readonly overridden: ReadonlyMap<string, string>;
  /** Name below fragments/, like `Dockerfile.runtime` or `compose.deploy.yaml`, to text. */
  readonly fragments: ReadonlyMap<string, string>;
  /** Paths below templates/ of added files that are their users' from the first edit on. */
  readonly seeds: readonly string[];
  readonly hints: readonly string[];
  readonly hooks: { readonly create: readonly Hook[]; readonly update: readonly Hook[] };
  /** SHA-256 of all its files, in hexadecimal: what trust is given to. */
  readonly digest: string;
  /** Where its files lie, absolute; hooks are run from there. */
  readonly directory: string;
}

/** The files of a starter, read without following a link: path to text. */
export type StarterFiles = ReadonlyMap<string, string>;
