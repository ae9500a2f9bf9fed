import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { nextSteps } from '../generators/cli/report.ts';
import { rerunCommand } from '../generators/cli/rerun.ts';
import { allCommands, COMMON_FLAGS, POLICIES, WRITING_FLAGS } from '../generators/cli/commands.ts';
import { planCreate } from '../generators/plan/create.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { secretNames } from '../generators/project/secrets.ts';
import { projectFiles } from '../generators/render/project-files.ts';
import { loadSources } from '../generators/render/sources.ts';
import { withDefaults } from './projects.ts';
import { optionsDocument } from '../generators/cli/options-document.ts';
import { allStarterCommands } from '../generators/cli/starter-commands.ts';
import { FINDINGS } from '../generators/starter/checks/finding.ts';
import { starterSchema } from '../generators/starter/read/schema.ts';
import { allQuestions, flagName, offered } from '../generators/questions/table.ts';

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('docs/options.md is what npm run docs writes', () => {
  expect(text('docs/options.md')).toBe(optionsDocument());
});

it('the README shows what a run prints', () => {
  const answers = withDefaults({ name: 'shop', services: [{ name: 'web', framework: 'django' }, { name: 'search', framework: 'fastapi' }] });
  const plan = planCreate('/shop', projectFiles(answers, loadSources(fileURLToPath(new URL('..', import.meta.url)), '0.2.0')), secretNames(resolveProject(answers)), () => ({ kind: 'free' }));
  const printed = stripVTControlCharacters(nextSteps(plan, 'shop', rerunCommand({ answers, directory: 'shop', defaultName: 'shop' })));
  expect(text('README.md').replaceAll(/ +/g, ' ')).toContain(printed.replaceAll(/ +/g, ' '));
});

it('the README lists every option with every choice', () => {
  const readme = text('README.md');
  for (const question of allQuestions.filter(({ kind }) => kind !== 'name')) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`--${question.kind === 'switch' ? '[no-]' : ''}${flagName(question)}`)) ?? '';
    expect(row).not.toBe('');
    if ('choices' in question) for (const { value } of offered(question)) expect(row).toContain(`\`${value}\``);
  }
});

it('docs/living.md has every command with its words and flags, and every policy', () => {
  const living = text('docs/living.md');
  for (const { name, operands, flags } of allCommands) {
    const row = living.split('\n').find((line) => line.startsWith(`| \`${`${name} ${operands}`.trimEnd()}`)) ?? '';
    for (const flag of flags) expect(row).toContain(`--${flag.name} ${(flag.value ?? '').replaceAll('|', '\\|')}`.trimEnd());
    expect({ name, row }).not.toEqual({ name, row: '' });
  }
  for (const flag of [...WRITING_FLAGS, ...COMMON_FLAGS.filter(({ name }) => name === 'json')]) expect(living).toContain(`--${flag.name}`);
  for (const policy of POLICIES) expect(living).toContain(`| \`${policy}\` |`);
});

it('docs/starters.md has every key of starter.yaml, every command and flag for authors, every finding', () => {
  const page = text('docs/starters.md');
  const { properties } = starterSchema as { readonly properties: object };
  for (const key of Object.keys(properties)) expect(page).toMatch(new RegExp(`^\\| .*\`${key}\`.* \\|`, 'm'));
  for (const { name, flags } of allStarterCommands) for (const word of [name, ...flags.map((flag) => `--${flag.name}`)]) expect(page).toContain(word);
  for (const kind of Object.keys(FINDINGS).filter((finding) => finding !== 'note')) expect(page).toMatch(new RegExp(`^\\| \`${kind}\` \\|`, 'm'));
});
