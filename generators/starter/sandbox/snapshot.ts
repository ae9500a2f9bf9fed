/**
 * The memory of a WebAssembly program as it was at one moment, put back in some microseconds: all that the program is, but for
 * what it has on the stack, so it is for moments when nothing runs in it.
 */
export interface Snapshot {
  restore(): void;
}

/** Where memory lies; another buffer each time that it has grown. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

/** Memory grows by these. */
export const PAGE = 65_536;

const EMPTY = Buffer.alloc(PAGE);

/** Takes the pages that have something in them. The others may be written to: a program reads nothing there that it has not put there. */
export function takeSnapshot(memory: Memory): Snapshot {
  const pages = Array.from({ length: memory.buffer.byteLength / PAGE }, (_, index) => ({ at: index * PAGE, bytes: Buffer.from(memory.buffer, index * PAGE, PAGE) }))
    .filter(({ bytes }) => !bytes.equals(EMPTY))
    .map(({ at, bytes }) => ({ at, bytes: Uint8Array.from(bytes) }));
  return {
    restore() {
      const bytes = new Uint8Array(memory.buffer);
      for (const page of pages) bytes.set(page.bytes, page.at);
    },
  };
}

/** Before a snapshot is restored that another one will be made on top of, so that it takes no leftovers with it. */
export function wipe(memory: Memory): void {
  new Uint8Array(memory.buffer).fill(0);
}
