import { MB, type Limits } from './limits.ts';
import type { Answer } from './messages.ts';
import { templateLine } from './source.ts';

/** What QuickJS puts before the body of a Function(). */
const LINES_BEFORE_BODY = 2;

/** Reads what prelude.ts gives, and believes nothing of it. */
export function readReply(json: string, source: string, { textMb }: Pick<Limits, 'textMb'>, currentLine: () => number | null): Answer {
  const reply = parsed(json);
  const [sign, text] = [reply.slice(0, 1), reply.slice(1)];
  if (sign === '=' && Buffer.byteLength(text) <= textMb * MB) return { text };
  if (sign === '=') return { problem: `prints more than ${textMb} MB`, line: null };
  if (sign === '!') return { problem: text, line: currentLine() };
  const [, line, problem] = /^\?(\d+) (.*)$/s.exec(reply) ?? [];
  return { problem: problem ?? 'printed nothing that can be read', line: line === undefined ? null : templateLine(source, Number(line) - LINES_BEFORE_BODY) };
}

function parsed(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return '';
  }
}
