import { plainText } from '@infrafabric/protocol';

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
