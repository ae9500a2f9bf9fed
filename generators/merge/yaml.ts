/** YAML files as keyed blocks. */
import { isMap, parseAllDocuments, parseDocument, type Document } from 'yaml';
import type { Format } from './format.ts';
import { emptyBlock, Untrusted, type Block } from './keyed.ts';
import { splitHeading } from './text.ts';
import { anchorsIn, danglingAliases } from './yaml-value.ts';
import { parseMap } from './yaml-block.ts';

// Compose reads YAML 1.1; the source tokens say where things stand.
const OPTIONS = { version: '1.1', keepSourceTokens: true } as const;

export const yaml: Format = {
  parse(text) {
    const document = parseDocument(text, OPTIONS);
    if (!readable(document)) throw new Untrusted('malformed');
    return root(document, text);
  },
  missing: (text) => [...danglingAliases(parseDocument(text, OPTIONS))],
  valid(text) {
    const documents = parseAllDocuments(text, OPTIONS);
    if (!Array.isArray(documents)) return true;
    return documents.every(readable);
  },
};

/** An anchor that is there twice is legal, but means something else as soon as entries move. */
function readable(document: Document): boolean {
  const anchors = anchorsIn(document.contents);
  return document.errors.length === 0 && danglingAliases(document).size === 0 && new Set(anchors).size === anchors.length;
}

function root(document: Document.Parsed, text: string): Block {
  const { contents } = document;
  if (contents === null) return emptyBlock(text);
  if (!isMap(contents) || contents.flow) throw new Untrusted('no mapping');
  if (contents.anchor !== undefined || contents.tag !== undefined) throw new Untrusted('a mapping with an anchor or a tag');
  const block = parseMap(contents, text, 0, text.length);
  const [first, ...others] = block.items;
  if (!first) return { ...block, trail: text };
  const { heading, lead } = splitHeading(first.lead);
  const items = [{ ...first, lead }, ...others].map((item) => (item.block?.kind === 'map' ? { ...item, block: { ...item.block, container: true } } : item));
  return { ...block, heading, items };
}
