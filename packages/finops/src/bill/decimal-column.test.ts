import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../money.ts';
import { decimalColumn, formatScaled, parseBillDecimal } from './decimal-column.ts';

describe('a number of a bill', () => {
  test.each([
    ['0.00000080000', 80000n, 11],
    ['-2.61370000000', -261370000000n, 11],
    ['100', 100n, 0],
    ['0.00 ', 0n, 2],
    ['35.2E-7', 352n, 8],
    ['1.5e3', 1500n, 0],
    ['$10,000.00 ', 1000000n, 2],
    ['-$5.25', -525n, 2],
  ])('%j is read exactly', (text, mantissa, scale) => {
    expect(parseBillDecimal(text)).toStrictEqual({ mantissa, scale });
  });

  test.each([
    '1,234.5',
    'NaN',
    'Infinity',
    '1e999',
    '1e31',
    '--5',
    '',
    '12.',
    '.5',
    '1 000',
    '0x10',
    '$1,23.00',
    '$12,34',
    '١٢',
    '(5.00)',
    '1e',
    '+5',
  ])('%j is none', (text) => {
    expect(parseBillDecimal(text)).toBe(undefined);
  });

  test.each([
    [2052022672899n, 11, '20.52022672899'],
    [1800663861840n, 11, '18.0066386184'],
    [13n, 0, '13.00'],
    [-5n, 3, '-0.005'],
    [0n, 11, '0.00'],
    [150n, 2, '1.50'],
  ])('%s / 10^%s is written as %s', (mantissa, scale, text) => {
    expect(formatScaled(mantissa, scale)).toBe(text);
  });
});

describe('a column', () => {
  test('brings values of different scales to one, and marks absent cells', () => {
    expect(decimalColumn(['1.5', 'NULL', '0.25', '3'], (cell) => cell === 'NULL')).toStrictEqual({
      scale: 2,
      mantissas: [150n, 0n, 25n, 300n],
      absent: Uint8Array.of(0, 1, 0, 0),
      absentCount: 1,
    });
  });

  test('names the first cell that is no number', () => {
    expect(decimalColumn(['1', 'x', 'y'], () => false)).toBe(1);
  });

  test('adds up to what decimal arithmetic gives', () => {
    const cents = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1 }), (values) => {
        const cells = values.map(([mantissa, scale]) => formatScaled(mantissa, scale));
        const column = decimalColumn(cells, () => false);
        if (typeof column === 'number') throw new TypeError('expected a column');
        const total = column.mantissas.reduce((sum, mantissa) => sum + mantissa, 0n);
        const expected = cells.reduce((sum, cell) => sum.plus(cell), new Decimal(0));
        expect(new Decimal(formatScaled(total, column.scale)).equals(expected)).toBe(true);
      }),
    );
  });
});
