import { expect, test } from 'vitest';
import { holtWinters } from './holt-winters.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { trend } from './trend.ts';

/** Weeks of 10, 20, ..., 70. */
const weeks = (count: number): number[] => Array.from({ length: 7 * count }, (_, day) => 10 * ((day % 7) + 1));
const rounded = (costs: readonly number[]): number[] => costs.map((cost) => Math.round(cost * 1e6) / 1e6);

test.each([seasonalNaive, holtWinters, trend])('$name goes on with a season that never changes', (model) => {
  expect(rounded(model.forecast(weeks(4), 9))).toStrictEqual([10, 20, 30, 40, 50, 60, 70, 10, 20]);
});

test('a history that does not end with a week goes on from its own weekday', () => {
  const history = [...weeks(3), 10, 20, 30];
  for (const model of [seasonalNaive, holtWinters, trend]) {
    expect(model.forecast(history, 2).map(Math.round)).toStrictEqual([40, 50]);
  }
});

test('the trend goes on with a line, plus its weekdays', () => {
  // 100 + 2 a day: day 28 is 156
  const line = Array.from({ length: 28 }, (_, day) => 100 + 2 * day);
  expect(rounded(trend.forecast(line, 3))).toStrictEqual([156, 158, 160]);
});

test('seasonal-naive repeats the last week alone', () => {
  expect(seasonalNaive.forecast([...weeks(2), 1, 2, 3, 4, 5, 6, 7], 8)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 1]);
});

test('Holt-Winters follows a level that moved', () => {
  const moved = Array.from({ length: 42 }, (_, day) => (day < 21 ? 100 : 200));
  const [next = 0] = holtWinters.forecast(moved, 1);
  expect(Math.abs(next - 200)).toBeLessThan(5);
});
