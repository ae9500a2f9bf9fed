/** The command that repeats a run without asking anything. */
import type { Answers } from '../questions/answers.ts';
import { defaultValue } from '../answers/layers.ts';
import { allQuestions, flagName } from '../questions/table.ts';
import { quote, quotePath } from './printable.ts';

/**
 * @param directory as the user gave it, or as it would be given
 * @param defaultName the name that the directory alone leads to
 * @param more flags that answer nothing, with their dashes
 */
export function rerunCommand(answers: Partial<Answers>, directory: string, defaultName: string, more: readonly string[] = []): string {
  const flags = allQuestions.flatMap((question): string[] => {
    const value = answers[question.key];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(defaultValue(question, answers, defaultName))) return [];
    switch (question.kind) {
      case 'services':
        return (answers.services ?? []).flatMap((service) => ['--service', `${service.name}=${service.framework}`]);
      case 'switch':
        return [value === true ? `--${question.key}` : `--no-${question.key}`];
      default:
        return [`--${flagName(question)}`, String(value)];
    }
  });
  return ['npm init pycompose', quotePath(directory), '-- --yes', ...more, ...flags.map(quote)].join(' ');
}
