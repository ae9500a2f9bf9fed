/** What must hold whatever the answers, the edits and the changes: random projects, lived in at random. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { writeAnswers } from '../generators/answers/write.ts';
import { checkTogether } from '../generators/answers/layers.ts';
import { withoutService, withService } from '../generators/project/services.ts';
import type { Answers, ServiceAnswer } from '../generators/questions/answers.ts';
import { allQuestions, offered, type QuestionKey } from '../generators/questions/table.ts';
import type { Sources } from '../generators/render/file-map.ts';
import { renderedFiles } from '../generators/render/project-files.ts';
import { withDefaults } from './projects.ts';
import { differences, laterSources, LivingTestProject, sources, VERSION } from './tools/living.ts';

/** Random runs of each of the five properties: 2,000 in all. */
const RUNS = Number(process.env['RUNS'] ?? 400);

const later = laterSources({
  'service/common/deploy/gunicorn.conf.py.ejs': (text) => text.replace(/^(import|bind)/m, '# Of the next version.\n$1'),
  'service/common/Dockerfile.ejs': (text) => text.replace(/^ENTRYPOINT|^CMD|^USER/m, (line) => `LABEL next="yes"\n${line}`),
  'project/_gitignore.ejs': (text) => `${text}/next/\n`,
  'project/run.ejs': (text) => text.replace('set -eu', 'set -eu\n# Of the next version.'),
});

const service = fc.record({ name: fc.constantFrom('web', 'api', 'find', 'shop-cart'), framework: fc.constantFrom('django', 'flask', 'fastapi') }) as fc.Arbitrary<ServiceAnswer>;

function choices(key: QuestionKey): fc.Arbitrary<string> {
  const question = allQuestions.find((candidate) => candidate.key === key);
  if (question?.kind !== 'choice') throw new Error(`${key} is no choice`);
  return fc.constantFrom(...offered(question).map(({ value }) => value));
}

const answers: fc.Arbitrary<Answers> = fc
  .record({
    services: fc.uniqueArray(service, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
    database: choices('database'),
    cache: choices('cache'),
    mail: choices('mail'),
    broker: choices('broker'),
    beat: fc.boolean(),
    proxy: choices('proxy'),
    python: choices('python'),
    example: fc.boolean(),
  })
  .map((record) => withDefaults({ ...record, beat: record.beat && record.broker !== 'none', example: record.example && record.database !== 'none' } as Partial<Answers>))
  .filter((complete) => {
    try {
      checkTogether(complete, {});
      return true;
    } catch {
      return false;
    }
  });

/** Something that a user does to one of the files; `where` picks the file and the line. */
type Edit = { readonly kind: 'append' | 'insert' | 'change' | 'delete' | 'chmod' | 'crlf' | 'add'; readonly where: number };
const edits: fc.Arbitrary<readonly Edit[]> = fc.array(fc.record({ kind: fc.constantFrom('append', 'insert', 'insert', 'change', 'delete', 'chmod', 'crlf', 'add'), where: fc.nat(1_000_000) }) as fc.Arbitrary<Edit>, { minLength: 1, maxLength: 8 });

function versionOf(isNewer: boolean): Sources {
  return isNewer ? later : sources;
}

/** Edits the project, and gives the lines that no run may lose, with the file that each is in. */
function live(project: LivingTestProject, given: Answers, todo: readonly Edit[]): readonly { readonly path: string; readonly line: string }[] {
  const paths = [...renderedFiles(given, sources).keys()].filter((path) => !path.startsWith('.pycompose/') && path !== 'pycompose.yaml');
  const mine: { path: string; line: string }[] = [];
  for (const [index, { kind, where }] of todo.entries()) {
    const path = paths[where % paths.length] ?? '';
    if (kind === 'add') project.write(`services/mine/file-${index}.txt`, 'mine\n');
    if (kind === 'add' || !existsSync(project.path(path))) continue;
    if (kind === 'delete') {
      project.delete(path);
      mine.splice(0, mine.length, ...mine.filter((edit) => edit.path !== path));
      continue;
    }
    if (kind === 'chmod') {
      project.chmod(path, 0o600 + (where % 2 === 0 ? 0o100 : 0));
      continue;
    }
    const lines = project.read(path).split('\n');
    const at = where % Math.max(1, lines.length - 1);
    const line = `# edit ${index}`;
    if (kind === 'append') lines.splice(lines.length - 1, 0, line);
    if (kind === 'insert') lines.splice(at, 0, line);
    if (kind === 'change') lines[at] = line;
    project.write(path, kind === 'crlf' ? lines.join('\n').replaceAll(/\r?\n/g, '\r\n') : lines.join('\n'));
    // what is written over an earlier edit, or put into the middle of one with other ends of lines, is another text
    if (kind === 'append' || kind === 'insert') mine.push({ path, line });
    if (kind === 'change') mine.push({ path, line });
  }
  return mine.filter(({ path, line }) => existsSync(project.path(path)) && project.read(path).split(/\r?\n/).includes(line));
}

/** What the Compose files say of the processes of all services but one. */
function siblingParts(project: LivingTestProject, given: Answers, name: string): unknown {
  const siblings = given.services.map((sibling) => sibling.name).filter((sibling) => sibling !== name);
  return ['compose.yaml', 'compose.override.yaml', 'compose.deploy.yaml', 'compose.test.yaml'].map((file) => {
    if (!existsSync(project.path(file))) return null;
    const document = parseDocument(project.read(file), { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) return null;
    const services = ((document.toJS() as { services?: Record<string, unknown> } | null)?.services ?? {}) as Record<string, unknown>;
    return Object.entries(services).filter(([process]) => siblings.some((sibling) => [sibling, `${sibling}-migrate`, `${sibling}-worker`, `${sibling}-beat`].includes(process)));
  });
}

function wantAnswers(project: LivingTestProject, changed: Answers): void {
  project.write('pycompose.yaml', writeAnswers(changed));
}

/** Runs a command that must end well; gives false where an edit has made a file that nothing can read, which stops every run. */
async function succeed(project: LivingTestProject, line: string, from = sources): Promise<boolean> {
  const before = project.snapshot();
  const outcome = await project.run(line, { sources: from });
  if (outcome.code === 3 && / cannot be read, /.test(outcome.err)) {
    expect(differences(before, project.snapshot())).toEqual([]);
    return false;
  }
  const markers = line.includes('markers') && [...project.snapshot().values()].some((text) => text.includes('<<<<<<< yours'));
  expect({ line, ...outcome }).toMatchObject({ code: markers ? 3 : 0 });
  return true;
}

async function holds(property: fc.IAsyncPropertyWithHooks<[...unknown[]]> | fc.IAsyncProperty<[...unknown[]]>): Promise<void> {
  await fc.assert(property as fc.IAsyncProperty<[...unknown[]]>, { numRuns: RUNS, ...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }) });
}

async function within(given: Answers, body: (project: LivingTestProject) => Promise<void>): Promise<void> {
  const project = new LivingTestProject(given);
  try {
    await body(project);
  } finally {
    project.remove();
  }
}

/** Whether a later version of the generator runs. */
const newer = fc.boolean();
const policy = fc.constantFrom('keep', 'take', 'markers');

describe('for random projects', () => {
  it('(a) without an edit a merge gives what a new project would be', async () => {
    await holds(
      fc.asyncProperty(answers, answers, newer, (given, wanted, isNewer) =>
        within(given, async (project) => {
          const from = versionOf(isNewer);
          wantAnswers(project, wanted);
          await succeed(project, 'update', from);
          const after = project.snapshot();
          const fresh = new LivingTestProject(wanted, from);
          const history = [...renderedFiles(given, sources)].filter(([, { ownership }]) => ownership === 'history').map(([path]) => path);
          // migrations and secrets stay, and the directories that hold them
          const stays = (path: string): boolean => path.startsWith('secrets') || history.some((kept) => kept === path || kept.startsWith(`${path}/`));
          expect(differences(after, fresh.snapshot()).filter((path) => !stays(path))).toEqual([]);
          fresh.remove();
        }),
      ),
    );
  }, 600_000);

  it('(b) without a change of the templates the bytes of the user stay', async () => {
    await holds(
      fc.asyncProperty(answers, edits, policy, (given, todo, side) =>
        within(given, async (project) => {
          live(project, given, todo);
          const before = project.snapshot();
          await succeed(project, `update --on-conflict ${side}`);
          expect(differences(before, project.snapshot())).toEqual([]);
        }),
      ),
    );
  }, 600_000);

  it('(c) a second run has nothing to do, and no edit is lost', async () => {
    await holds(
      fc.asyncProperty(answers, answers, edits, newer, fc.constantFrom('keep', 'markers'), (given, wanted, todo, isNewer, side) =>
        within(given, async (project) => {
          const from = versionOf(isNewer);
          const mine = live(project, given, todo);
          wantAnswers(project, wanted);
          if (!(await succeed(project, `update --on-conflict ${side}`, from))) return;
          for (const { path, line } of mine) expect(project.read(path).split(/\r?\n/)).toContain(line);
          const after = project.snapshot();
          expect(await project.run('update', { sources: from })).toMatchObject({ code: 0, out: expect.stringContaining('nothing to do') });
          expect(differences(after, project.snapshot())).toEqual([]);
        }),
      ),
    );
  }, 600_000);

  it('(d) undo brings every byte and mode back, and undo again does it again', async () => {
    await holds(
      fc.asyncProperty(answers, answers, edits, newer, policy, (given, wanted, todo, isNewer, side) =>
        within(given, async (project) => {
          const from = versionOf(isNewer);
          live(project, given, todo);
          wantAnswers(project, wanted);
          const before = project.snapshot();
          if (!(await succeed(project, `update --on-conflict ${side}`, from))) return;
          const after = project.snapshot();
          if (differences(before, after).length === 0) return;
          await succeed(project, 'undo', from);
          expect(differences(before, project.snapshot())).toEqual([]);
          await succeed(project, 'undo', from);
          expect(differences(after, project.snapshot())).toEqual([]);
        }),
      ),
    );
  }, 600_000);

  it('(e) the siblings of a service never move', async () => {
    await holds(
      fc.asyncProperty(answers, service, edits, newer, fc.boolean(), (given, one, todo, isNewer, removal) =>
        within(given, async (project) => {
          const from = versionOf(isNewer);
          const name = removal ? (given.services[0]?.name ?? '') : one.name;
          const wanted = removal ? withoutService(given, name) : withService(given, one);
          if (wanted.services.length === 0) return;
          try {
            checkTogether(wanted, {});
          } catch {
            return;
          }
          live(project, given, todo);
          const before = project.snapshot();
          const parts = siblingParts(project, given, name);
          await succeed(project, removal ? `remove ${name} --on-conflict take` : `service ${name} --framework ${one.framework} --on-conflict take`, from);
          const siblings = given.services.map((sibling) => sibling.name).filter((sibling) => sibling !== name);
          const moved = differences(before, project.snapshot());
          expect(moved.filter((path) => siblings.some((sibling) => path.startsWith(`services/${sibling}/`) || path.startsWith(`secrets/${sibling}_`)))).toEqual([]);
          expect(siblingParts(project, given, name)).toEqual(parts);
        }),
      ),
    );
  }, 600_000);
});

it('the tests run on the version that they say', () => {
  expect([sources.version, later.version]).toEqual([VERSION, '1.1.0']);
});
