/** The licence of a company at the head of each generated source. */
import { posix } from 'node:path';

/** How a kind of file takes comments. */
interface Comments {
  readonly print: (lines: readonly string[]) => string;
  /** What has to stay in front of them. */
  readonly head: RegExp;
  /** What stands two blank lines below them. */
  readonly apart?: RegExp;
}

const SHEBANG = /^#!.*\n?/;
const hash = (lines: readonly string[]): string => lines.map((line) => `# ${line}`.trimEnd()).join('\n');

const HASH: Comments = { print: hash, head: SHEBANG };
/** In its first two lines Python looks for the encoding of the file, whatever else they say. */
const PYTHON: Comments = {
  print: (lines) => hash(lines.map((line, index) => (index < 2 ? line.replace(/coding(?=[:=])/g, 'coding ') : line))),
  head: /^(?:#!.*(?:\n|$))?(?:[ \t\f]*#.*coding[:=].*\n?)?/,
  // as ruff has it
  apart: /^(async def|def|class)\b|^@/,
};
/** The first comments tell Docker's parser what to do: `#` alone ends them. */
const DOCKERFILE: Comments = {
  print: (lines) => hash(/^\w+\s*=/.test(lines[0] ?? '') ? ['', ...lines] : lines),
  head: /^(?:#!.*\n)?(?:#[ \t]*(?:syntax|escape|check)[ \t]*=.*\n?)*/i,
};
const CSS: Comments = {
  print: (lines) => {
    const [first = '', ...more] = lines.map((line) => line.replaceAll('*/', '* /'));
    return more.length === 0 ? `/* ${first} */` : ['/*', ...[first, ...more].map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
  },
  head: /^(?:@charset .*\n?)?/,
};

const BY_EXTENSION: ReadonlyMap<string, Comments> = new Map([
  ['.py', PYTHON],
  ['.css', CSS],
  ...['.sh', '.yaml', '.yml', '.conf', '.toml', '.ini'].map((extension) => [extension, HASH] as const),
]);
/** What programs write for themselves. */
const DATA = /^pycompose\.yaml$|[-.]lock\.(ya?ml|toml)$/;
/** Programs whose comments begin with #. */
const INTERPRETER = /^#!.*(sh|python[\d.]*|perl|ruby)\b/;

/** The text with the licence's lines at its head as comments; unchanged where a file of that name takes no comments or is no source. */
export function withLicence(path: string, text: string, licence: string): string {
  const lines = linesOf(licence);
  const comments = commentsOf(posix.basename(path), text);
  if (comments === null || lines.length === 0) return text;
  const [mark = ''] = /^\uFEFF?/.exec(text) ?? [];
  const body = text.slice(mark.length);
  const [head = ''] = comments.head.exec(body) ?? [];
  const rest = body.slice(head.length).replace(/^(?:[ \t]*\r?\n)+/, '');
  const header = comments.print(lines);
  if (`${rest}\n`.startsWith(`${header}\n`)) return text;
  const above = head === '' || head.endsWith('\n') ? head : `${head}\n`;
  return `${mark}${above}${header}\n${rest.trim() === '' ? '' : `${comments.apart?.test(rest) ? '\n\n' : '\n'}${rest}`}`;
}

function commentsOf(name: string, text: string): Comments | null {
  if (DATA.test(name)) return null;
  if (name === 'Dockerfile') return DOCKERFILE;
  if (name === 'Caddyfile') return HASH;
  if (name === 'run') return INTERPRETER.test(text) ? HASH : null;
  return BY_EXTENSION.get(posix.extname(name)) ?? null;
}

/** Lines as any of the languages tells them apart: none of them is to go on as code. */
function linesOf(licence: string): readonly string[] {
  const text = licence.trim();
  return text === '' ? [] : text.split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/).map((line) => line.replace(/[^\P{Cc}\t]/gu, ' ').trimEnd());
}
