/** Puts a licence at the head of sources. */
import { posix } from 'node:path';

/** Names and endings of files whose comments begin with a sign. */
const HASH = /(^|\/)(Dockerfile|Caddyfile|run|[^/]+\.(py|sh|ya?ml|conf|toml|ini))$/;
/** Lines that have to be the first: which program runs the file, and what Docker's parser is told. */
const FIRST = /^(#!.*\n|# *(syntax|escape|check) *=.*\n)+/i;

/** The text with the licence's lines as comments; unchanged where a file is no source, or takes no comments. */
export function withLicence(path: string, text: string, licence: string): string {
  const lines = licence.trim().split('\n').map((line) => line.trim());
  if (licence.trim() === '' || path === 'pycompose.yaml') return text;
  const comment = HASH.test(path) ? hashComment(lines) : posix.extname(path) === '.css' ? blockComment(lines) : null;
  if (comment === null) return text;
  const first = FIRST.exec(text)?.[0] ?? '';
  const rest = text.slice(first.length);
  return rest.trim() === '' ? `${first}${comment}` : `${first}${comment}\n${rest.replace(/^\n+/, '')}`;
}

function hashComment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}`.trimEnd() + '\n').join('');
}

function blockComment(lines: readonly string[]): string {
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd() + '\n').join('')} */\n`;
}
