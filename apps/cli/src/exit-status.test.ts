import { expect, test } from 'vitest';
import { strongest } from './exit-status.ts';

test.each([
  [[0, 1], 1],
  [[8, 1], 8],
  [[5, 8], 5],
  [[3, 5], 3],
  [[6, 3], 6],
  [[7, 6], 7],
  [[70, 7], 70],
  [[], 0],
] as const)('of %o the status that speaks is %i', (statuses, status) => {
  expect(strongest(statuses)).toBe(status);
});
