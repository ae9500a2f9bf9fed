/** The group of a lock, '' for requirements.txt and -test or -dev for the others; null for any other file. */
export function lockGroup(path: string): '' | '-test' | '-dev' | null {
  const match = /(?:^|\/)requirements(|-test|-dev)\.txt$/.exec(path);
  return match === null ? null : (match[1] as '' | '-test' | '-dev');
}
