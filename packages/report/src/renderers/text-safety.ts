/** Removes characters that hide or reorder text: controls, bidirectional overrides, zero-width, variation selectors, tag block. */
export function plainText(text: string): string {
  return text.replaceAll(HIDDEN, '');
}

const HIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

/** Text inside HTML, also inside a quoted attribute. */
export function html(text: string): string {
  return plainText(text).replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? '');
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text inside a Markdown table cell or sentence: nothing in it is a link, a tag, emphasis or a new cell. */
export function markdown(text: string): string {
  return plainText(text)
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, (character) => `\\${character}`);
}

/** A CSV cell (RFC 4180) that a spreadsheet takes for text: a leading formula character gets an apostrophe (ASVS 5.0 1.2.10). */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\0]/.test(text) && !/^-?[0-9.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
