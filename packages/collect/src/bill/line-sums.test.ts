import { Decimal } from '@infrafabric/finops';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSums } from './line-sums.ts';

const Exact = Decimal.clone({ precision: 200 });

const cells = fc.array(
  fc.oneof(
    fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.bigInt({ min: 0n, max: 10n ** 18n }))
      .map(([isNegative, whole, part]) => `${isNegative ? '-' : ''}${whole}.${part}`),
    fc.constantFrom(
      '0',
      '0.0',
      '-0.00',
      '1',
      '-3',
      '999999999999.999999999999999',
      '-0.999999999999999',
      '2.5E-7',
      '35.2e-3',
      '$1,000.00',
    ),
  ),
  { minLength: 1, maxLength: 60 },
);

test('any cells add up exactly, whatever their signs and digits', () => {
  fc.assert(
    fc.property(cells, (column) => {
      const sums = new LineSums(2);
      for (const text of column) sums.add(1, 1, { text, start: 0, end: text.length });
      const { mantissa, scale } = sums.sum(1, 1);
      const expected = column.reduce((sum, cell) => sum.plus(cell.replaceAll(/[$,]/g, '')), new Exact(0));
      expect(new Exact(mantissa.toString()).div(new Exact(10).pow(scale)).toFixed()).toBe(expected.toFixed());
      expect(sums.sum(1, 0).mantissa).toBe(0n);
    }),
  );
});

test.each(['', '-', '.', '1.', '.5', '1,5', '1.2.3', 'NaN', '1e999', '--5', '1-', 'x'])('%j is no number', (text) => {
  expect(new LineSums(1).add(0, 0, { text, start: 0, end: text.length })).toBe(undefined);
});

test.each([
  ['12.5', 1],
  ['-12.5', -1],
  ['0.000', 0],
  ['-0', 0],
  ['1E-9', 1],
  [' 7 ', 1],
])('%j has the sign %d', (text, sign) => {
  const padded = `,${text},`;
  expect(new LineSums(1).add(0, 0, { text: padded, start: 1, end: padded.length - 1 })).toBe(sign);
});
