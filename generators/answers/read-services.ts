/** Reads `services:`, a mapping of a name to its framework, or to `{ framework: ..., port: ..., path: ... }`. */
import { isScalar, type Node } from 'yaml';
import type { ServiceAnswer } from '../questions/answers.ts';
import { serviceNameProblem } from '../questions/names.ts';
import { didYouMean, quoted } from '../questions/nearest.ts';
import { pathProblem, portProblem } from '../questions/places.ts';
import { SERVICE_OPTIONS, type ServicesQuestion } from '../questions/table.ts';
import { choiceProblem } from '../questions/values.ts';
import { isNothing, mapEntries, type Entry } from './entries.ts';
import type { Fail } from './parse.ts';

export function readServices(question: ServicesQuestion, node: Node | null, fail: Fail, offset: number): ServiceAnswer[] {
  if (isNothing(node)) return fail(offset, 'services: there is none; write lines like `  web: { framework: django }`');
  return mapEntries(node, fail, 'services: no mapping; write lines like `  web: { framework: django }`').map((entry) => readService(question, entry, fail));
}

function readService(question: ServicesQuestion, entry: Entry, fail: Fail): ServiceAnswer {
  const problem = serviceNameProblem(entry.key);
  if (problem !== null) fail(entry.offset, `services: ${problem}`);
  const name = `services.${entry.key}`;
  const options = serviceOptions(entry, fail);
  const framework = options.get('framework')?.node ?? null;
  if (isNothing(framework)) return fail(entry.offset, `${name}: no framework; write { framework: django }`);
  const value = isScalar(framework) ? String(framework.value) : plain(framework);
  const wrong = choiceProblem(question, value);
  if (wrong !== null) fail(framework.range?.[0] ?? entry.offset, `${name}: ${wrong}`);
  return {
    name: entry.key,
    framework: value as ServiceAnswer['framework'],
    ...place(options.get('port'), name, portProblem, fail),
    ...place(options.get('path'), name, pathProblem, fail),
  };
}

function serviceOptions({ key, node, offset }: Entry, fail: Fail): ReadonlyMap<string, Entry> {
  if (node === null || isScalar(node)) return new Map([['framework', { key: 'framework', node, offset }]]);
  const options = mapEntries(node, fail, `services.${key}: no mapping; write { framework: django }`);
  const unknown = options.find((option) => !SERVICE_OPTIONS.includes(option.key));
  if (unknown) fail(unknown.offset, `services.${key}: unknown key ${quoted(unknown.key)}${didYouMean(unknown.key, SERVICE_OPTIONS)}; known are ${SERVICE_OPTIONS.join(', ')}`);
  return new Map(options.map((option) => [option.key, option]));
}

function place(option: Entry | undefined, service: string, problemOf: (value: unknown) => string | null, fail: Fail): Partial<ServiceAnswer> {
  if (option === undefined) return {};
  const value = plain(option.node);
  const problem = problemOf(value);
  if (problem !== null) fail(option.node?.range?.[0] ?? option.offset, `${service}.${option.key}: ${problem}`);
  return { [option.key]: value };
}

function plain(node: Node | null): unknown {
  return node === null ? null : (node.toJSON() as unknown);
}
