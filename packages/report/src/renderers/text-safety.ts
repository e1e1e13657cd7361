/**
 * Makes what hides or reorders text visible: controls, bidirectional marks, zero-width and other ignorable characters, line
 * separators, halves of characters and noncharacters appear as `⟨U+202E⟩`. Tabs and line ends become spaces.
 */
export function visibleText(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  return text.replaceAll(/[\t\r\n]+/g, ' ').replaceAll(HIDDEN, (character) => `⟨U+${codeOf(character)}⟩`);
}

/** Unicode 16: Cc, Cs, Zl, Zp, Default_Ignorable, Bidi_Control, Noncharacter; and the interlinear annotation marks. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB]/gu;

const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** Text inside HTML, also inside a quoted attribute. */
export function html(text: string): string {
  return visibleText(text).replaceAll(/[&<>"'`]/g, (character) => HTML_ENTITIES[character] ?? '');
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Text inside a Markdown table cell or sentence: nothing in it is a link, an image, a tag, an entity, emphasis, code, a mention
 * or a new cell. A dot after `www` or a colon before slashes is escaped, so that GitHub makes no link of its own.
 */
export function markdown(text: string): string {
  return visibleText(text)
    .replaceAll(/[\\`*_{}[\]()#!|<>~&@$]/g, (character) => `\\${character}`)
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s|$)/, (_, space: string, mark: string) => `${space}${escapeLast(mark)}`);
}

const escapeLast = (mark: string): string => `${mark.slice(0, -1)}\\${mark.slice(-1)}`;

/**
 * A CSV cell (RFC 4180) that a spreadsheet takes for text: one that starts like a formula, also behind spaces or in full-width
 * form, gets an apostrophe (OWASP ASVS 5.0, 1.2.10). Plain decimals stay numbers.
 */
export function csvCell(text: string): string {
  const shown = visibleText(text);
  const safe = FORMULA.test(shown) && !/^-?[0-9]+(\.[0-9]+)?$/.test(shown) ? `'${shown}` : shown;
  return /[",']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const FORMULA = /^[\s"']*[=+\-@|%＝＋－＠–—−]/u;
