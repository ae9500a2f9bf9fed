import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { optionsDocument } from '../generators/cli/options-document.ts';
import { allQuestions, flagName, offered } from '../generators/questions/table.ts';

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('docs/options.md is what npm run docs writes', () => {
  expect(text('docs/options.md')).toBe(optionsDocument());
});

it('the README lists every option with every choice', () => {
  const readme = text('README.md');
  for (const question of allQuestions.filter(({ kind }) => kind !== 'text')) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`--${question.kind === 'switch' ? '[no-]' : ''}${flagName(question)}`)) ?? '';
    expect(row).not.toBe('');
    if ('choices' in question) for (const { value } of offered(question)) expect(row).toContain(`\`${value}\``);
  }
});
