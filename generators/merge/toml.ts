/** TOML files, as pyproject.toml is, as keyed blocks. */
import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import type { Format } from './format.ts';
import { EMPTY, emptyBlock, Untrusted, canonicalMap, entriesOf, type Block, type Item } from './keyed.ts';
import { splitHeading } from './text.ts';
import { parseKeyValues } from './toml-block.ts';
import { tableKeys } from './toml-keys.ts';
import { lineEnd, lineStart } from './offsets.ts';

export const toml: Format = {
  parse: (text) => root(parsed(text), text),
  missing: () => [],
  certain: (text) => toml.problem(text) === null,
  problem(text) {
    try {
      parsed(text);
      return null;
    } catch (error) {
      return error instanceof Untrusted ? error.message : String(error);
    }
  },
};

function parsed(text: string): AST.TOMLTopLevelTable {
  try {
    return parseTOML(text).body[0];
  } catch (error) {
    if (error instanceof ParseError) throw new Untrusted(`line ${error.lineNumber}: ${error.message}`);
    throw error;
  }
}

function root({ body }: AST.TOMLTopLevelTable, text: string): Block {
  const tables = body.filter((node) => node.type === 'TOMLTable');
  const own = body.filter((node) => node.type === 'TOMLKeyValue');
  const keys = tableKeys(tables);
  const starts = tables.map((table, index) => {
    const before = index === 0 ? own.at(-1) : (tables[index - 1]?.body.at(-1) ?? tables[index - 1]);
    return aboveTable(text, before ? lineEnd(text, before.range[1]) : 0, lineStart(text, table.range[0]));
  });
  const top = parseKeyValues(own, text, 0, starts[0] ?? text.length);
  const items = tables.map((table, index): Item => {
    const from = starts[index] ?? 0;
    const start = lineStart(text, table.range[0]);
    const head = lineEnd(text, table.key.range[1]);
    const end = starts[index + 1] ?? text.length;
    const block = parseKeyValues(table.body, text, head, end);
    const before = text.slice(start, head).replace(/[ \t]*(?:#[^\n]*)?\r?\n?$/, '');
    const value = canonicalMap('', entriesOf(block));
    return { key: keys[index] ?? '', lead: text.slice(from, start), body: text.slice(start, end), before, atom: '', props: '', after: text.slice(start + before.length, head), own: '', block, value, anchors: [] };
  });
  // What follows the last key before the first table, and that there are only tables, is of no matter to the merge.
  const [first, ...others] = [...top.items, ...items.map((item, index) => (index === 0 ? { ...item, lead: top.trail + item.lead } : item))];
  if (!first) return emptyBlock(text);
  const { heading, lead } = splitHeading(first.lead);
  return { ...EMPTY, heading, items: [{ ...first, lead }, ...others] };
}

/** Comments directly below a key, set apart from the next table by a blank line, belong to the table above. */
function aboveTable(text: string, from: number, to: number): number {
  const below = /^(?:[ \t]*#[^\n]*\n)+(?=[ \t]*\r?\n)/.exec(text.slice(from, to));
  return from === 0 || !below ? from : from + below[0].length;
}
