/** Longest text that becomes part of a command line: no name AWS gives or takes is longer. */
const MOST_CHARACTERS = 512;

/** Starts that the AWS CLI takes for "read the value from there". Source: AWS CLI user guide, "Loading a parameter from a file", read 2026-11-21. */
const READ_FROM = /^(?:file|fileb|https?):\/\//i;

/**
 * Makes one word of a POSIX shell out of foreign text, quoted where a shell would see more than a word.
 *
 * `undefined` for what must not stand in a line a person copies: nothing, controls, characters outside printable ASCII, a leading
 * dash (an option), or a start the AWS CLI reads a file or an address from.
 */
export function shellWord(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS || !/^[\x20-\x7E]+$/.test(text)) return undefined;
  if (text.startsWith('-') || READ_FROM.test(text)) return undefined;
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
