import { describe, expect, it } from 'vitest';
import {
  Decimal,
  HOURS_PER_MONTH,
  citedDecimal,
  formatDecimal,
  formatUsd,
  parseDecimal,
  perMonth,
  sum,
} from './money.ts';

describe('formatUsd', () => {
  it.each([
    ['0.005', '0.00'],
    ['0.015', '0.02'],
    ['0.025', '0.02'],
    ['1.005', '1.00'],
    ['2.675', '2.68'],
    ['-0.004', '0.00'],
    ['-1.005', '-1.00'],
    ['70.08', '70.08'],
    ['1000000000000.125', '1000000000000.12'],
  ])('rounds %s half-even to %s', (value, expected) => {
    expect(formatUsd(new Decimal(value))).toBe(expected);
  });
});

describe('formatDecimal', () => {
  it.each([
    ['0.0000166667', '0.0000166667'],
    ['0.0960', '0.096'],
    ['1e21', '1000000000000000000000'],
    ['-0', '0'],
  ])('prints %s in plain notation as %s', (value, expected) => {
    expect(formatDecimal(new Decimal(value))).toBe(expected);
  });
});

describe('parseDecimal', () => {
  it.each([['1e3'], ['.5'], ['01'], ['+1'], ['NaN'], [''], [null], [true], [{}]])('refuses %j', (value) => {
    expect(() => parseDecimal(value)).toThrow('expected a decimal such as 12.50');
  });

  it('reads strings and JSON numbers', () => {
    expect([parseDecimal('0.10').toFixed(), parseDecimal(100).toFixed(), parseDecimal(0.1).toFixed()]).toStrictEqual([
      '0.1',
      '100',
      '0.1',
    ]);
  });
});

it('reads a number inside a cited value and names the missing one', () => {
  expect(citedDecimal([{ Size: 8, A: { b: '2.5' } }], 0, '/A/b').toFixed()).toBe('2.5');
  expect(() => citedDecimal([{ Size: 8 }], 0, '/Iops')).toThrow('expected a value at /Iops of citation 0, got nothing');
  expect(() => citedDecimal([], 0)).toThrow('expected a value at the root of citation 0, got nothing');
});

it('prices a month of m5.large as 70.08 USD', () => {
  expect(HOURS_PER_MONTH.toFixed()).toBe('730');
  expect(formatUsd(perMonth(new Decimal('0.0960')))).toBe('70.08');
  expect(sum([new Decimal('0.1'), new Decimal('0.2')]).toFixed()).toBe('0.3');
});
