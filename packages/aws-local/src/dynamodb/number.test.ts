import { assert, bigInt, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { addNumbers, canonicalNumber, compareNumbers, sortableNumber } from './number.ts';

test.for([
  ['0', '0'],
  ['-0', '0'],
  ['0010', '10'],
  ['1.50', '1.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['1e3', '1000'],
  ['1E-3', '0.001'],
  ['-12.340e1', '-123.4'],
  ['123456789012345678901234567890123456.78', '123456789012345678901234567890123456.78'],
  ['1e125', `1${'0'.repeat(125)}`],
] as const)('%s is written %s', ([text, canonical]) => {
  expect(canonicalNumber(text)).toBe(canonical);
});

test.for(['', ' ', '1 2', 'abc', 'NaN', 'Infinity', '0x10', '1e', '--1'])('%j is no number', (text) => {
  expect(() => canonicalNumber(text)).toThrow('cannot be converted to a numeric value');
});

test('numbers keep 38 digits and magnitudes from 1E-130 to 9.99E+125', () => {
  expect(() => canonicalNumber('9'.repeat(38))).not.toThrow();
  expect(() => canonicalNumber('9'.repeat(39))).toThrow('more than 38 significant digits');
  expect(() => canonicalNumber('1e126')).toThrow('overflow');
  expect(canonicalNumber('1e-130')).toBe(`0.${'0'.repeat(129)}1`);
  expect(() => canonicalNumber('1e-131')).toThrow('underflow');
});

test.for([
  ['0.1', '0.2', 1, '0.3'],
  ['1', '1', -1, '0'],
  ['99999999999999999999999999999999999999', '-1', 1, '99999999999999999999999999999999999998'],
  ['-5', '7.25', -1, '-12.25'],
] as const)('%s and %s with sign %d make %s', ([left, right, sign, sum]) => {
  expect(addNumbers(left, right, sign)).toBe(sum);
});

test('a sum of more than 38 digits is refused', () => {
  expect(() => addNumbers('1e38', '0.5', 1)).toThrow('more than 38 significant digits');
});

test('the byte order of stored keys is the order of the numbers', () => {
  const digits = bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  const number = tuple(digits, integer({ min: -90, max: 80 })).map((parts) => parts.join('e'));
  assert(
    property(number, number, (left, right) => {
      const [one, other] = [canonicalNumber(left), canonicalNumber(right)];
      const order = Buffer.compare(Buffer.from(sortableNumber(one)), Buffer.from(sortableNumber(other)));
      expect(order).toBe(Math.sign(compareNumbers(one, other)));
    }),
    { seed: 20261120, numRuns: 500 },
  );
});
