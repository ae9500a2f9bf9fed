/** The command that repeats a run without asking anything. */
import { answerTo, type PartialAnswers } from '../questions/answers.ts';
import { defaultValue } from '../answers/layers.ts';
import { allQuestions, flagName, type Questions } from '../questions/table.ts';
import { quote, quotePath } from './printable.ts';

export interface Rerun {
  readonly answers: PartialAnswers;
  readonly table?: Questions;
  /** As the user gave it, or as it would be given. */
  readonly directory: string;
  /** The name that the directory alone leads to. */
  readonly defaultName: string;
  /** Flags that answer nothing, with their dashes. */
  readonly more?: readonly string[];
  /** The file that services with places of their own come from, which no flag can say. */
  readonly config?: string | undefined;
  /** What the program is run as. */
  readonly program?: string;
}

export function rerunCommand({ answers, table = allQuestions, directory, defaultName, more = [], config, program = 'npm init pycompose' }: Rerun): string {
  const placed = (answers.services ?? []).some(({ port, path }) => port !== undefined || path !== undefined);
  const flags = table.flatMap((question): string[] => {
    const value = answerTo(answers, question);
    if (value === undefined || question.locked !== undefined || JSON.stringify(value) === JSON.stringify(defaultValue(question, answers, defaultName))) return [];
    switch (question.kind) {
      case 'services':
        return placed && config !== undefined ? ['--config', config] : (answers.services ?? []).flatMap((service) => ['--service', `${service.name}=${service.framework}`]);
      case 'switch':
        return [`--${value === true ? '' : 'no-'}${flagName(question)}`];
      default:
        return [`--${flagName(question)}`, String(value)];
    }
  });
  return [program, quotePath(directory), '-- --yes', ...more.map(quote), ...flags.map(quote)].join(' ');
}
