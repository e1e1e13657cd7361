import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.ts';

describe('percentile', () => {
  it.each([
    [[], 995, 0],
    [[7], 1, 7],
    [[3, 1, 2], 1000, 3],
    [[3, 1, 2], 667, 3],
    [[3, 1, 2], 666, 2],
    [[3, 1, 2], 1, 1],
    [[5, 5, 5, 9], 750, 5],
    [[-2, -1, -3], 995, -1],
    [Array.from({ length: 336 }, (_, n) => n), 995, 334],
    [Array.from({ length: 336 }, (_, n) => 335 - n), 995, 334],
    [Array.from({ length: 336 }, (_, n) => (n * 197) % 336), 900, 302],
  ])('of %j at %i of a thousand is the value of its rank', (values, perMille, expected) => {
    expect(percentile(values, perMille)).toBe(expected);
  });

  it('is what sorting gives at every rank', () => {
    const values = Array.from({ length: 41 }, (_, n) => ((n * 29) % 23) - 5);
    const sorted = values.toSorted((a, b) => a - b);
    const ranks = Array.from({ length: 1000 }, (_, n) => n + 1);

    expect(ranks.map((perMille) => percentile(values, perMille))).toStrictEqual(
      ranks.map((perMille) => sorted[Math.ceil((41 * perMille) / 1000) - 1]),
    );
  });
});
