import { describe, expect, it } from 'vitest';
import type { Series } from '../../model/resource.ts';
import { aSeries } from '../../testing/index.ts';
import { seriesSource } from './figures.ts';
import { linesOf, valuesByDay, valuesOf } from './metrics.ts';

const line = (start: string, values: readonly (number | null)[], metric = 'Ops'): Series => ({
  ...aSeries(metric, [...values]),
  period_seconds: 21_600,
  start,
});

describe('valuesByDay', () => {
  it('cuts one line at midnight UTC and leaves gaps out', () => {
    expect(valuesByDay([[line('2026-11-01T12:00:00Z', [1, null, 3, 4, null, 6, 7])]])).toStrictEqual([
      [1],
      [3, 4, 6],
      [7],
    ]);
  });

  it('counts a step of two lines of one group once, by the larger value, and that of two groups twice', () => {
    const [one, other] = [line('2026-11-01T00:00:00Z', [1, 5]), line('2026-11-01T06:00:00Z', [4, 2])];

    expect(valuesByDay([[one, other]])).toStrictEqual([[1, 5, 2]]);
    expect(valuesByDay([[one], [other]])).toStrictEqual([[1, 5, 4, 2]]);
  });

  it('gives days without a datum no list', () => {
    expect(valuesByDay([[line('2026-11-01T00:00:00Z', [null, null, null, null, 8])]])).toStrictEqual([[8]]);
    expect(valuesByDay([[]])).toStrictEqual([]);
  });
});

describe('linesOf', () => {
  it('knows a line by the object and never by what it is called', () => {
    const good = seriesSource(line('2026-11-01T00:00:00Z', [1, 2])).value;
    const bad = { ...(good as object), values: [1, 'two'] };

    expect(valuesOf(linesOf([good]))).toStrictEqual([1, 2]);
    expect(() => linesOf([bad])).toThrow('expected number');
    expect(() => linesOf([good, bad])).toThrow('expected number');
    expect(() => linesOf([])).toThrow('Too small');
  });
});
