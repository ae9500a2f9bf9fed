import type { Project, Service } from '../../project/model.ts';

/** The network of one pair: a service and one of the components beside it. */
export function pair(service: Service, component: 'database' | 'cache' | 'broker' | 'proxy' | 'mail' | 'public' | 'egress'): string {
  return `${service.name}-${component}`;
}

export const SETUP_NETWORK = 'database-setup';
/** The only network of the base system that reaches the outside: the published port of the proxy. */
export const PUBLIC_NETWORK = 'public';

/** The networks of compose.yaml. An internal one has no route to the outside. */
export function baseNetworks(project: Project): Record<string, { internal?: true }> {
  const internal: string[] = [
    ...(project.database ? [SETUP_NETWORK] : []),
    ...project.services.flatMap((service) => [
      ...(project.database ? [pair(service, 'database')] : []),
      ...(project.cache ? [pair(service, 'cache')] : []),
      ...(project.broker ? [pair(service, 'broker')] : []),
      ...(project.proxy ? [pair(service, 'proxy')] : []),
    ]),
  ];
  const open = project.proxy ? [PUBLIC_NETWORK] : project.services.map((service) => pair(service, 'public'));
  return Object.fromEntries([
    ...open.map((name) => [name, {}] as const),
    ...internal.map((name) => [name, { internal: true as const }] as const),
  ]);
}
