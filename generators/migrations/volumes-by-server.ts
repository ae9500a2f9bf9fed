/** 0.2.0 names a volume after the server whose data it holds; a project of 0.1.0 keeps its data under the name that it has. */
import type { Answers } from '../questions/answers.ts';
import type { Migration } from './migration.ts';

export const volumesByServer: Migration = {
  to: '0.2.0',
  rewrite: (path, text, side, answers) => {
    if (!/^compose(\.\w+)?\.yaml$/.test(path)) return text;
    const keep = side === 'yours' && path === 'compose.yaml';
    return Object.entries(newNames(answers)).reduce((rewritten, [old, name]) => {
      const renamed = rewritten.replaceAll(new RegExp(`(?<![\\w-])${old}(?=:)`, 'g'), name);
      return keep ? withOldName(renamed, name, old) : renamed;
    }, text);
  },
};

function newNames({ database, broker }: Answers): Record<string, string> {
  return {
    ...(database === 'none' ? {} : { 'database-data': `${database}-data` }),
    ...(broker === 'none' ? {} : { 'broker-data': `${broker}-data` }),
  };
}

/** Has Compose take the volume that is there; one that the user has named already keeps that name. */
function withOldName(text: string, name: string, old: string): string {
  const entry = new RegExp(`^( +)${name}:(?: \\{\\})?( *#.*)?\\n((?:\\1 .*\\n?)*)`, 'm');
  return text.replace(entry, (all: string, indent: string, comment: string | undefined, options: string) =>
    /^ *(name|external):/m.test(options) ? all : `${indent}${name}:${comment ?? ''}\n${indent}  name: \${COMPOSE_PROJECT_NAME}_${old}\n${options}`,
  );
}
