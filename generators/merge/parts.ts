import type { Conflict, Merged } from './merged.ts';

/** Collects a merged text, joining what is settled. */
export class Parts {
  readonly #parts: (string | Conflict)[] = [];

  text(text: string): void {
    if (text === '') return;
    const last = this.#parts.at(-1);
    if (typeof last === 'string') this.#parts[this.#parts.length - 1] = last + text;
    else this.#parts.push(text);
  }

  conflict(conflict: Conflict): void {
    this.#parts.push(conflict);
  }

  add(parts: Merged): void {
    for (const part of parts) {
      if (typeof part === 'string') this.text(part);
      else this.conflict(part);
    }
  }

  done(): Merged {
    return this.#parts;
  }
}
