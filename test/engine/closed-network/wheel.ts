/** A wheel of pure Python, written by hand: the same bytes, and so the same hash, on every machine. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** The file's name. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** The one package of Acme's own; it needs nothing, and type checkers can read it. */
export const ACME_LOGGING = wheel('acme-logging', '2.1.0', {
  'acme_logging/__init__.py': `"""Log lines as Acme reads them."""

import logging


class AcmeFormatter(logging.Formatter):
    """Puts the company in front of each line."""

    def format(self, record: logging.LogRecord) -> str:
        return f"acme {super().format(record)}"
`,
  'acme_logging/py.typed': '',
});

function wheel(name: string, version: string, modules: Readonly<Record<string, string>>): Wheel {
  const stem = `${name.replaceAll('-', '_')}-${version}`;
  const files: Record<string, string> = {
    ...modules,
    [`${stem}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nRequires-Python: >=3.12\n`,
    [`${stem}.dist-info/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: pycompose\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record = `${stem}.dist-info/RECORD`;
  const lines = Object.entries(files).map(([path, text]) => `${path},sha256=${createHash('sha256').update(text).digest('base64url')},${Buffer.byteLength(text)}`);
  const bytes = zip({ ...files, [record]: `${[...lines, `${record},,`].join('\n')}\n` });
  return { name, version, file: `${stem}-py3-none-any.whl`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Stored, not deflated: a newer zlib would deflate to other bytes. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    // version 2.0, no flags, stored, 1 January 1980
    const common = numbers([20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]);
    contents.push(numbers([0x04034b50, 4]), common, name, data);
    // made on Unix, no comment, first disk, a regular file that all may read
    directory.push(numbers([0x02014b50, 4], [0x0314, 2]), common, numbers([0, 2], [0, 2], [0, 2], [0o100644 * 0x10000, 4], [offset, 4]), name);
    offset += 4 + common.length + name.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  return Buffer.concat([...contents, ...directory, numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2])]);
}

/** Little-endian numbers of so many bytes. */
function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
