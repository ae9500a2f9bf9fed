/** Which files a starter consists of: everything but what its authors work with. */

const ASIDE = new Set(['node_modules', 'test', 'dist']);

/** @param path from the starter's directory, with forward slashes */
export function isOfStarter(path: string): boolean {
  const [top = ''] = path.split('/');
  // names with a dot are git's, npm's and editors'; below templates/ they are files of projects
  return !ASIDE.has(top) && !top.startsWith('.') && !/^readme(\.|$)/i.test(top);
}
