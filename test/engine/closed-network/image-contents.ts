/** What an image gives away to whoever has it. */
import { execa } from 'execa';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';

/** Whether a text is anywhere in an image: its history, its settings, the files of all its layers, those of lower layers that higher ones removed, too. */
export async function imageHolds(image: string, needle: string): Promise<boolean> {
  return (await heldBy(image, [needle])).length > 0;
}

/** Those of some texts that an image holds; reads it once. */
export async function heldBy(image: string, needles: readonly string[]): Promise<string[]> {
  const { stdout: history } = await execa('docker', ['history', '--no-trunc', image]);
  const { stdout: settings } = await execa('docker', ['image', 'inspect', image]);
  const found = new Set(needles.filter((needle) => history.includes(needle) || settings.includes(needle)));
  const directory = await mkdtemp(join(tmpdir(), 'pycompose-image-'));
  try {
    await execa('docker', ['save', image], { buffer: false }).pipe('tar', ['--extract', '--directory', directory]);
    for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) for (const needle of await inFile(join(entry.parentPath, entry.name), needles)) found.add(needle);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
  return needles.filter((needle) => found.has(needle));
}

/** The texts that are in a file; in a compressed one, in what it says. */
async function inFile(file: string, needles: readonly string[]): Promise<string[]> {
  const raw = createReadStream(file);
  const overlap = Math.max(...needles.map((needle) => Buffer.byteLength(needle))) - 1;
  const found = new Set<string>();
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of (await isGzip(file)) ? raw.pipe(createGunzip()) : raw) {
    const window = Buffer.concat([tail, chunk as Buffer]);
    for (const needle of needles) if (window.includes(needle)) found.add(needle);
    tail = window.subarray(Math.max(0, window.length - overlap));
  }
  return [...found];
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await handle.close();
  }
}
