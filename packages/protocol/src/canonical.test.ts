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

  it('leaves its argument as it is and looks at each member once, however deep the first that is out of order lies', () => {
    let reads = 0;
    const counted = (): unknown =>
      new Proxy({ z: 1, a: 2 }, { ownKeys: (target) => ((reads += 1), Reflect.ownKeys(target)) });
    let value: unknown = counted();
    for (let depth = 0; depth < 60; depth += 1) value = { a: 'first', b: value, c: 3 };
    const before = JSON.stringify(value);
    reads = 0;
    const text = canonicalJson(value as object);

    expect(text.includes('"b":{"a":2,"z":1},"c":3')).toBe(true);
    expect(reads).toBeLessThan(10);
    expect(JSON.stringify(value)).toBe(before);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [{ a: ['\ud83d'] }]])(
    'refuses what JSON cannot carry: %j',
    (value) => {
      expect(() => canonicalJson([value])).toThrow(TypeError);
    },
  );
});
