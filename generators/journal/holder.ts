/** Who holds a lock, and whether that process is still the one that took it. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

export interface Holder {
  readonly pid: number;
  readonly thread: number;
  readonly host: string;
  /** What the process numbers belong to: containers of one host name may each have their own; null where the system does not say. */
  readonly space: string | null;
  /** When the process started, in the system's own unit; null where it does not say. */
  readonly started: string | null;
}

export function self(): Holder {
  return { pid: process.pid, thread: threadId, host: hostname(), space: pidSpace(), started: processAt(process.pid).started };
}

/** 'mine' is this very thread; of a holder elsewhere nothing can be said. */
export function stateOf(holder: Holder): 'mine' | 'alive' | 'dead' | 'elsewhere' {
  const me = self();
  if (holder.host !== me.host || holder.space !== me.space) return 'elsewhere';
  const { alive, started } = processAt(holder.pid);
  // a number that is in use again belongs to a process that started at another time
  if (!alive || (holder.started !== null && started !== null && holder.started !== started)) return 'dead';
  return holder.pid === me.pid && holder.thread === me.thread ? 'mine' : 'alive';
}

/** @returns null when it is none */
export function parseHolder(text: string): Holder | null {
  try {
    const content: unknown = JSON.parse(text);
    return isHolder(content) ? content : null;
  } catch {
    return null;
  }
}

function isHolder(content: unknown): content is Holder {
  if (typeof content !== 'object' || content === null) return false;
  const { pid, thread, host, space, started }: Readonly<Record<string, unknown>> = { ...content };
  const optional = [space, started].every((value) => value === null || typeof value === 'string');
  return Number.isInteger(pid) && Number(pid) > 0 && Number.isInteger(thread) && typeof host === 'string' && optional;
}

function pidSpace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

function processAt(pid: number): { readonly alive: boolean; readonly started: string | null } {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // a process of another user may not be asked, but is there
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return { alive: false, started: null };
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name before, in parentheses, may hold anything; fields 3 and 22 of the whole are the state and the start
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { alive: !['Z', 'X'].includes(fields[0] ?? ''), started: fields[19] ?? null };
  } catch {
    return { alive: true, started: null };
  }
}
