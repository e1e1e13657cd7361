import { expect, test } from 'vitest';
import { MESSAGE_LIMITS, admit } from './admission.ts';
import { codeOf } from './testing/index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
const members = (count: number): string => `{"a":[${Array.from({ length: count - 1 }, () => '1').join(',')}]}`;
const ofSize = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;

test.each([
  ['no bytes', '', 'BUS_SIZE'],
  ['192 KiB', ofSize(192 * 1024), 'no error'],
  ['192 KiB and a byte', ofSize(192 * 1024 + 1), 'BUS_SIZE'],
  ['192 KiB in units but more in bytes', ofSize(192 * 1024 - 1).replace('x', 'é'.repeat(2)), 'BUS_SIZE'],
  ['a byte order mark', '\uFEFF{}', 'BUS_ENCODING'],
  ['depth 32', nested(32), 'no error'],
  ['depth 33', nested(33), 'BUS_TOO_DEEP'],
  ['brackets inside a string', `{"a":"${'['.repeat(99)}\\"${'{'.repeat(99)}"}`, 'no error'],
  ['5,000 members', members(5000), 'no error'],
  ['5,001 members', members(5001), 'BUS_TOO_MANY'],
  ['5,000 members and an empty container', members(4999).replace('1', '[]'), 'no error'],
  ['text that is not JSON', '{', 'BUS_PARSE'],
  ['two documents', '{}{}', 'BUS_PARSE'],
  ['an array', '[]', 'BUS_SHAPE'],
  ['a string', '"a"', 'BUS_SHAPE'],
  ['null', 'null', 'BUS_SHAPE'],
  ['an escaped lone surrogate', '{"a":"\\ud800"}', 'BUS_BAD_STRING'],
  ['a lone surrogate in a name', '{"\\udc00":1}', 'BUS_BAD_STRING'],
  ['U+FFFE', '{"a":"\uFFFE"}', 'BUS_BAD_STRING'],
  ['U+FFFF in an array', '{"a":[1,"\uFFFF"]}', 'BUS_BAD_STRING'],
  ['U+FDD0', '{"a":"\uFDD0"}', 'BUS_BAD_STRING'],
  ['U+1FFFE', '{"a":"\u{1FFFE}"}', 'BUS_BAD_STRING'],
  ['an emoji', '{"a":"\u{1F600}"}', 'no error'],
  ['a name of 128 units', `{"${'n'.repeat(128)}":1}`, 'no error'],
  ['a name of 129 units', `{"${'n'.repeat(129)}":1}`, 'BUS_BAD_STRING'],
  ['a float', '{"a":1.5}', 'BUS_BAD_NUMBER'],
  ['2^53 - 1', '{"a":9007199254740991}', 'no error'],
  ['2^53', '{"a":9007199254740992}', 'BUS_BAD_NUMBER'],
  ['negative zero', '{"a":-0}', 'BUS_BAD_NUMBER'],
  ['1e400', '{"a":1e400}', 'BUS_BAD_NUMBER'],
  ['1.0 for 1', '{"a":1.0}', 'BUS_NOT_CANONICAL'],
  ['1e0 for 1', '{"a":1e0}', 'BUS_NOT_CANONICAL'],
  ['a duplicate name', '{"a":1,"a":1}', 'BUS_NOT_CANONICAL'],
  ['a space', '{"a": 1}', 'BUS_NOT_CANONICAL'],
  ['a line end', '{}\n', 'BUS_NOT_CANONICAL'],
  ['\\u0061 for a', '{"\\u0061":1}', 'BUS_NOT_CANONICAL'],
  ['names out of order', '{"b":1,"a":1}', 'BUS_NOT_CANONICAL'],
  ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'BUS_NOT_CANONICAL'],
])('%s: %#', (_, text, code) => {
  expect([codeOf(() => admit(text)), codeOf(() => admit(utf8(text)))]).toStrictEqual([code, code]);
});

test.each([
  ['a stray continuation byte', [0x7b, 0x80, 0x7d]],
  ['an overlong slash', [0x7b, 0xc0, 0xaf, 0x7d]],
  ['an encoded surrogate', [0x7b, 0xed, 0xa0, 0x80, 0x7d]],
  ['a cut sequence', [0x7b, 0x22, 0xe2, 0x82]],
])('bytes with %s are refused as BUS_ENCODING', (_, bytes) => {
  expect(codeOf(() => admit(Uint8Array.from(bytes)))).toBe('BUS_ENCODING');
});

test('a string that no UTF-8 can carry is refused as BUS_ENCODING', () => {
  expect(codeOf(() => admit('{"a":"\uD800"}'))).toBe('BUS_ENCODING');
});

test('of several faults the first check names the refusal', () => {
  const deepAndLong = `{"a":${'['.repeat(40)}${members(6000)}`;

  expect(codeOf(() => admit(ofSize(MESSAGE_LIMITS.bytes + 1).replace('x', '\uD800')))).toBe('BUS_SIZE');
  expect(codeOf(() => admit(deepAndLong))).toBe('BUS_TOO_DEEP');
  expect(codeOf(() => admit('{"b":"\\ud800","a":1.5}'))).toBe('BUS_BAD_STRING');
  expect(codeOf(() => admit('{"b":1, "a":1.5}'))).toBe('BUS_BAD_NUMBER');
});

test('names like __proto__ stay plain members', () => {
  const { value } = admit('{"__proto__":{"a":1},"constructor":2}');

  expect(Object.keys(value)).toStrictEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('a refusal names the place by JSON Pointer', () => {
  expect(() => admit('{"a":[{"b/c":1.5}]}')).toThrow(expect.objectContaining({ where: '/a/0/b~1c' }));
});
