/** A starter's own questions. */
import { programFlags } from '../../cli/flags.ts';
import { quoted } from '../../questions/nearest.ts';
import { allQuestions, flagName, type OwnQuestion } from '../../questions/table.ts';
import { valueProblem } from '../../questions/values.ts';
import type { Described, WrittenQuestion } from './description.ts';
import { patternProblem } from './pattern.ts';

export function readQuestions(described: Described): readonly OwnQuestion[] {
  return Object.entries(described.description.questions ?? {}).map(([key, written]) => readQuestion(key, written, described));
}

function readQuestion(key: string, written: WrittenQuestion, { refuse }: Described): OwnQuestion {
  const path = ['questions', key];
  const question = questionOf(key, written);
  const taken = [...allQuestions.flatMap((other) => [other.key, flagName(other)]), ...programFlags.map(({ name }) => name), 'own', 'starters'] as string[];
  if (taken.includes(key) || taken.includes(flagName(question)) || key.startsWith('no_')) refuse(path, `${quoted(key)} is a key or a flag of pycompose: choose another, like company_${key}`);
  const pattern = written.pattern === undefined ? null : patternProblem(written.pattern);
  if (pattern !== null) refuse([...path, 'pattern'], `the pattern ${pattern}`);
  const wrong = question.default === undefined ? null : valueProblem(question, question.default);
  if (wrong !== null) refuse([...path, 'default'], wrong);
  return question;
}

function questionOf(key: string, { kind, message, help, default: given, pattern, choices = {} }: WrittenQuestion): OwnQuestion {
  const base = { key, message, help, own: true } as const;
  switch (kind) {
    case 'switch':
      return { ...base, kind, default: given === true };
    case 'choice':
      return { ...base, kind, choices: Object.entries(choices).map(([value, brings]) => ({ value, brings })), default: String(given ?? Object.keys(choices)[0]) };
    case 'text':
      return { ...base, kind, ...(given === undefined ? {} : { default: String(given) }), ...(pattern === undefined ? {} : { pattern }) };
  }
}
