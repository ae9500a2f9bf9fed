/** How much one printing may take. What runs over ends in one line, the same on every machine but for the seconds. */
export interface Limits {
  readonly memoryMb: number;
  /** Calls, jumps back and steps of regular expressions; counted, not timed. */
  readonly steps: number;
  /** Of one template's output, and of the template itself. */
  readonly textMb: number;
  readonly stackKb: number;
  /** For native loops, which no counter sees: after these the thread is stopped. */
  readonly seconds: number;
}

export const LIMITS: Limits = { memoryMb: 64, steps: 10_000_000, textMb: 1, stackKb: 256, seconds: 10 };

export const MB = 2 ** 20;
