import { expect, test } from 'vitest';
import { COST_SERIES, scoreForecasts, seededChance } from '../testing/index.ts';
import { forecastDays } from './daily-forecast.ts';
import { errorsAt, halfWidth, probabilityAbove, reachOf } from './error-bounds.ts';

test('fewer than 14 days give their mean and no interval', () => {
  const forecast = forecastDays([1, 2, 6], 2);
  expect([forecast.method, forecast.expected, forecast.ofSum(2), forecast.sumAbove(2, 6)]).toStrictEqual([
    'mean',
    [3, 3],
    undefined,
    undefined,
  ]);
});

test.each([
  [14, 0, false],
  [41, 27, false],
  [42, 28, true],
])('a history of %i days has %i origins; an interval of one day: %s', (days, origins, isBounded) => {
  const history = Array.from({ length: days }, (_, day) => 10 + (day % 3));
  const forecast = forecastDays(history, 30);
  expect([forecast.origins, forecast.ofSum(1) !== undefined, forecast.ofSum(30)]).toStrictEqual([
    origins,
    isBounded,
    undefined,
  ]);
});

test('naive is taken when no other method clearly beats it, and another when one does', () => {
  // A season that never changes is met by all of them; the same on a slope by the trend alone.
  const repeating = Array.from({ length: 84 }, (_, day) => 10 * ((day % 7) + 1));
  const rising = repeating.map((cost, day) => cost + 3 * day);
  expect([forecastDays(repeating, 7).method, forecastDays(rising, 7).method]).toStrictEqual([
    'seasonal-naive',
    'trend',
  ]);
});

test('costs that were never below 0 are not forecast below 0', () => {
  const falling = Array.from({ length: 60 }, (_, day) => 120 - 2 * day);
  expect(Math.min(...forecastDays(falling, 30).expected)).toBe(0);
});

test('an interval is the (n + 1) p-th smallest error, and is not made up where there are too few', () => {
  const errors = [-9, 1, 2, -3, 4, 5, -6, 7, 8];
  // n = 9: the 8th of 10 is 8; the 9.5th, rounded up the 10th, does not exist
  expect([halfWidth(errors, 80), halfWidth(errors, 95)]).toStrictEqual([8, undefined]);
  expect(halfWidth([...Array.from({ length: 19 }).keys()], 95)).toBe(18);
});

test('errors of a distance nobody measured are stretched as a wandering level has them, and only so far', () => {
  const byOrigin = Array.from({ length: 28 }, () => [1, 2]);
  expect(reachOf(byOrigin)).toBe(2);
  // (8 / 2) ^ 1.5 = 8; (8 / 2) ^ 0.5 = 2
  expect(errorsAt(byOrigin, 8, 1.5)?.[0]).toBe(16);
  expect(errorsAt(byOrigin, 8, 0.5)?.[0]).toBe(4);
  expect(errorsAt(byOrigin, 17, 1.5)).toBe(undefined);
  expect(errorsAt(byOrigin.slice(1), 1, 1.5)).toBe(undefined);
});

test('a probability follows the rule of succession', () => {
  // 2 of 4 are above 0: (2 + 1) / (4 + 2)
  expect(probabilityAbove([-2, -1, 1, 2], 0)).toBe(0.5);
  expect(probabilityAbove([-2, -1, 1, 2], 9)).toBeCloseTo(1 / 6, 12);
});

test('over 240 origins of 12 series, the 80 % interval of the next 30 days held the cost of 70 to 90 % of them', () => {
  const scores = Object.values(COST_SERIES).map((make, at) =>
    scoreForecasts(make(seededChance(at), 420), { first: 62, step: 17 }),
  );
  const sum = (of: (one: (typeof scores)[number]) => number): number =>
    scores.reduce((total, one) => total + of(one), 0);
  const origins = sum((one) => one.origins);
  expect([scores.length, origins, sum((one) => one.bounded)]).toStrictEqual([12, 240, 240]);
  expect(sum((one) => one.within80) / origins).toBeGreaterThanOrEqual(0.7);
  expect(sum((one) => one.within80) / origins).toBeLessThanOrEqual(0.9);
  expect(sum((one) => one.within95) / origins).toBeGreaterThanOrEqual(0.88);
  expect(scores.filter((one) => one.error < one.naiveError).length).toBeGreaterThanOrEqual(0.6 * scores.length);
}, 60_000);
