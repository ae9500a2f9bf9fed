/** The instructions of a Dockerfile and the lines that they take up, told apart as BuildKit does. */

export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  /** What stands behind the keyword, its continued lines joined. */
  readonly rest: string;
  /** Its lines, counted from 0: from `first` up to `end`. */
  readonly first: number;
  readonly end: number;
  /** How it goes on where the text ends: what came next would be a part of it. */
  readonly open: 'line' | 'heredoc' | null;
}

/** The sign that continues a line, unless the Dockerfile says another. */
const ESCAPE = '\\';
/** Lines at the very top that are no comments to BuildKit. */
const DIRECTIVE = /^#\s*(syntax|escape|check)\s*=\s*(.+?)\s*$/i;

/** The sign that continues the lines of a Dockerfile. */
export function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value = ESCAPE] = DIRECTIVE.exec(line) ?? [];
    if (name === undefined) break;
    if (name.toLowerCase() === 'escape') return value;
  }
  return ESCAPE;
}

export function instructionsOf(written: readonly string[], escape: string): readonly Instruction[] {
  const lines = written.map((line) => line.replace(/\r$/, ''));
  const continued = continuation(escape);
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; ) {
    if (isAside(lines[index] ?? '')) index += 1;
    else {
      const found = instructionAt(lines, index, continued);
      instructions.push(found);
      index = found.end;
    }
  }
  return instructions;
}

/** A comment or nothing, which inside of an instruction does not end it. */
export function isAside(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** Two of the signs in a row are one, and no continuation. */
export function continuation(escape: string): RegExp {
  const sign = escape.replace(/[^\w]/g, '\\$&');
  return new RegExp(`(^|[^${sign}])${sign}[ \\t]*$`);
}

function instructionAt(lines: readonly string[], first: number, continued: RegExp): Instruction {
  let text = '';
  let end = first;
  let goesOn = true;
  for (; goesOn && end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (end > first && isAside(line)) continue;
    goesOn = continued.test(line);
    text += line.replace(continued, '$1');
  }
  const [, keyword = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  const instruction = { keyword: keyword.toUpperCase(), rest, first };
  if (goesOn) return { ...instruction, end, open: 'line' };
  for (const { name, indented } of heredocsOf(text)) {
    while (end < lines.length && (indented ? lines[end]?.replace(/^\t+/, '') : lines[end]) !== name) end += 1;
    if (end === lines.length) return { ...instruction, end, open: 'heredoc' };
    end += 1;
  }
  return { ...instruction, end, open: null };
}

/** The names that end the heredocs of an instruction, in order; those of `<<-` may stand behind tabs. */
function heredocsOf(text: string): readonly { readonly name: string; readonly indented: boolean }[] {
  if (!/^\s*(ONBUILD\s+)?(RUN|COPY|ADD)\s/i.test(text)) return [];
  // a shell's words: << in quotation marks, or inside of a word, begins none
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
  return words.flatMap((word) => {
    const [, dash, name] = /^\d*<<(-?)([^<]+)$/s.exec(word) ?? [];
    return name === undefined ? [] : [{ name: name.replace(/["'\\]/g, ''), indented: dash === '-' }];
  });
}
