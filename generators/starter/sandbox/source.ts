/** From EJS to the body of a function, by EJS itself, so that its tags mean what they mean in our own templates. Runs nothing of it. */
import ejs from 'ejs';

interface Reader extends ejs.Template {
  readonly currentLine: number;
  generateSource(): void;
}

/** EJS that cannot be read, and the line that it was read to. */
export class TemplateSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** The same frame as EJS's compile() puts around it, which would make a function of it out here. The names in it are those of prelude.ts. */
export function templateSource(text: string): string {
  const reader = new ejs.Template(text) as Reader;
  try {
    reader.generateSource();
  } catch (error) {
    throw new TemplateSyntaxError(error instanceof Error ? error.message : String(error), reader.currentLine);
  }
  return `var __output = "";
function __append(s) { if (s !== undefined && s !== null) __measure(__output += s) }
with (locals) {
${reader.source}}
return __output;
`;
}

/** The template's line that a line of its source was made from: where the tag begins. */
export function templateLine(source: string, line: number): number {
  const above = source.split('\n').slice(0, line).reverse();
  return Number(above.flatMap((row) => /^ {4}; __line = (\d+)$/.exec(row)?.[1] ?? [])[0] ?? 1);
}
