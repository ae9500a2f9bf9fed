/** The address of a git repository, and what is wanted of it. */

const PROTOCOLS = ['https:', 'ssh:', 'file:'];

/** What git takes for no name of a branch or tag (git check-ref-format), and what a refspec gives a meaning to. */
const NO_REF = /[\s~^:?*[\\]|\.\.|@\{|\/\/|\/\.|^[-+./]|[./]$|\.lock(\/|$)/;

/**
 * @param text without `git+`
 * @param refuse throws, with what is wrong
 */
export function parseGit(text: string, refuse: (problem: string) => never): { readonly url: string; readonly ref: string | null } {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  const ref = hash < 0 ? null : text.slice(hash + 1);
  // programs read a backslash in an address in different ways
  if (/[\s\\]/.test(url)) return refuse('has white space or a backslash in its address: write them as %20 and /');
  if (!URL.canParse(url)) return refuse(/^ssh:\/\/[^/]+:/i.test(url) ? 'is no address: write / between the host and the path, like git+ssh://git@host/acme/starter.git' : 'is no address: write one like git+https://host/acme/starter.git');
  checkAddress(new URL(url), url, refuse);
  if (ref !== null) checkRef(ref, refuse);
  return { url, ref };
}

function checkAddress({ protocol, username, password, hostname, pathname, search }: URL, url: string, refuse: (problem: string) => never): void {
  if (protocol === 'http:' || protocol === 'git:') refuse('is an address without encryption: write git+https://…');
  if (!PROTOCOLS.includes(protocol) || !url.toLowerCase().startsWith(`${protocol}//`)) refuse(`is reached by ${protocol.slice(0, -1)}, which is not taken: write git+https://…, git+ssh://… or git+file:///…`);
  // pycompose.yaml keeps the address, and is committed
  if (password !== '' || (username !== '' && protocol !== 'ssh:')) refuse('has a login in it, which everybody could read in pycompose.yaml: leave it out, and let a credential helper of git or an SSH key log in');
  if (protocol === 'file:' ? hostname !== '' : hostname === '') refuse(protocol === 'file:' ? 'names a host: write three slashes, like git+file:///srv/git/starter.git' : 'names no host: write one like git+https://host/acme/starter.git');
  // ssh would take such a name for one of its flags
  if (/^-|^%2d/i.test(hostname) || /^-|^%2d/i.test(username)) refuse('has a dash at the start of its host or user');
  if (search !== '') refuse('has a query (?…), which no repository needs: leave it out');
  if (/^\/*$/.test(pathname)) refuse('names no repository: write the path behind the host, too');
}

function checkRef(ref: string, refuse: (problem: string) => never): void {
  if (ref === '') refuse('has nothing behind the #: name a branch, a tag or a commit, or leave the # out');
  if (ref.startsWith('semver:')) refuse('asks for a range, which only npm reads: name a branch, a tag or a commit behind the #');
  if (NO_REF.test(ref)) refuse('names no branch, tag or commit behind the #: write one as git has it');
}
