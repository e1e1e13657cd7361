import { assert, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';

test('writes and reads any bytes as Node does', () => {
  assert(
    property(uint8Array({ maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      return toBase64Url(bytes) === text && Buffer.compare(fromBase64Url(text) ?? Buffer.from('!'), bytes) === 0;
    }),
  );
});

test('reads one text for one value', () => {
  assert(
    property(string(), (text) => {
      const bytes = fromBase64Url(text);
      return bytes === undefined || toBase64Url(bytes) === text;
    }),
  );
});

test.each([
  ['padding', 'AA=='],
  ['the standard alphabet', 'ab+/'],
  ['white space', 'AAA A'],
  ['trailing bits in one byte', 'AB'],
  ['trailing bits in two bytes', 'AAB'],
  ['a digit too much', 'AAAAA'],
  ['a letter beyond ASCII', 'AA\u00e9A'],
  ['a letter whose low byte is a digit', 'AA\u0141A'],
])('refuses %s', (_what, text) => {
  expect(fromBase64Url(text)).toBeUndefined();
});
