import canonicalize from 'canonicalize';
import { array, assert, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, isCanonicalForm } from './canonical-bytes.ts';

const long = (item: unknown, length = 70): unknown[] => Array.from({ length }, () => item);
const text = (value: object): string => new TextDecoder().decode(canonicalBytes(value));

describe('canonicalBytes', () => {
  it('writes documents with long lists as the reference library does', () => {
    const document = dictionary(string(), array(jsonValue(), { minLength: 60, maxLength: 70 }), { maxKeys: 4 });

    assert(
      property(document, dictionary(string(), jsonValue()), (lists, rest) => {
        const value = JSON.parse(JSON.stringify({ ...rest, ...lists }));
        return text(value) === canonicalize(value);
      }),
      { numRuns: 30 },
    );
  });

  it('orders members as text, leaves out what is undefined, and counts bytes and not units', () => {
    const list = long({ b: 1, a: '\u20ac\u{1f600}' });
    const item = '{"a":"\u20ac\u{1f600}","b":1}';

    expect(text({ 9: 'nine', 10: list, z: undefined, '\u20ac': [] })).toBe(
      `{"10":[${long(item).join(',')}],"9":"nine","\u20ac":[]}`,
    );
  });

  it('writes more than a block', () => {
    const list = long('x'.repeat(9_000));

    expect(text({ b: list, a: list })).toBe(JSON.stringify({ a: list, b: list }));
  });

  it.each([
    ['a number JSON has not', { a: long(Number.NaN) }],
    ['a lone surrogate in a list', { a: long('\ud800') }],
    ['a lone surrogate in a name', { '\udc00': long(1) }],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalBytes(value)).toThrow(TypeError);
  });

  it('writes what JSON turns into something else as the reference library does', () => {
    for (const value of [{ a: [...long(1), undefined] }, { a: long(1), toJSON: () => ({ b: 2 }) }]) {
      expect(text(value)).toBe(canonicalize(value));
    }
  });
});

describe('isCanonicalForm', () => {
  const value = { b: long({ y: 'x'.repeat(9_000), x: 1 }), a: 'short' };
  const bytes = canonicalBytes(value);

  it('knows the form of a value', () => {
    expect(isCanonicalForm(bytes, value)).toBe(true);
    expect(isCanonicalForm(canonicalBytes({ a: 1 }), { a: 1 })).toBe(true);
  });

  it.each([
    ['cut short', bytes.subarray(0, -1)],
    ['with more behind it', Uint8Array.from([...bytes, 0x20])],
    ['with its first byte changed', bytes.with(0, 0x5b)],
    ['with its last byte changed', bytes.with(bytes.length - 1, 0x5d)],
    ['with a byte of a late block changed', bytes.with(bytes.length - 9_000, 0x79)],
    ['of nothing', new Uint8Array()],
  ])('refuses it %s', (_what, other) => {
    expect(isCanonicalForm(other, value)).toBe(false);
  });
});
