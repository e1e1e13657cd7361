import canonicalize from 'canonicalize';
import { array, assert, constantFrom, dictionary, jsonValue, letrec, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';

describe('canonicalJson', () => {
  it('writes any JSON value as the reference library does', () => {
    const names = oneof(string(), constantFrom('10', '9', '__proto__', '\u20ac', '\ufb33', '\u{1f600}'));
    const value = letrec((tie) => ({
      any: oneof({ depthSize: 'small' }, jsonValue(), array(tie('any')), dictionary(names, tie('any'))),
    })).any;

    assert(
      property(
        value,
        (json) => canonicalJson(JSON.parse(JSON.stringify(json))) === canonicalize(JSON.parse(JSON.stringify(json))),
      ),
    );
  });

  it('orders array-index names as text', () => {
    expect(canonicalJson({ 9: 'nine', 10: 'ten' })).toBe('{"10":"ten","9":"nine"}');
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [{ a: ['\ud83d'] }]])(
    'refuses what JSON cannot carry: %j',
    (value) => {
      expect(() => canonicalJson([value])).toThrow(TypeError);
    },
  );
});
