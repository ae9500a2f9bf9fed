import type { PackageGraph } from '../catalog/graph.ts';
import type { Project, Service } from '../project/model.ts';

/** requirements*.in and their locks, by path inside the service's directory. */
export function requirementFiles(_project: Project, _service: Service, _packages: PackageGraph): ReadonlyMap<string, string> {
  return new Map();
}
