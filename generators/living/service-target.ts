/** Takes one service's parts of the Compose files from what this version writes, and leaves the other parts alone. */
import { isMap, parseDocument, type Document } from 'yaml';
import { mergeFile } from '../merge/merge.ts';
import { settle } from '../merge/merged.ts';
import type { Project, Service } from '../project/model.ts';
import { isComposePath } from '../render/compose/index.ts';
import { pair } from '../render/compose/networks.ts';
import { processName, roles } from '../render/compose/processes.ts';
import type { FileMap } from '../render/file-map.ts';

const PAIRED = ['database', 'cache', 'broker', 'proxy', 'mail', 'public', 'egress'] as const;

/** @param target what is wanted without those parts */
export function serviceTarget(target: FileMap, after: FileMap, project: Project, name: string): FileMap {
  const service = project.services.find((candidate) => candidate.name === name);
  if (service === undefined) return target;
  const files = new Map(target);
  for (const [path, file] of target) {
    const wanted = after.get(path);
    if (!isComposePath(path) || wanted === undefined || wanted.text === file.text) continue;
    const without = withPartsOf(wanted.text, file.text, project, service);
    files.set(path, { ...file, text: settle(mergeFile(path, without, file.text, wanted.text), () => 'take') });
  }
  return files;
}

/** The wanted file with the service's parts as they are now: what differs from it in the wanted file are just these parts. */
function withPartsOf(wanted: string, now: string, project: Project, service: Service): string {
  const [into, from] = [wanted, now].map((text) => parseDocument(text, { version: '1.1', uniqueKeys: false })) as [Document, Document];
  const values = from.toJS() as Record<string, Record<string, unknown>>;
  const processes = new Set(roles(project).map((role) => processName(service, role)));
  const networks = new Set(PAIRED.map((component) => pair(service, component)));
  for (const [section, owns] of [
    ['services', (key: string) => processes.has(key)],
    ['networks', (key: string) => networks.has(key)],
    ['secrets', (key: string) => key.startsWith(`${service.name}_`)],
  ] as const) {
    const map = into.get(section);
    if (!isMap(map)) continue;
    for (const { key } of [...map.items].filter((pair) => owns(String(pair.key)))) {
      const old = values[section]?.[String(key)];
      if (old === undefined) map.delete(key);
      else map.set(key, from.createNode(old));
    }
  }
  return into.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: false, directives: false });
}
