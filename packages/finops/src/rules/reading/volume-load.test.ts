import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { ZodError } from 'zod';
import { peakIops } from './volume-load.ts';

const line = (metric: string, values: (number | null)[], start = '2026-11-06T00:00:00Z'): JsonObject => ({
  metric,
  stat: 'Sum',
  period_seconds: 3600,
  start,
  values,
});

test.each([
  ['two lines of the same steps', [line('VolumeReadOps', [3600, 7200]), line('VolumeWriteOps', [1800, 3600])], '3'],
  ['steps only one line has', [line('VolumeReadOps', [null, 7200]), line('VolumeWriteOps', [36_000, null])], '10'],
  [
    'lines that begin an hour apart',
    [line('VolumeReadOps', [3600, 7200]), line('VolumeWriteOps', [36_000, 3600], '2026-11-05T23:00:00Z')],
    '10',
  ],
  [
    'a metric in two lines',
    [line('VolumeReadOps', [3600]), line('VolumeReadOps', [7200], '2026-11-06T01:00:00Z')],
    '2',
  ],
])('the busiest second of %s is its reads and writes together', (_what, lines, peak) => {
  expect(peakIops(lines).toFixed()).toBe(peak);
});

test.each([
  ['no line', []],
  ['a line with a text among its values', [{ ...line('VolumeReadOps', []), values: ['1'] }]],
  ['a line without a step', [{ ...line('VolumeReadOps', [1]), period_seconds: 0 }]],
])('%s is refused', (_what, lines) => {
  expect(() => peakIops(lines)).toThrow(ZodError);
});
