/** Puts fragments at the ends of a Dockerfile's stages, where the build is still root. */

export interface PlacedDockerfile {
  readonly text: string;
  /** Stages that the Dockerfile does not have. */
  readonly missing: readonly string[];
}

/** An instruction with the comments right above it: lines from `start` up to `end`. */
interface Instruction {
  readonly start: number;
  readonly end: number;
  readonly keyword: string;
  readonly rest: string;
}

/** @param fragments stage to printed text; a blank one places nothing */
export function placeInDockerfile(dockerfile: string, fragments: ReadonlyMap<string, string>): PlacedDockerfile {
  const lines = dockerfile.split('\n');
  const stages = stagesOf(instructionsOf(lines));
  const names = [...fragments.keys()];
  const places = names.flatMap((name) => {
    const stage = stages.find((candidate) => candidate.name === name.toLowerCase());
    const text = fragments.get(name)?.trim() ?? '';
    return stage === undefined || text === '' ? [] : [{ line: placeIn(stage.instructions), text: fragments.get(name)?.replace(/^\n+|\s+$/g, '') ?? '' }];
  });
  // from below, so that the lines above keep their numbers
  for (const { line, text } of places.sort((one, other) => other.line - one.line)) lines.splice(line, 0, ...text.split('\n'));
  return { text: lines.join('\n'), missing: names.filter((name) => !stages.some((stage) => stage.name === name.toLowerCase())) };
}

/** Before the last USER of a stage that does not end as root, and else behind its last instruction. */
function placeIn(instructions: readonly Instruction[]): number {
  const user = instructions.findLast(({ keyword }) => keyword === 'USER');
  if (user !== undefined && !/^(0|root)(:|$)/.test(user.rest)) return user.start;
  return instructions.at(-1)?.end ?? 0;
}

function stagesOf(instructions: readonly Instruction[]): readonly { readonly name: string; readonly instructions: readonly Instruction[] }[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const own = instructions.slice(start, starts[index + 1]);
    return { name: /\sAS\s+(\S+)\s*$/i.exec(own[0]?.rest ?? '')?.[1]?.toLowerCase() ?? '', instructions: own };
  });
}

function instructionsOf(lines: readonly string[]): readonly Instruction[] {
  const instructions: Instruction[] = [];
  let start: number | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*#/.test(line)) start ??= index;
    else if (line.trim() === '') start = null;
    else {
      const end = endOf(lines, index);
      const [, keyword = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
      instructions.push({ start: start ?? index, end, keyword: keyword.toUpperCase(), rest });
      start = null;
      index = end - 1;
    }
  }
  return instructions;
}

/** The line behind an instruction: it goes on behind a backslash, over comments in it, and through its heredocs. */
function endOf(lines: readonly string[], first: number): number {
  let index = first;
  while (index < lines.length && (/\\\s*$/.test(lines[index] ?? '') || (index > first && /^\s*(#|$)/.test(lines[index] ?? '')))) index += 1;
  const text = lines.slice(first, index + 1).join('\n');
  let end = index + 1;
  if (/^\s*(RUN|COPY|ADD)\b/i.test(text)) {
    for (const [, dash, , word = ''] of text.matchAll(/<<(-?)(["']?)(\w+)\2/g)) {
      while (end < lines.length && (dash === '-' ? (lines[end] ?? '').replace(/^\t+/, '') : lines[end]) !== word) end += 1;
      end += 1;
    }
  }
  return Math.min(end, lines.length);
}
