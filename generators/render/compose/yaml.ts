import { Alias, Document, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { ComposeFile, ComposeService } from './model.ts';

const LOGGING: ComposeService['logging'] = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } };
/** Lists that read as one line: commands and single words. */
const ONE_LINE = ['command', 'entrypoint', 'cap_drop', 'cap_add', 'security_opt', 'tmpfs'];

export interface Printing {
  /** The Python service that a Compose service is a process of. */
  readonly ownerOf: (name: string) => string;
  readonly logging?: true;
  /** Lists that Compose puts in the place of those in compose.yaml, instead of adding to them. */
  readonly override?: readonly string[];
}

/** Prints a compose file: a heading, a blank line between the services, and what processes share written once. */
export function printCompose(heading: readonly string[], file: ComposeFile, options: Printing): string {
  const { name, ...rest } = file;
  // Compose reads YAML 1.1, where no is a truth value and 999:999 a number: this version quotes both.
  const document = new Document({ name, ...(options.logging ? { 'x-logging': LOGGING } : {}), ...rest }, { version: '1.1', aliasDuplicateObjects: false });
  document.commentBefore = heading.map((line) => ` ${line}`).join('\n');
  const root = document.contents as unknown as YAMLMap;
  const services = document.get('services') as YAMLMap;
  share(services, options.ownerOf);
  if (options.logging) {
    const logging = document.get('x-logging') as YAMLMap;
    logging.anchor = 'logging';
    for (const { value } of services.items) if (isMap(value) && !value.has('logging')) value.set('logging', new Alias('logging'));
  }
  for (const { value } of services.items) {
    if (!isMap(value)) continue;
    flow(value);
    for (const key of options.override ?? []) override(value, key);
  }
  for (const pair of root.items.slice(1)) separate(pair.key);
  for (const pair of services.items.slice(1)) separate(pair.key);
  return document.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: false, directives: false });
}

/**
 * The processes of a service have the same environment and secrets: written at the first, referred to by the others.
 * Other services that happen to have the same write it for themselves: what is changed in one, or goes with it, is its own.
 * Anchors are named after Compose services and so unique; the document's own createAlias would search it for each.
 */
function share(services: YAMLMap, ownerOf: Printing['ownerOf']): void {
  const written = new Map<string, { readonly node: YAMLMap; readonly anchor: string }>();
  for (const { key, value: service } of services.items) {
    if (!isMap(service)) continue;
    for (const shared of ['environment', 'secrets']) {
      const node = service.get(shared, true) as YAMLMap | undefined;
      if (!node) continue;
      const content = `${ownerOf(String(key))} ${JSON.stringify(node)}`;
      const first = written.get(content);
      if (first) {
        first.node.anchor = first.anchor;
        service.set(shared, new Alias(first.anchor));
      } else written.set(content, { node, anchor: `${String(key)}-${shared}` });
    }
  }
}

function flow(service: YAMLMap): void {
  for (const key of ONE_LINE) {
    const list = service.get(key, true);
    if (isSeq(list)) list.flow = true;
  }
  const test = service.getIn(['healthcheck', 'test'], true);
  if (isSeq(test)) test.flow = true;
}

function override(service: YAMLMap, key: string): void {
  const node = service.get(key, true);
  // a fragment may have made a mapping of the list
  if (isSeq(node) || isMap(node)) node.tag = '!override';
  if (isSeq(node)) node.flow = true;
}

function separate(key: unknown): void {
  if (isScalar(key)) key.spaceBefore = true;
}
