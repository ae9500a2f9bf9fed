import { allQuestions, offered } from '../questions/table.ts';
import { questionFlag } from './help.ts';

/** docs/options.md: every question with its flag, key, default and what each choice brings. */
export function optionsDocument(): string {
  const sections = allQuestions.map((question) => {
    const choices = 'choices' in question ? offered(question).map(({ value, brings }) => `| \`${value}\` | ${brings} |`) : [];
    const byDefault = 'default' in question && question.kind !== 'services' ? ` The default is \`${String(question.default)}\`.` : '';
    return [
      `## ${question.message}`,
      '',
      `\`${questionFlag(question)}\`, in pycompose.yaml \`${question.key}\`. ${question.help}.${byDefault}`,
      ...(choices.length > 0 ? ['', '| Choice | What it brings |', '| --- | --- |', ...choices] : []),
      '',
    ].join('\n');
  });
  return ['# Options', '', '<!-- Made from generators/questions/table.ts by `npm run docs`. -->', '', ...sections].join('\n');
}
