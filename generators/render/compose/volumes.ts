import type { Broker, Database, Project } from '../../project/model.ts';

/** The named volume of a server: of its kind alone, so that no server ever starts on the files of another. */
export function dataVolume(server: Database | Broker): string {
  return `${server}-data`;
}

/** The named volumes that hold data worth keeping; a cache keeps nothing. */
export function persistentVolumes({ database, broker }: Project): readonly string[] {
  return [database, broker].filter((server) => server !== null).map(dataVolume);
}
