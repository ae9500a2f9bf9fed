/** 0.2.0 names a volume after the server whose data it holds; a project of 0.1.0 keeps its data under the name that it has. */
import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap } from 'yaml';
import { UserError } from '../errors/user-error.ts';
import { unframe } from '../merge/line-endings.ts';
import { unreadable } from '../merge/merge.ts';
import { isComposePath } from '../render/compose/index.ts';
import type { Change, Migration } from './migration.ts';

export const volumesByServer: Migration = {
  to: '0.2.0',
  rewrite: (path, text, side, change) => {
    if (!isComposePath(path)) return text;
    const problem = unreadable(path, text);
    if (problem !== null) throw new UserError(`${path} cannot be read, ${problem}: mend it first, as it says which volumes hold this project's data`);
    const { text: plain, crlf } = unframe(text);
    const keep = side === 'yours' && path === 'compose.yaml';
    const rewritten = renames(change).reduce((current, rename) => renamed(current, rename, keep && rename.stays), plain);
    return rewritten === plain ? text : crlf ? rewritten.replaceAll('\n', '\r\n') : rewritten;
  },
};

interface Rename {
  readonly old: string;
  readonly name: string;
  /** Whether the server stays, and so needs the data. */
  readonly stays: boolean;
}

function renames({ last, next }: Change): readonly Rename[] {
  return [
    ...(last.database === 'none' ? [] : [{ old: 'database-data', name: `${last.database}-data`, stays: last.database === next.database }]),
    ...(last.broker === 'none' ? [] : [{ old: 'broker-data', name: `${last.broker}-data`, stays: last.broker === next.broker }]),
  ];
}

/** A text that takes the place of a part of the file. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** @param keep whether Compose is to take the volume that is there, unless the user has named another */
function renamed(text: string, { old, name }: Rename, keep: boolean): string {
  const document = parseDocument(text, { version: '1.1', keepSourceTokens: true });
  const volumes = document.get('volumes');
  const splices = mounts(document.get('services'), old, name);
  const pair = isMap(volumes) ? volumes.items.find(({ key }) => isScalar(key) && key.value === old) : undefined;
  if (pair !== undefined) splices.push(...definition(text, pair, name, keep ? `\${COMPOSE_PROJECT_NAME}_${old}` : null));
  return splices.sort((a, b) => b.from - a.from).reduce((current, { from, to, text: put }) => current.slice(0, from) + put + current.slice(to), text);
}

/** Where services mount the volume, in the short form and in the long one. */
function mounts(services: unknown, old: string, name: string): Splice[] {
  if (!isMap(services)) return [];
  return services.items.flatMap(({ value }) => {
    const list = isMap(value) ? value.get('volumes') : null;
    return isSeq(list) ? list.items.flatMap((item) => mount(isMap(item) ? item.get('source', true) : item, old, name)) : [];
  });
}

function mount(node: unknown, old: string, name: string): Splice[] {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range || !(node.value === old || node.value.startsWith(`${old}:`))) return [];
  const start = node.range[0] + (node.source !== undefined && /QUOTE/.test(node.type ?? '') ? 1 : 0);
  return [{ from: start, to: start + old.length, text: name }];
}

function definition(text: string, { key, value }: Pair<unknown, unknown>, name: string, named: string | null): Splice[] {
  if (!isScalar(key) || !key.range) return [];
  const rename = { from: key.range[0], to: key.range[1], text: name };
  const options = isMap(value) ? value : null;
  if (named === null || options?.has('name') === true || options?.has('external') === true) return [rename];
  const column = key.range[0] - (text.lastIndexOf('\n', key.range[0]) + 1);
  return [rename, ...withName(options, value, key.range[1], `name: ${named}`, ' '.repeat(column + 2))];
}

function withName(options: YAMLMap | null, value: unknown, afterKey: number, line: string, indent: string): Splice[] {
  const range = options?.range ?? (isScalar(value) ? value.range : undefined);
  if (options === null || options.items.length === 0 || !range) {
    // nothing, null or {}: what stands there makes room
    const from = afterKey + 1;
    return [{ from, to: Math.max(from, range?.[1] ?? from), text: `\n${indent}${line}` }];
  }
  if (options.flow === true) return [{ from: range[0] + 1, to: range[0] + 1, text: ` "name": "${line.slice('name: '.length)}",` }];
  return [{ from: range[0], to: range[0], text: `${line}\n${indent}` }];
}
