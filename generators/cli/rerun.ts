/** The command that repeats a run without asking anything. */
import type { Answers } from '../questions/answers.ts';
import { defaultValue } from '../answers/layers.ts';
import { allQuestions, flagName } from '../questions/table.ts';
import { quote, quotePath } from './printable.ts';

/**
 * @param directory as the user gave it, or as it would be given
 * @param defaultName the name that the directory alone leads to
 * @param more flags that answer nothing, with their dashes
 * @param config the file that services with places of their own come from, which no flag can say
 */
export function rerunCommand(answers: Partial<Answers>, directory: string, defaultName: string, more: readonly string[] = [], config?: string): string {
  const placed = (answers.services ?? []).some(({ port, path }) => port !== undefined || path !== undefined);
  const flags = allQuestions.flatMap((question): string[] => {
    const value = answers[question.key];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(defaultValue(question, answers, defaultName))) return [];
    switch (question.kind) {
      case 'services':
        return placed && config !== undefined ? ['--config', config] : (answers.services ?? []).flatMap((service) => ['--service', `${service.name}=${service.framework}`]);
      case 'switch':
        return [value === true ? `--${question.key}` : `--no-${question.key}`];
      default:
        return [`--${flagName(question)}`, String(value)];
    }
  });
  return ['npm init pycompose', quotePath(directory), '-- --yes', ...more, ...flags.map(quote)].join(' ');
}
