/** From the files of a starter to what it says; refused is what cannot be meant, each with its file and line. */
import valid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';
import { UserError } from '../../errors/user-error.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';
import { digestOf } from '../fetch/digest.ts';
import type { Hook, Starter, StarterFiles, StarterRef, StarterRequirements } from '../starter.ts';
import { checkAnswers } from './answers.ts';
import { readDescription, type Described, type WrittenRequirements } from './description.ts';
import { readKinds } from './kinds.ts';
import { readQuestions } from './questions.ts';
import { isFragmentName, templatePathProblem } from './places.ts';

export const DESCRIPTION = 'starter.yaml';

/**
 * @param source where it comes from, without the version, which is in it
 * @param shown what messages call its directory
 * @throws UserError (usage)
 */
export function readStarter(files: StarterFiles, source: Omit<StarterRef, 'version'>, directory: string, shown: string): Starter {
  const text = files.get(DESCRIPTION);
  if (text === undefined) throw new UserError(`${shown} holds no ${DESCRIPTION}, so it is no starter: \`pycompose starter init\` makes one`);
  const described = readDescription(text, `${shown}/${DESCRIPTION}`);
  const { description, refuse } = described;
  const kinds = readKinds(described);
  const questions = readQuestions(described);
  checkAnswers(described, kinds, questions);
  if (description.pycompose !== undefined && validRange(description.pycompose) === null) refuse(['pycompose'], `${quoted(description.pycompose)} is no range of versions: write it like ">=0.3.0 <1.0.0"`);
  const below = (directoryName: string): ReadonlyMap<string, string> => new Map([...files].filter(([path]) => path.startsWith(`${directoryName}/`)).map(([path, file]) => [path.slice(directoryName.length + 1), file]));
  const [templates, overridden, fragments] = [below('templates'), below('overridden'), below('fragments')];
  for (const path of templates.keys()) refusePath(`${shown}/templates/${path}`, templatePathProblem(path, kinds.map(({ name }) => name)));
  for (const name of fragments.keys()) refusePath(`${shown}/fragments/${name}`, isFragmentName(name) ? null : 'a fragment is called Dockerfile.STAGE, compose.yaml, or compose.override.yaml, compose.deploy.yaml or compose.test.yaml');
  for (const [name, fragment] of fragments) if (name.startsWith('Dockerfile.') && /^\s*FROM\b/im.test(fragment)) throw new UserError(`${shown}/fragments/${name}: FROM begins another stage, whose user and command would be others: leave it out`);
  for (const [index, seed] of (description.seeds ?? []).entries()) if (!templates.has(seed)) refuse(['seeds', String(index)], `${quoted(seed)} is no file below templates/${didYouMean(seed, [...templates.keys()])}`);
  return {
    ref: { ...source, version: versionOf(files, described, shown) },
    name: description.name,
    pycompose: description.pycompose ?? null,
    company: trimmed(description.company ?? {}),
    answers: description.answers ?? {},
    questions,
    kinds,
    images: description.images ?? {},
    index: indexOf(files, described),
    packages: Object.fromEntries(Object.entries(description.packages ?? {}).map(([name, { version, hashes, requires = [] }]) => [name, { version, hashes: [...hashes].sort(), dependencies: requires.map(dependency) }])),
    requirements: requirementsOf(description.requirements),
    templates,
    overridden,
    fragments,
    seeds: description.seeds ?? [],
    hints: description.hints ?? [],
    hooks: { create: hooks(files, described, 'create'), update: hooks(files, described, 'update') },
    digest: digestOf(files),
    directory,
  };
}

export function requirementsOf({ runtime = [], test = [], dev = [] }: WrittenRequirements = {}): StarterRequirements {
  return { runtime, test, dev };
}

/** `name` or `name[extra,extra]` as the catalogue has it. */
export function dependency(text: string): { readonly name: string; readonly extras?: readonly string[] } {
  const [name = '', extras] = text.replace(']', '').split('[');
  return extras === undefined ? { name } : { name, extras: extras.split(',') };
}

function refusePath(path: string, problem: string | null): void {
  if (problem !== null) throw new UserError(`${path}: ${problem}`);
}

/** package.json says it where there is one: npm knows no other. */
function versionOf(files: StarterFiles, { description, refuse }: Described, shown: string): string {
  const written = packageVersion(files.get('package.json'), shown);
  if (written !== null && description.version !== undefined && written !== description.version) refuse(['version'], `${quoted(description.version)} is not the version in package.json (${written}): leave one of them out`);
  const version = written ?? description.version;
  return version !== undefined && valid(version) === version ? version : refuse(['version'], 'there is no exact version, neither here nor in package.json: write version: 1.0.0');
}

function packageVersion(text: string | undefined, shown: string): string | null {
  if (text === undefined) return null;
  try {
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    throw new UserError(`${shown}/package.json: is no JSON`);
  }
}

function indexOf(files: StarterFiles, { description: { index }, refuse }: Described): Starter['index'] {
  if (index === undefined) return null;
  const ca = index.ca === undefined ? null : (files.get(index.ca) ?? refuse(['index', 'ca'], `${quoted(index.ca)} is no file of the starter`));
  if (ca !== null && !/^-----BEGIN CERTIFICATE-----$/m.test(ca)) refuse(['index', 'ca'], `${quoted(index.ca ?? '')} is no certificate in PEM form`);
  if (ca !== null && /PRIVATE KEY/.test(ca)) refuse(['index', 'ca'], `${quoted(index.ca ?? '')} holds a private key: a starter is read by everybody`);
  return { url: index.url.replace(/\/$/, ''), login: index.login ?? false, ca: ca === null ? null : `${ca.trim()}\n` };
}

function hooks(files: StarterFiles, { description, refuse }: Described, when: 'create' | 'update'): readonly Hook[] {
  const written = description.hooks?.[when] ?? [];
  for (const [index, [program]] of written.entries()) {
    if (!program.startsWith('hooks/') || !files.has(program)) refuse(['hooks', when, String(index)], `${quoted(program)} is no file below hooks/ of the starter`);
  }
  return written;
}

function trimmed(company: Starter['company']): Starter['company'] {
  return company.licence === undefined ? company : { ...company, licence: company.licence.trim() };
}
