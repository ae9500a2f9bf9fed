/** The scaffolder action pycompose:create: answers in by --config, the result out by --json. */
import { createBackendModule } from '@backstage/backend-plugin-api';
import { createTemplateAction, scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { execFile } from 'node:child_process';

/** The package that projects are made with: your starter's, in an exact version. */
const PACKAGE = 'create-pycompose@0.3.0';

interface Result {
  readonly rerun: string;
  readonly files: readonly { readonly path: string; readonly action: string }[];
  readonly error?: { readonly message: string };
}

/** Runs pycompose in a directory; its output is JSON, whether it succeeds or not. */
function pycompose(directory: string, answers: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = execFile('npx', ['--yes', PACKAGE, '.', '--config', '-', '--yes', '--json'], { cwd: directory, maxBuffer: 64 * 1024 * 1024 }, (failure, stdout, stderr) => {
      try {
        const result = JSON.parse(stdout) as Result;
        if (result.error) reject(new Error(result.error.message));
        else resolve(result);
      } catch {
        reject(failure ?? new Error(stderr));
      }
    });
    child.stdin?.end(JSON.stringify(answers));
  });
}

const create = createTemplateAction({
  id: 'pycompose:create',
  description: 'Writes a Docker Compose project for Python web services into the workspace',
  schema: {
    input: {
      services: (z) => z.array(z.object({ name: z.string(), framework: z.string() })).min(1),
      answers: (z) => z.record(z.string(), z.any()).optional(),
    },
    output: {
      summary: (z) => z.string(),
      rerun: (z) => z.string(),
    },
  },
  async handler(ctx) {
    const services = Object.fromEntries(ctx.input.services.map(({ name, framework }) => [name, { framework }]));
    const { files, rerun } = await pycompose(ctx.workspacePath, { ...ctx.input.answers, services });
    ctx.logger.info(`pycompose wrote ${files.length} files; the same again: ${rerun}`);
    ctx.output('summary', `${files.length} files. Run \`./run up\` in a clone to start it.`);
    ctx.output('rerun', rerun);
  },
});

export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'pycompose',
  register({ registerInit }) {
    registerInit({
      deps: { scaffolder: scaffolderActionsExtensionPoint },
      async init({ scaffolder }) {
        scaffolder.addActions(create);
      },
    });
  },
});
