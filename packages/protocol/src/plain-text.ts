/**
 * Foreign text without the characters that hide, reorder or drive what a reader sees: controls (also of C1), bidirectional
 * overrides, zero-width characters, variation selectors and the tag block. Tab and line breaks stay.
 */
export function plainText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  let plain = '';
  for (const character of text) if (!isHidden(character.codePointAt(0) ?? 0)) plain += character;
  return plain;
}

/** Whether a code point is one that `plainText` removes. */
export function isHidden(codePoint: number): boolean {
  return HIDDEN.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** First and last code point of each range. Source: Unicode 17 general categories Cc and Cf, property Bidi_Control, block Tags. */
const HIDDEN: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];
