/** What a run has broken in the services of a project, in sentences. */
import type { Texts } from '../texts.ts';
import { brokenInService } from './service.ts';

/** @param removed services that are no longer run; what is left of them is not looked at */
export function brokenInServices(before: Texts, after: Texts, removed: ReadonlySet<string>): readonly string[] {
  const [old, now] = [byService(before), byService(after)];
  return [...now].flatMap(([service, files]) => {
    const earlier = old.get(service) ?? new Map<string, string>();
    if (removed.has(service) || same(earlier, files)) return [];
    return brokenInService(earlier, files).map(({ path, says }) => `services/${service}/${path} ${says}`);
  });
}

/** Service to path below its directory to text. */
function byService(texts: Texts): ReadonlyMap<string, Texts> {
  const services = new Map<string, Map<string, string>>();
  for (const [path, text] of texts) {
    const [, service, rest] = /^services\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (service === undefined || rest === undefined) continue;
    const files = services.get(service);
    if (files === undefined) services.set(service, new Map([[rest, text]]));
    else files.set(rest, text);
  }
  return services;
}

function same(one: Texts, other: Texts): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}
