import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['ANSI colour', '\u001B[31mred\u001B[0m', '[31mred[0m'],
  ['an OSC 8 link', '\u001B]8;;http://evil\u0007click\u001B]8;;\u0007', ']8;;http://evilclick]8;;'],
  ['a C1 control', 'a\u009B31mb', 'a31mb'],
  ['right to left override', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['isolates', '\u2066x\u2069', 'x'],
  ['zero width', 'ad\u200Bmin', 'admin'],
  ['tag block', 'hi\u{E0041}\u{E007F}', 'hi'],
  ['variation selector', '\u2764\uFE0F', '\u2764'],
  ['tab and line breaks, which stay', 'a\tb\r\nc', 'a\tb\r\nc'],
  ['letters of other scripts, which stay', 'größe 日本語 🙂', 'größe 日本語 🙂'],
])('plain text is without %s', (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});
