/** The thread that templates of starters are printed in: the program waits for each, and stops the thread when it has waited too long. */
import { workerData, type MessagePort } from 'node:worker_threads';
import { startEngine, type Engine } from './engine.ts';
import type { Limits } from './limits.ts';
import type { Answer, Request } from './messages.ts';
import { templateSource, TemplateSyntaxError } from './source.ts';

export interface WorkerData {
  readonly limits: Limits;
  readonly port: MessagePort;
  /** One number, which is 1 as soon as there is an answer. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

const { limits, port, answered } = workerData as WorkerData;
/** A template is read once for all services. */
const sources = new Map<string, string>();

try {
  const engine = await startEngine(limits);
  port.on('message', (request: Request) => answer(printed(engine, request)));
  answer({ text: '' });
} catch (error) {
  answer({ problem: String(error), line: null, broken: true });
}

function answer(message: Answer): void {
  port.postMessage(message);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

function printed(engine: Engine, { template, shared, own }: Request): Answer {
  try {
    if (shared !== undefined) engine.load(shared);
    return engine.print(sourceOf(template), own);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return { problem: error.message, line: error.line };
    return { problem: `breaks the sandbox (${String(error)})`, line: null, broken: true };
  }
}

function sourceOf(template: string): string {
  const source = sources.get(template) ?? templateSource(template);
  sources.set(template, source);
  return source;
}
