/** Whether files are what their names say, as far as that can be told without other programs. */
import { isMap, parseDocument } from 'yaml';
import { parseTOML } from 'toml-eslint-parser';
import { isComposePath } from '../../render/compose/index.ts';
import type { FileMap } from '../../render/file-map.ts';

const INSTRUCTIONS = new Set('ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '));
const MARKERS = /^(<{7} |>{7} |={7}$)/m;

/** Says what is wrong with a file, in one line; null when nothing is. */
export function malformed(path: string, text: string): string | null {
  if (MARKERS.test(text)) return 'has conflict markers';
  if (/\.ya?ml$/.test(path)) return yamlProblem(path, text);
  if (path.endsWith('.json')) return thrownBy(() => JSON.parse(text) as unknown);
  if (path.endsWith('.toml')) return thrownBy(() => parseTOML(text));
  return path.endsWith('/Dockerfile') ? dockerfileProblem(text) : null;
}

function yamlProblem(path: string, text: string): string | null {
  const { errors, contents } = parseDocument(text, isComposePath(path) ? { version: '1.1' } : {});
  if (errors[0] !== undefined) return errors[0].message.split('\n')[0] ?? 'is no YAML';
  return isComposePath(path) && !isMap(contents) ? 'is no mapping' : null;
}

function thrownBy(parse: () => unknown): string | null {
  try {
    parse();
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? 'cannot be parsed';
  }
}

function dockerfileProblem(text: string): string | null {
  const stages: string[] = [];
  let inside = false;
  let end: string | null = null;
  for (const line of text.split('\n')) {
    if (end !== null) {
      if (line.trim() === end) end = null;
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    const [keyword = '', ...words] = line.trim().split(/\s+/);
    if (!inside && !INSTRUCTIONS.has(keyword.toUpperCase())) return `has the unknown instruction ${keyword.slice(0, 40)}`;
    if (!inside && stages.length === 0 && !['FROM', 'ARG'].includes(keyword.toUpperCase())) return `begins with ${keyword} instead of FROM`;
    if (!inside && keyword.toUpperCase() === 'FROM') stages.push((/^as$/i.test(words.at(-2) ?? '') ? words.at(-1) ?? '' : String(stages.length)).toLowerCase());
    const from = /--from=(\S+)/.exec(line)?.[1];
    if (from !== undefined && !/[/.:]/.test(from) && !stages.includes(from.toLowerCase())) return `copies from the stage ${from}, which is not there`;
    end = /<<-?["']?(\w+)/.exec(line)?.[1] ?? null;
    inside = /\\\s*$/.test(line);
  }
  return stages.length === 0 ? 'has no FROM' : null;
}

/** What a project's Compose files refer to, and do not have. */
export function danglingIn(files: FileMap): readonly { readonly path: string; readonly message: string }[] {
  const base = services(files, 'compose.yaml');
  return ['compose.yaml', 'compose.override.yaml', 'compose.deploy.yaml', 'compose.test.yaml'].flatMap((path) => {
    const [own, below] = [data(files, path), data(files, 'compose.yaml')];
    const all = { ...base, ...services(files, path) };
    const known = (section: string): ReadonlySet<string> => new Set([...Object.keys(mapping(below[section])), ...Object.keys(mapping(own[section])), ...(section === 'networks' ? ['default'] : [])]);
    return Object.entries(services(files, path)).flatMap(([name, service]) => {
      const missing = [
        ...names(service['networks']).filter((network) => !known('networks').has(network)).map((network) => `the network ${network}`),
        ...names(service['depends_on']).filter((other) => all[other] === undefined).map((other) => `the service ${other}`),
        ...secrets(service).filter((secret) => !known('secrets').has(secret)).map((secret) => `the secret ${secret}`),
        ...volumes(service).filter((volume) => !known('volumes').has(volume)).map((volume) => `the volume ${volume}`),
        ...target(files, { ...mapping(base[name]), ...service }),
      ];
      return missing.map((what) => ({ path, message: `services.${name} refers to ${what}, which is not there` }));
    });
  });
}

type Mapping = Readonly<Record<string, unknown>>;

function data(files: FileMap, path: string): Mapping {
  const text = files.get(path)?.text;
  return text === undefined ? {} : mapping(parseDocument(text, { version: '1.1', logLevel: 'silent' }).toJS());
}

function services(files: FileMap, path: string): Readonly<Record<string, Mapping>> {
  return Object.fromEntries(Object.entries(mapping(data(files, path)['services'])).map(([name, service]) => [name, mapping(service)]));
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : Object.keys(mapping(value));
}

function secrets(service: Mapping): readonly string[] {
  const all = [service['secrets'], mapping(service['build'])['secrets']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return all.map((secret) => String(typeof secret === 'string' ? secret : mapping(secret)['source']));
}

function volumes(service: Mapping): readonly string[] {
  const list = Array.isArray(service['volumes']) ? (service['volumes'] as unknown[]) : [];
  return list.flatMap((volume) => (typeof volume === 'string' && /^[A-Za-z0-9][\w.-]*:/.test(volume) ? [volume.split(':')[0] ?? ''] : []));
}

/** The stage that a service is built to has to be in its Dockerfile. */
function target(files: FileMap, service: Mapping): readonly string[] {
  const build = mapping(service['build']);
  const context = String(build['context'] ?? '').replace(/^\.\//, '');
  if (build['target'] === undefined || context === '') return [];
  const text = files.get(`${context}/Dockerfile`)?.text;
  if (text === undefined) return [`${context}/Dockerfile`];
  return new RegExp(`^FROM\\s.*\\sAS\\s+${String(build['target']).replace(/\W/g, '\\$&')}\\s*$`, 'im').test(text) ? [] : [`the stage ${String(build['target'])} of ${context}/Dockerfile`];
}
