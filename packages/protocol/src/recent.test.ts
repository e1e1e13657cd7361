import { expect, test } from 'vitest';
import { recent } from './recent.ts';

test('keeps the last values, at least as many as asked and at most twice as many', () => {
  const kept = recent<number>(3);
  for (let value = 0; value < 100; value += 1) kept.set(String(value), value);
  const found = Array.from({ length: 100 }, (_, value) => kept.get(String(value))).filter(
    (value) => value !== undefined,
  );

  expect(found.slice(-3)).toStrictEqual([97, 98, 99]);
  expect(found.length).toBeLessThanOrEqual(6);
});
