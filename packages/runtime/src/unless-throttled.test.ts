import { StoreError } from '@infrafabric/store';
import { expect, test } from 'vitest';
import { unlessThrottled } from './unless-throttled.ts';

/** A call that is refused so often, and what it and the clock saw. */
function refused(times: number, code: 'THROTTLED' | 'UNAVAILABLE') {
  const seen = { calls: 0, slept: [] as number[] };
  const call = async (): Promise<string> => {
    seen.calls += 1;
    if (seen.calls <= times) throw new StoreError(code, { message: 'asked too often' });
    return 'answer';
  };
  const clock = { sleep: async (ms: number): Promise<void> => void seen.slept.push(ms) };
  return { seen, answer: async () => unlessThrottled(call, clock) };
}

test('sits out nineteen refusals, a second each', async () => {
  const { seen, answer } = refused(19, 'THROTTLED');

  expect(await answer()).toBe('answer');
  expect(seen).toStrictEqual({ calls: 20, slept: Array.from({ length: 19 }, () => 1_000) });
});

test.each([
  ['the twentieth refusal', 20, 'THROTTLED', 20],
  ['any other error', 1, 'UNAVAILABLE', 1],
] as const)('throws %s', async (_what, times, code, calls) => {
  const { seen, answer } = refused(times, code);

  await expect(answer()).rejects.toMatchObject({ code });
  expect(seen.calls).toBe(calls);
});
