/** Text of the user's on a terminal. */

// controls, line separators, and what turns the direction of the text around it
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, with what would steer a terminal written as `\xNN` or `\uNNNN`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escape);
}

/** A word as a shell takes it, quoted where it needs that. */
export function quote(word: string): string {
  // bash, zsh and ksh read $'...'; a control character is in no word that any shell needs to take
  if (printable(word) !== word) return `$'${printable(word.replace(/['\\]/g, '\\$&'))}'`;
  // zsh takes a word after = for the name of a command
  return /^(?!=)[\w./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A directory as the argument of a command, which must not look like a flag. */
export function quotePath(directory: string): string {
  return quote(/^[-+]/.test(directory) ? `./${directory}` : directory);
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x80 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
