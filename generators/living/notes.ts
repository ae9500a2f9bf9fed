/** What a change of a project leaves for its owner to decide: data, secrets, addresses. Nothing of it is ever done for them. */
import { listed } from '../cli/listed.ts';
import type { Project, Service } from '../project/model.ts';
import { persistentVolumes } from '../render/compose/volumes.ts';

/** A sentence each. */
export function decisionsOf(old: Project, next: Project): readonly string[] {
  if (old.name !== next.name) {
    return [`the project is called ${next.name} now, and Compose looks for its data under that name: the volumes and containers of ${old.name} stay as they are; stop them with \`docker compose --project-name ${old.name} down\``];
  }
  const gone = old.services.filter(({ name }) => !next.services.some((service) => service.name === name));
  return [...gone.map((service) => ofService(service, old, next)), ...frameworks(old, next), ...volumes(old, next), ...example(old, next), ...addresses(old, next), ...restarts(old, next, gone)];
}

function ofService({ name, package: owner }: Service, old: Project, next: Project): string {
  const kept = [
    old.database !== null && next.database !== null ? `its database and role ${owner}` : null,
    old.broker === 'rabbitmq' && next.broker === 'rabbitmq' ? `its virtual host and user ${owner} in the broker` : null,
    `its secrets (secrets/${name}_*)`,
  ].filter((part) => part !== null);
  return `${name} is gone, but ${listed(kept)} stay: delete them when nobody needs them any more`;
}

function frameworks(old: Project, next: Project): readonly string[] {
  return next.services.flatMap(({ name, kind }) => {
    const before = old.services.find((service) => service.name === name)?.kind;
    if (before === undefined || before === kind || old.database === null) return [];
    return [`${name} is written for ${kind} now: the tables that ${before} made stay in its database, and its migrations of ${before} in services/${name}, until you delete them`];
  });
}

function volumes(old: Project, next: Project): readonly string[] {
  const kept = persistentVolumes(next);
  return persistentVolumes(old)
    .filter((volume) => !kept.includes(volume))
    .map((volume) => `the volume ${volume} keeps its data, and nothing copies it: \`docker volume ls --filter name=${volume}\` finds it when you want to move or delete it`);
}

function example(old: Project, next: Project): readonly string[] {
  if (old.example && next.database === null) return ['the migrations of the example stay, because a database may remember them; nothing runs them now, and `./run lint` may miss what they import: delete them when their data is no longer needed'];
  if (old.example === next.example || old.database !== next.database) return [];
  if (next.example) return ['where a service has migrations of its own, the one of the example stands beside them: `./run makemigrations` says whether they agree'];
  return ["the example's first migration stays, because databases remember it: `./run makemigrations` writes the one that drops its tables"];
}

function addresses(old: Project, next: Project): readonly string[] {
  if (next.proxy === null || old.proxy === null) return [];
  const [first] = next.services;
  return old.root !== null && next.root === null && first !== undefined ? [`nothing is at / now: \`pycompose set services.${first.name}.path=/\` puts ${first.name} there`] : [];
}

function restarts(old: Project, next: Project, gone: readonly Service[]): readonly string[] {
  const components = (['database', 'cache', 'broker', 'proxy'] as const).filter((component) => old[component] !== null && next[component] === null);
  const names = [...gone.map(({ name }) => name), ...components, ...(old.mail && !next.mail ? ['mail'] : []), ...(old.beat && !next.beat ? ['beat'] : [])];
  return names.length === 0 ? [] : [`containers of what is gone (${names.join(', ')}) run until the next \`./run up\` or \`./run deploy\``];
}
