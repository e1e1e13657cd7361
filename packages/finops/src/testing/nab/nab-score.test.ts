import { describe, expect, test } from 'vitest';
import { nabScore, probation } from './nab-score.ts';

const STANDARD = { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 };
const WINDOWS = [
  { first: 300, last: 399 },
  { first: 600, last: 699 },
];
const score = (alerts: readonly number[], windows = WINDOWS): number =>
  nabScore([{ length: 1000, windows, alerts }], STANDARD);

describe('the score of the benchmark', () => {
  test.each<[string, number[], number]>([
    ['nothing raised', [], 0],
    ['the first point of every window', [300, 600], 100],
    ['the first point of every window, many times over', [300, 301, 350, 600, 699], 100],
    ['one window of two', [300], 50],
    ['the last point of a window is worth little: (0.0250 / 0.9866 + 1) / 4', [399], 25.63],
    ['what is raised in the first 15 % does not count', [10, 149], 0],
    ['a false alert before any window costs 0.11 of 4', [200], -2.75],
    ['one far behind a window too', [899], -2.75],
    ['one just behind a window costs almost nothing: 0.11 times 0.0252 of 4', [400], -0.07],
  ])('of %s', (_, alerts, expected) => {
    expect(score(alerts)).toBeCloseTo(expected, 1);
  });

  test('leaves out 15 % of a series and never more than 750 points', () => {
    expect([probation(1000), probation(4032), probation(100_000)]).toStrictEqual([150, 604, 750]);
  });
});
