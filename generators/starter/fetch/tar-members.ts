/** The format of tar archives (POSIX ustar and pax, and the long names of GNU tar), as far as packages have it. */
import { textOf } from '../../plan/seen.ts';

export interface Member {
  /** As it is written, without a slash at the end. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly bytes: Buffer;
  readonly executable: boolean;
}

const BLOCK = 512;

/** @param damaged makes the error for what is no such archive */
export function* tarMembers(archive: Buffer, damaged: () => Error): Generator<Member> {
  let named: { readonly path?: string; readonly size?: number } = {};
  for (let offset = 0; offset < archive.length; ) {
    const header = archive.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    if (header.length < BLOCK || !isHeader(header)) throw damaged();
    const type = String.fromCharCode(header[156] ?? 0);
    const size = (isExtension(type) ? undefined : named.size) ?? octal(header, 124, 12);
    const start = offset + BLOCK;
    if (size === null || start + size > archive.length) throw damaged();
    const bytes = archive.subarray(start, start + size);
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L') named = { ...named, path: decoded(bytes, damaged).replace(/\0+$/, '') };
    else if (type === 'x') named = { ...named, ...extended(bytes, damaged) };
    // what a global header says is of the archive, and a long name of a link's target of no interest
    if (isExtension(type)) continue;
    const path = named.path ?? headerPath(header, damaged);
    named = {};
    yield { path: path.replace(/\/+$/, ''), kind: kindOf(type, path), bytes, executable: ((octal(header, 100, 8) ?? 0) & 0o111) !== 0 };
  }
}

function isExtension(type: string): boolean {
  return 'xgLK'.includes(type);
}

function kindOf(type: string, path: string): Member['kind'] {
  switch (type) {
    case '0':
    case '7':
    case '\0':
      return path.endsWith('/') ? 'directory' : 'file';
    case '1':
    case '2':
      return 'link';
    case '5':
      return 'directory';
    default:
      return 'other';
  }
}

/** The checksum is that of the header with blanks in its own place. */
function isHeader(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return sum === octal(header, 148, 8);
}

/** @returns null for what is no number, or has GNU's way with numbers that no file here has */
function octal(header: Buffer, at: number, length: number): number | null {
  const text = header.toString('latin1', at, at + length).replace(/\0[^]*$/, '').trim();
  return /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : null;
}

function headerPath(header: Buffer, damaged: () => Error): string {
  const field = (at: number, length: number): string => decoded(header.subarray(at, at + length), damaged).replace(/\0[^]*$/, '');
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? field(345, 155) : '';
  return prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`;
}

/** Records of pax: `length key=value`, the length in decimal and of the whole record with its line end. */
function extended(bytes: Buffer, damaged: () => Error): { readonly path?: string; readonly size?: number } {
  let found: { readonly path?: string; readonly size?: number } = {};
  for (let offset = 0; offset < bytes.length; ) {
    const length = /^(\d{1,9}) /.exec(bytes.toString('latin1', offset, offset + 10))?.[1];
    const end = offset + Number(length);
    if (length === undefined || Number(length) <= length.length + 2 || end > bytes.length) throw damaged();
    const record = bytes.subarray(offset + length.length + 1, end - 1);
    const equals = record.indexOf('=');
    if (equals < 1 || bytes[end - 1] !== 0x0a) throw damaged();
    const [key, value] = [record.toString('latin1', 0, equals), record.subarray(equals + 1)];
    if (key === 'path') found = { ...found, path: decoded(value, damaged) };
    if (key === 'size') found = { ...found, size: decimal(value, damaged) };
    offset = end;
  }
  return found;
}

function decimal(bytes: Buffer, damaged: () => Error): number {
  const text = bytes.toString('latin1');
  if (!/^\d{1,12}$/.test(text)) throw damaged();
  return Number(text);
}

function decoded(bytes: Buffer, damaged: () => Error): string {
  const text = textOf(bytes);
  if (text === null) throw damaged();
  return text;
}
