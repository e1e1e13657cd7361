import { expect, test } from 'vitest';
import { textLines } from './text-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['one line without an end', 'a', ['a']],
  ['lines with an end', 'a\nb\n', ['a', 'b', '']],
  ['empty lines and carriage returns', '\n\r\nb', ['', '\r', 'b']],
  ['a byte order mark', '\uFEFFä\n€', ['ä', '€']],
])('%s are the lines a split of the text gives', (_what, text, lines) => {
  const found = textLines(bytes(text), 'x');

  expect(Array.from({ length: found.count }, (_, index) => found.at(index))).toStrictEqual(lines);
  expect(found.at(lines.length)).toBeUndefined();
});

test('bytes inside a larger buffer are read from where they begin', () => {
  expect(textLines(bytes('no\nyes\n').subarray(3), 'x').at(0)).toBe('yes');
});

test.each([
  ['nothing', '', 'INPUT_EMPTY'],
  ['a NUL byte', 'a\0b', 'INPUT_ENCODING'],
])('%s is refused', (_what, text, code) => {
  expect(() => textLines(bytes(text), 'x')).toThrow(expect.objectContaining({ code }));
});
