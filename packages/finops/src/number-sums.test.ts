import { describe, expect, it } from 'vitest';
import { Decimal } from './money.ts';
import { formatMean, largestMean, largestSum, sumOfNumbers } from './number-sums.ts';

describe('sumOfNumbers', () => {
  it.each([
    ['nothing', [], '0'],
    ['whole numbers', [5_000_000_000, 7, -12], '4999999995'],
    ['whole numbers past what doubles count', [9_007_199_254_740_991, 9_007_199_254_740_991], '18014398509481982'],
    ['decimals that doubles do not add exactly', [0.1, 0.2, 0.0003], '0.3003'],
    ['decimals of many places', [0.1, 4.916666666666667], '5.016666666666667'],
    ['decimals below nothing', [-0.12345678, -1.00000001, 0.5], '-0.62345679'],
    ['decimals of both signs about a whole', [12.3456789012345, -3.0000000000005, 0.00000102], '9.345679921234'],
    ['decimals whose halves begin with zeros', [1.00000000001, 0.00001000000000012], '1.00001000001000012'],
    ['very small and very large numbers', [1e-9, 1e20], '100000000000000000000.000000001'],
  ])('adds %s exactly as they are written', (_what, values, total) => {
    expect(sumOfNumbers(values).toFixed()).toBe(total);
  });
});

/** A sum as Decimal alone adds it, number by number. */
const slowly = (values: readonly number[]): Decimal =>
  values.reduce((total, value) => total.plus(new Decimal(String(value))), new Decimal(0));

/** Repeatable numbers from 0 up to 1. */
function* numbers(): Generator<number, never> {
  for (let state = 20_261_121; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield state / 2 ** 31;
}

/** Lists whose sums are hard: tiny beside huge, both signs, ties at the fifth decimal, whole days of nothing. */
const LISTS = (() => {
  const next = numbers();
  const some = (): number => next.next().value;
  const shapes: (() => number)[] = [
    () => some() * 100,
    () => Math.round(some() * 61) / 61,
    () => (some() - 0.5) * 1e9,
    () => Math.round(some() * 8) * 0.000_05,
    () => Math.floor(some() * 3),
    () => some() * 10 ** Math.round(some() * 24 - 12),
    () => 0,
    () => (some() < 0.5 ? 0.1 : 0.2),
  ];
  return shapes.flatMap((shape) => Array.from({ length: 60 }, (_, n) => Array.from({ length: n % 25 }, shape)));
})();

describe('formatMean', () => {
  it.each([
    ['nothing', [], '0'],
    ['a tie to the even neighbour below', [0.000_05, 0.000_05], '0'],
    ['a tie to the even neighbour above', [0.000_15], '0.0002'],
    ['a tie that doubles hide', [1.000_15, 1.000_15, 1.000_15], '1.0002'],
    ['a tie below nothing', [-0.000_15], '-0.0002'],
    ['numbers too large for doubles to tell halves', [1e21, 1.000_000_000_000_000_3e21], '1000000000000000150000'],
    ['0.1 and 0.2', [0.1, 0.2], '0.15'],
  ])('rounds the mean of %s', (_what, values, mean) => {
    expect(formatMean(values, 4)).toBe(mean);
  });

  it('gives what the exact sum gives, for any numbers', () => {
    const means = LISTS.map((values) => formatMean(values, 4));
    const exact = LISTS.map((values) => slowly(values).div(Math.max(1, values.length)).toDecimalPlaces(4).toFixed());

    expect(means).toStrictEqual(exact.map((mean) => (Number(mean) === 0 ? '0' : mean)));
  });
});

describe('largestSum and largestMean', () => {
  it.each([
    ['none', [], '0', '0'],
    ['only empty ones', [[], []], '0', '0'],
    ['sums below nothing', [[-1, -2], [-0.5]], '0', '0'],
    ['equal sums of other numbers', [[0.1, 0.2], [0.3]], '0.3', '0.3'],
    [
      'sums that differ in the last digit only',
      [[0.1, 0.2], [0.300_000_000_000_000_1]],
      '0.3000000000000001',
      '0.3000000000000001',
    ],
  ])('takes the largest of %s', (_what, lists, total, mean) => {
    expect([largestSum(lists).toFixed(), largestMean(lists).toFixed()]).toStrictEqual([total, mean]);
  });

  it('gives what adding up every list gives, for any lists', () => {
    const groups = Array.from({ length: LISTS.length / 12 }, (_, n) => LISTS.slice(n * 12, n * 12 + 12));
    const means = (lists: readonly number[][]) => lists.map((one) => slowly(one).div(Math.max(1, one.length)));

    expect(groups.map((lists) => largestSum(lists).toFixed())).toStrictEqual(
      groups.map((lists) => Decimal.max(0, ...lists.map(slowly)).toFixed()),
    );
    expect(groups.map((lists) => largestMean(lists).toFixed())).toStrictEqual(
      groups.map((lists) => Decimal.max(0, ...means(lists)).toFixed()),
    );
  });
});
