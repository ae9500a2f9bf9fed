/** Places fragments at the ends of a Dockerfile's stages, where the build is still root. */
import { continuation, escapeOf, instructionsOf, isAside, type Instruction } from './instructions.ts';

export interface PlacedDockerfile {
  readonly text: string;
  /** Stages that the Dockerfile does not have. */
  readonly missing: readonly string[];
}

/** The instructions of a stage, FROM first. */
type Stage = readonly [Instruction, ...Instruction[]];

/**
 * The Dockerfile with fragments placed at the ends of its stages.
 * @param fragments stage name to printed text; one that is empty places nothing
 */
export function placeInDockerfile(dockerfile: string, fragments: ReadonlyMap<string, string>): PlacedDockerfile {
  const missing: string[] = [];
  let text = dockerfile;
  for (const [name, fragment] of fragments) {
    const placed = placeInStage(text, name, fragment);
    if (placed === null) missing.push(name);
    else text = placed;
  }
  return { text, missing };
}

/** @returns null without such a stage */
function placeInStage(dockerfile: string, name: string, fragment: string): string | null {
  const lines = dockerfile.split('\n');
  if (lines.at(-1) !== '') lines.push('');
  const escape = escapeOf(lines);
  const stages = stagesOf(instructionsOf(lines, escape));
  // where two have the same name, Docker builds the last one
  const index = stages.findLastIndex(([from]) => stageName(from) === name.toLowerCase());
  const stage = stages[index];
  if (stage === undefined) return null;
  const added = linesOf(fragment, escape);
  if (added.length === 0) return dockerfile;
  lines.splice(endOf(stage, index === stages.length - 1, lines), 0, ...added);
  return lines.join('\n');
}

function stagesOf(instructions: readonly Instruction[]): readonly Stage[] {
  const stages: [Instruction, ...Instruction[]][] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stages.push([instruction]);
    else stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** The name in `FROM --platform=x image AS name`, as Docker compares it. */
function stageName({ rest }: Instruction): string | null {
  const [, as, name] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  return as?.toLowerCase() === 'as' ? (name?.toLowerCase() ?? null) : null;
}

/** The line before which a stage ends, or ends to be built by root. */
function endOf(stage: Stage, isLast: boolean, lines: readonly string[]): number {
  const final = stage.at(-1) ?? stage[0];
  const users = stage.filter(({ keyword }) => keyword === 'USER');
  const dropped = users[users.findLastIndex(isRoot) + 1];
  if (dropped !== undefined) return aboveComments(dropped, stage, lines);
  if (final.open !== null) return aboveComments(final, stage, lines);
  // what stands above the next FROM belongs to it, but below the last stage nothing follows
  return isLast ? lines.findLastIndex((line) => line.trim() !== '') + 1 : final.end;
}

function isRoot({ rest }: Instruction): boolean {
  return /^["']?(0|root)(:|["']?$)/.test(rest);
}

/** The line of an instruction, or of the first of the comments directly above it. */
function aboveComments(instruction: Instruction, stage: Stage, lines: readonly string[]): number {
  const floor = stage[stage.indexOf(instruction) - 1]?.end ?? instruction.first;
  let line = instruction.first;
  while (line > floor && /^\s*#/.test(lines[line - 1] ?? '')) line -= 1;
  return line;
}

/** The lines of a fragment, without blank ones around them. What follows it becomes no part of its last instruction. */
function linesOf(fragment: string, escape: string): readonly string[] {
  const lines = fragment.replaceAll('\r\n', '\n').trimEnd().split('\n');
  while (instructionsOf(lines, escape).at(-1)?.open === 'line') {
    const index = lines.findLastIndex((line) => !isAside(line));
    lines[index] = (lines[index] ?? '').replace(continuation(escape), '$1').trimEnd();
  }
  const isText = (line: string): boolean => line.trim() !== '';
  return lines.some(isText) ? lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1) : [];
}
