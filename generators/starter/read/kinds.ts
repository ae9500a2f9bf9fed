/** A starter's own kinds of services. */
import { quoted } from '../../questions/nearest.ts';
import type { ServiceKind } from '../starter.ts';
import type { Described } from './description.ts';
import { requirementsOf } from './starter.ts';

/** Names that say something else where a kind could stand. */
const TAKEN = new Set('django flask fastapi common sqlalchemy catalog project process web migrate worker beat database database-setup cache broker mail proxy none'.split(' '));

export function readKinds({ description, refuse }: Described): readonly ServiceKind[] {
  return Object.entries(description.kinds ?? {}).map(([name, kind]) => {
    if (TAKEN.has(name)) refuse(['kinds', name], `${quoted(name)} is taken: give the kind another name`);
    return { name, brings: kind.brings, extends: kind.extends, requirements: requirementsOf(kind.requirements) };
  });
}
