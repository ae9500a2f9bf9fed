import { printable } from '../../cli/printable.ts';
import { EXIT, UserError } from '../../errors/user-error.ts';
import { encodeContext, type EncodedContext } from './context.ts';
import { MB, type Limits } from './limits.ts';
import type { Answer, Problem } from './messages.ts';
import { startThread, type Thread } from './thread.ts';
import type { SandboxedTemplate } from './print.ts';

export type Printer = (template: SandboxedTemplate, shared: object, own?: object) => string;

/** The longest part of a template's own message that is repeated. */
const LONGEST_MESSAGE = 200;

/** A printer with a thread of its own, which is started by the first printing, and anew by the one after it had to be stopped. */
export function sandboxPrinter(limits: Limits): Printer {
  const contexts = new WeakMap<object, EncodedContext>();
  let thread: Thread | null = null;
  let sent: EncodedContext | null = null;

  const answer = (template: string, shared: EncodedContext, own: EncodedContext): Answer => {
    if (Buffer.byteLength(template) > limits.textMb * MB) return { problem: `is larger than ${limits.textMb} MB`, line: null };
    thread ??= startThread(limits);
    const given = thread.ask({ template, own: own.text, ...(sent === shared ? {} : { shared: shared.text }) });
    sent = shared;
    if (given !== null && !('broken' in given)) return given;
    thread.stop();
    thread = sent = null;
    return given ?? { problem: `does not end (more than ${limits.seconds} s)`, line: null };
  };

  return (template, shared, own = {}) => {
    const encoded = contexts.get(shared) ?? encodeContext(shared);
    contexts.set(shared, encoded);
    const given = answer(template.text, encoded, encodeContext(own, encoded));
    if ('text' in given) return given.text;
    throw new UserError(message(template, given, limits), EXIT.failure);
  };
}

function message({ name, text, starter }: SandboxedTemplate, { problem, line }: Problem, { memoryMb }: Limits): string {
  const last = text.split('\n').length;
  const where = line !== null && Number.isInteger(line) && line >= 1 && line <= last ? `${name}:${line}` : name;
  const what = problem === 'out of memory' ? `needs more than ${memoryMb} MB` : oneLine(problem);
  return `starter ${starter}: ${where}: ${what}; mend the template or leave the starter out`;
}

/** A template's own words, as part of our sentence. */
function oneLine(text: string): string {
  const line = printable(text.slice(0, LONGEST_MESSAGE).replace(/\s+/g, ' ').trim());
  return line.length > LONGEST_MESSAGE || text.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line.replace(/\.$/, '') || 'it has failed without a word';
}
