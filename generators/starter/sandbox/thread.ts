/** The thread of worker.ts, as something that answers at once: rendering is synchronous, and waits for it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { ownPackage } from '../../app/package.ts';
import type { Limits } from './limits.ts';
import type { Answer, Request } from './messages.ts';
import type { WorkerData } from './worker.ts';

export interface Thread {
  /** Null when there is no answer in time; the thread can only be stopped then. */
  ask(request: Request): Answer | null;
  stop(): void;
}

/** A machine may be busy; this ends the waiting where a thread cannot start at all. */
const START_SECONDS = 60;

/** Enough for QuickJS to come to the end of its own stack first, which it says more of. */
const STACK_MB = 16;

export function startThread(limits: Limits): Thread {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const data: WorkerData = { limits, answered, port: port2 };
  const worker = new Worker(workerFile(), {
    workerData: data,
    transferList: [port2],
    // what the program was started with, and what it prints to, are none of its business
    ...{ argv: [], execArgv: [], env: {}, stdin: true, stdout: true, stderr: true },
    resourceLimits: { stackSizeMb: STACK_MB },
  });
  worker.unref();
  worker.on('error', () => {});

  const answer = (seconds: number): Answer | null => {
    // the thread tells that there is an answer after it is there: one that was taken already is told late, and is none to the next question
    while (Atomics.load(answered, 0) === 0) if (Atomics.wait(answered, 0, 0, seconds * 1000) === 'timed-out') return null;
    Atomics.store(answered, 0, 0);
    return (receiveMessageOnPort(port1)?.message ?? null) as Answer | null;
  };
  const stop = (): void => {
    port1.close();
    void worker.terminate();
  };

  const started = answer(START_SECONDS);
  if (started === null || 'problem' in started) {
    stop();
    throw new Error(`the sandbox that templates of starters are printed in does not start: ${started?.problem ?? `it has not in ${START_SECONDS} s`}`);
  }
  return {
    ask(request) {
      port1.postMessage(request);
      return answer(limits.seconds);
    },
    stop,
  };
}

/** Beside this file as TypeScript, and one file of its own in dist/, where this one may be in any chunk. */
function workerFile(): string {
  return import.meta.url.endsWith('.ts') ? fileURLToPath(new URL('worker.ts', import.meta.url)) : join(ownPackage().root, 'dist', 'sandbox-worker.js');
}
