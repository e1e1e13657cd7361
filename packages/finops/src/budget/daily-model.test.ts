import { describe, expect, test } from 'vitest';
import { Decimal, sum } from '../money.ts';
import { forecastDays } from './daily-model.ts';

const decimals = (values: readonly number[]): Decimal[] => values.map((value) => new Decimal(value));
const days = (count: number, cost: (day: number) => number): Decimal[] =>
  decimals(Array.from({ length: count }, (_, day) => cost(day)));

/** What a forecast comes to; the interval is 0 wide or absent. */
function outcome(history: readonly Decimal[], horizon: number): (string | number | undefined)[] {
  const { method, windowDays, expected, halfWidth } = forecastDays(history, horizon);
  return [method, windowDays, sum(expected).toFixed(), halfWidth?.toFixed(4)];
}

describe('a forecast of daily cost', () => {
  test.each([
    ['one day', days(1, () => 5), 3, ['mean', 1, '15', undefined]],
    ['13 days', days(13, (day) => day), 2, ['mean', 13, '12', undefined]],
    ['14 even days', days(14, () => 5), 3, ['weekday-mean', 14, '15', '0.0000']],
    [
      '20 days, of which two whole weeks count',
      days(20, (day) => (day < 6 ? 99 : 5)),
      3,
      ['weekday-mean', 14, '15', '0.0000'],
    ],
    // two weekend days of 4 and five days of 10 in any week
    [
      'four weeks with quiet weekends',
      days(28, (day) => (day % 7 < 5 ? 10 : 4)),
      7,
      ['weekday-mean', 28, '58', '0.0000'],
    ],
    [
      'weekends, going on in the middle of a week',
      days(30, (day) => (day % 7 < 5 ? 10 : 4)),
      3,
      ['weekday-mean', 28, '30', '0.0000'],
    ],
    // 38 + 39 + ... + 53
    ['a straight line', days(28, (day) => 10 + day), 16, ['linear-trend', 28, '728', '0.0000']],
    ['nothing but zeros', days(28, () => 0), 5, ['weekday-mean', 28, '0', '0.0000']],
    ['no day to come', days(3, () => 5), 0, ['mean', 3, '0', undefined]],
  ])('of %s', (_, history, horizon, expected) => {
    expect(outcome(history, horizon)).toStrictEqual(expected);
  });

  // Expected values: the same formulas in Python floating point, 2026-11-21.
  test.each([
    [
      'weekday means',
      [
        133, 142, 139, 141, 130, 95, 96, 134, 128, 133, 142, 144, 120, 106, 138, 133, 132, 129, 138, 101, 91, 122, 132,
        127, 119, 120, 96, 90, 127, 129,
      ],
      10,
      ['weekday-mean', 28, '1256.5', '95.9209'],
    ],
    [
      'a line',
      [
        92, 99, 108, 119, 110, 111, 124, 121, 130, 129, 134, 150, 156, 158, 168, 175, 172, 179, 186, 192, 198, 192, 187,
        184, 191,
      ],
      12,
      ['linear-trend', 21, '2821.5714', '208.6288'],
    ],
  ])(
    'has an interval widened by days that stray together: %s',
    (_, history, horizon, [method, window, total, half]) => {
      const { expected, halfWidth, ...rest } = forecastDays(decimals(history), horizon);
      expect([rest.method, rest.windowDays]).toStrictEqual([method, window]);
      expect([sum(expected).toDecimalPlaces(4).toFixed(), halfWidth?.toFixed(4)]).toStrictEqual([total, half]);
    },
  );

  test('has an interval that holds the truth 70 to 90 times in 100, over 200 seeded origins', () => {
    const held = Array.from({ length: 200 }, (_, seed) => {
      const costs = decimals(seededCosts(seed));
      const { expected, halfWidth } = forecastDays(costs.slice(0, 28), 30);
      return sum(costs.slice(28))
        .minus(sum(expected))
        .abs()
        .lessThanOrEqualTo(halfWidth ?? 0);
    }).filter(Boolean).length;
    expect(held).toBeGreaterThanOrEqual(140);
    expect(held).toBeLessThanOrEqual(180);
  });
});

/** 58 days of cost with or without growth, weekends and days that follow each other, from a linear congruential generator. */
function seededCosts(seed: number): number[] {
  let state = (seed * 7919 + 1) % 2 ** 31;
  let stray = 0;
  const slope = [0, 0, 1, 2][seed % 4] ?? 0;
  const memory = [0, 0.3, 0.5][seed % 3] ?? 0;
  return Array.from({ length: 58 }, (_, day) => {
    state = Number((BigInt(state) * 1103515245n + 12345n) % 2147483648n);
    stray = Math.round(memory * stray + ((state >> 16) % 21) - 10);
    return 100 + slope * day + (seed % 2 === 1 && day % 7 < 5 ? 30 : 0) + stray;
  });
}
