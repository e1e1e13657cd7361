import { expect, test } from 'vitest';
import { openTurns } from './bullmq-turns.ts';

test('a session that comes late has places from what is served now on, one for each of another that fills the queue', () => {
  const turns = openTurns();

  expect(turns.places(['a', 'a', 'a', 'a'], undefined)).toStrictEqual([1, 2, 3, 4]);
  expect(turns.places(['a', 'a'], 1)).toStrictEqual([5, 6]);
  expect(turns.places(['b', 'b', 'c'], 3)).toStrictEqual([3, 4, 3]);
  expect(turns.places(['b', 'a'], 4)).toStrictEqual([5, 7]);
});

test('where nothing waits everybody begins anew, and no place is above the last one', () => {
  const turns = openTurns();
  turns.places(['a', 'a'], undefined);

  expect(turns.places(['b', 'a'], undefined)).toStrictEqual([1, 1]);
  expect(turns.places(['a'], 2_097_151)).toStrictEqual([2_097_151]);
  expect(turns.places(['a'], 2_097_151)).toStrictEqual([2_097_151]);
});
