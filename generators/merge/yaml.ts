/** YAML files as keyed blocks. */
import { isMap, parseAllDocuments, parseDocument, visit, type Document } from 'yaml';
import type { Format } from './format.ts';
import { emptyBlock, Untrusted, type Block } from './keyed.ts';
import { splitHeading } from './text.ts';
import { anchorsIn, danglingAliases, keyOf } from './yaml-value.ts';
import { parseMap } from './yaml-block.ts';

// Compose reads YAML 1.1; the source tokens say where things stand.
// That no key is there twice is seen by parseMap: the library's own check compares each key with each other.
const OPTIONS = { version: '1.1', keepSourceTokens: true, uniqueKeys: false } as const;

export const yaml: Format = {
  parse(text) {
    const document = parseDocument(text, OPTIONS);
    if (!readable(document)) throw new Untrusted('malformed');
    return root(document, text);
  },
  missing: (text) => [...danglingAliases(parseDocument(text, OPTIONS))],
  certain(text) {
    const documents = parseAllDocuments(text, OPTIONS);
    return !Array.isArray(documents) || documents.every(readable);
  },
  problem(text) {
    const documents = parseAllDocuments(text, { ...OPTIONS, prettyErrors: true });
    if (!Array.isArray(documents)) return null;
    for (const document of documents) {
      const [error] = document.errors;
      if (error !== undefined) return `line ${error.linePos?.[0].line ?? '?'}: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? ''}`;
      if (hasRepeatedKey(document)) return 'a key in it is there twice';
      if (danglingAliases(document).size > 0) return `it has no anchor ${[...danglingAliases(document)].map((name) => `&${name}`).join(', ')}`;
    }
    return null;
  },
};

/** An anchor that is there twice is legal, but means something else as soon as entries move. */
function readable(document: Document): boolean {
  if (hasRepeatedKey(document)) return false;
  const anchors = anchorsIn(document.contents);
  return document.errors.length === 0 && danglingAliases(document).size === 0 && new Set(anchors).size === anchors.length;
}

function hasRepeatedKey(document: Document): boolean {
  let repeated = false;
  visit(document, {
    Map: (_key, { items }) => {
      repeated ||= new Set(items.map((pair) => keyOf(pair.key))).size < items.length;
    },
  });
  return repeated;
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
