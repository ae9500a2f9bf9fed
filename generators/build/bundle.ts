/** Bundles the program and the generator into dist/, with every package they stand on and its licence inside. */
import { build, type Metafile, type Plugin } from 'esbuild';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allCommands } from '../cli/commands.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

/** Packages that Yeoman imports for what we never ask of it, replaced by something empty. */
const UNUSED: Readonly<Record<string, string>> = {
  // installs missing generators from the registry; ours is registered by hand
  'fly-import': 'export class FlyRepository {} export const flyImport = undefined;',
  // starts programs for generators; ours starts none
  execa: 'export const execa = undefined; export const execaSync = undefined; export const execaCommand = undefined; export const execaCommandSync = undefined; export const parseCommandString = undefined;',
  // asks git about the project and the user
  'simple-git': 'export const CheckRepoActions = undefined; export const CleanOptions = undefined; export const simpleGit = undefined;',
  // asks a registry for newer versions
  'latest-version': 'export default undefined;',
};

const unused: Plugin = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${Object.keys(UNUSED).join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] ?? '', loader: 'js' }));
  },
};

/** Yeoman reads the versions of its own packages from package.json at run time; a bundle has none, so they are put in. */
const ownVersions: Plugin = {
  name: 'own-versions',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/](@?yeoman[^\\/]*|mem-fs-editor)[\\/].*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const own = (file: string): string => {
        const { name, version } = JSON.parse(readFileSync(join(dirname(path), file), 'utf8')) as { name: string; version: string };
        return JSON.stringify({ name, version });
      };
      const contents = text
        .replace(/require\('((?:\.\.\/)+package\.json)'\)/g, (_, file: string) => own(file))
        .replace(/JSON\.parse\(readFileSync\(\w+\(_dirname, '((?:\.\.\/)+package\.json)'\), 'utf8'\)\)/g, (_, file: string) => own(file))
        .replace("JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json')).toString())", () => own('../package.json'));
      return { contents, loader: 'js' };
    });
  },
};

const options = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  minify: true,
  metafile: true,
  legalComments: 'none',
  outdir: dist,
  absWorkingDir: root,
  // CommonJS packages inside the bundle still call require for Node's own modules
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  plugins: [unused, ownVersions],
} as const;

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  ...options,
  plugins: [...options.plugins],
  entryPoints: {
    main: 'generators/cli/bin.ts',
    create: 'generators/cli/create.ts',
    ...Object.fromEntries(['app', ...allCommands.map(({ name }) => name)].map((name) => [`generators/${name}/index`, `generators/${name}/index.ts`])),
  },
  chunkNames: 'chunks/[name]-[hash]',
});
// a thread's program, in one file; QuickJS looks for its WebAssembly beside it, by the name that it has in its package
const sandbox = await build({ ...options, splitting: false, plugins: [...options.plugins], entryPoints: { 'sandbox-worker': 'generators/starter/sandbox/worker.ts' } });
cpSync(fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')), join(dist, 'emscripten-module.wasm'));
writeFileSync(join(dist, 'bin.cjs'), readFileSync(join(root, 'generators/cli/bin.cjs')));
chmodSync(join(dist, 'bin.cjs'), 0o755);
cpSync(join(root, 'generators/build/create.d.ts'), join(dist, 'create.d.ts'));
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences([metafile, sandbox.metafile]));

/** The licence texts of all packages that ended up in the bundle. */
function licences(bundles: readonly Metafile[]): string {
  const directories = new Set(bundles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap((input) => /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const texts = [...directories].sort().map((directory) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
    const file = readdirSync(join(root, directory)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licensed under ${license ?? 'terms its package does not state'}.` : readFileSync(join(root, directory, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  if (!existsSync(dist)) throw new Error('nothing was bundled');
  return `create-pycompose contains these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
