/** Where a user's settings and the cache lie: the XDG base directories, or what Windows has for them. */
import { posix, win32 } from 'node:path';

export interface UserDirectories {
  readonly config: string;
  readonly cache: string;
}

const NAME = 'pycompose';

/**
 * On macOS as on Linux, where those who use a terminal look for them.
 * @param home the user's, absolute
 */
export function userDirectories(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): UserDirectories {
  const windows = platform === 'win32';
  const { isAbsolute, join } = windows ? win32 : posix;
  // a relative one is to be ignored, as XDG has it: it would be another one in every directory
  const base = (variable: string, ...otherwise: readonly string[]): string => {
    const given = env[variable];
    return given !== undefined && isAbsolute(given) ? given : join(home, ...otherwise);
  };
  if (!windows) return { config: join(base('XDG_CONFIG_HOME', '.config'), NAME), cache: join(base('XDG_CACHE_HOME', '.cache'), NAME) };
  return { config: join(base('APPDATA', 'AppData', 'Roaming'), NAME), cache: join(base('LOCALAPPDATA', 'AppData', 'Local'), NAME, 'Cache') };
}
