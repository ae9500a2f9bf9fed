import { env } from './env.ts';
import type { Format } from './format.ts';
import { requirements } from './requirements.ts';
import { toml } from './toml.ts';
import { yaml } from './yaml.ts';

const FORMATS: readonly (readonly [RegExp, Format])[] = [
  [/^(?:docker-)?compose[^/]*\.ya?ml$/, yaml],
  [/^pycompose\.yaml$/, yaml],
  [/^pyproject\.toml$/, toml],
  [/^\.env\.example$/, env],
  [/^requirements[^/]*\.in$/, requirements],
];

/** The format of a file by its name; null for a file that is merged by line. */
export function formatOf(path: string): Format | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return FORMATS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
