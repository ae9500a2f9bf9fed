/** `pycompose starter init`: writes a starter, as a package with a test of its own. */
import { basename, relative, resolve } from 'node:path';
import { printable, quotePath } from '../../cli/printable.ts';
import { EXIT, UserError, type ExitCode } from '../../errors/user-error.ts';
import { applyPlan } from '../../plan/apply.ts';
import { conflictError } from '../../plan/conflicts.ts';
import { planCreate } from '../../plan/create.ts';
import { checkDirectory, inspectPath } from '../../plan/disk.ts';
import { quoted } from '../../questions/nearest.ts';
import { print } from '../../render/ejs.ts';
import type { RenderedFile, Sources, TemplateContext } from '../../render/file-map.ts';
import { json } from '../../render/json.ts';
import { starterSchema } from '../read/schema.ts';
import { initName } from '../refs.ts';
import type { StarterArguments, StarterWorld } from './run.ts';

/** What the templates of the package see. */
interface PackageContext {
  /** The package's own name. */
  readonly name: string;
  readonly starter: string;
  readonly organisation: string;
  /** Our version, which it depends on. */
  readonly version: string;
  /** What `npm init` calls it. */
  readonly init: string;
}

const BELOW = 'starter/';
const SCHEMA = '.pycompose/starter-schema.json';
const PACKAGE_NAME = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

export function runInit(given: StarterArguments, world: StarterWorld, sources: Sources): ExitCode {
  const directory = resolve(world.cwd, given.words[0] ?? 'starter');
  const shown = relative(world.cwd, directory) || '.';
  const name = given.values.get('name') ?? `create-${slug(basename(directory))}`;
  if (!PACKAGE_NAME.test(name) || name.length > 214) throw new UserError(`--name: ${quoted(name)} is no name of a package: write one like @acme/create-service`);
  const init = initName(name);
  if (init === null) throw new UserError(`--name: ${quoted(name)} cannot be called by npm init: begin it with create-, like ${name.startsWith('@') ? name.replace('/', '/create-') : `create-${name}`}`);
  const starter = slug(name.startsWith('@') ? name.slice(1).replace(/\/.*/, '') : name.replace(/^create-/, ''));
  const organisation = given.values.get('organisation') ?? starter;
  if (/[\p{Cc}"\\]/u.test(organisation) || organisation.length > 200) throw new UserError(`--organisation: ${quoted(organisation)} has a quotation mark, a backslash or a control character, or is too long`);
  checkDirectory(directory, shown);
  const plan = planCreate(directory, files(sources, { name, starter, organisation, version: sources.version, init }), [], (path) => inspectPath(directory, path, false));
  const refused = conflictError(plan, shown);
  if (refused !== null) throw refused;
  applyPlan(plan);
  if (given.switches.has('json')) world.print(json({ command: given.command, directory, name, files: plan.files.map(({ path, action }) => ({ path, action })) }));
  else world.print(`${plan.files.length} files in ${printable(shown)}\n\nNext:\n${shown === '.' ? '' : `  cd ${quotePath(shown)}\n`}  npm install\n  npm test                      checks the starter, and makes a project with it\n  node bin.js ../try            makes one to look at\n`);
  return EXIT.ok;
}

function files(sources: Sources, context: PackageContext): ReadonlyMap<string, RenderedFile> {
  const own = [...sources.templates.keys()].filter((path) => path.startsWith(BELOW)).sort();
  const printed = own.map((path): [string, RenderedFile] => {
    const text = print(sources, path.replace(/\.ejs$/, ''), context as unknown as TemplateContext);
    return [outputOf(path.slice(BELOW.length)), { text, mode: text.startsWith('#!') ? 0o755 : 0o644, ownership: 'managed' }];
  });
  return new Map([...printed, [SCHEMA, { text: json(starterSchema), mode: 0o644, ownership: 'managed' }]]);
}

/** Templates of the starter itself keep their ending, which ours has a second time. */
function outputOf(path: string): string {
  return path.replace(/\.ejs$/, '').replace(/^_(?!_)/, '.');
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40) || 'company';
}
