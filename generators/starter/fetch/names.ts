/** Names of files that are the same everywhere: a project is written on all systems. */

/** What is wrong with one name in a path, in the words behind `templates/x`; null for nothing. */
export function nameProblem(name: string): string | null {
  if (name === '' || name === '.' || name === '..') return 'leads elsewhere';
  if (name.includes('\\')) return 'has a backslash in its name';
  if (/\p{Cc}/u.test(name)) return 'has a control character in its name';
  if (name.includes('\ufffd')) return 'has a name that is no UTF-8';
  // as case-insensitive file systems read it: without what macOS ignores, and with the short name of Windows
  const folded = name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').toLowerCase();
  if (/^(\.git|git~\d+)[ .]*(:.*)?$/.test(folded)) return "is git's own";
  if (/[<>:"|?*]|[ .]$/.test(name)) return 'has a name that Windows does not take';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? 'has a name that Windows keeps for a device' : null;
}
