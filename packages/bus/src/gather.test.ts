import { expect, test } from 'vitest';
import { gather } from './gather.ts';

const limits = { maxItems: 10, maxBytes: 100, bytesOf: (item: string) => item.length };

test('makes one call of what is asked for in one turn, ten at a time, and answers each', async () => {
  const calls: number[] = [];
  const shout = gather(async (items: readonly string[]) => {
    calls.push(items.length);
    return items.map((item) => item.toUpperCase());
  }, limits);

  const asked = Array.from({ length: 25 }, (_, n) => `m${n}`);
  expect(await Promise.all(asked.map(shout))).toStrictEqual(asked.map((item) => item.toUpperCase()));
  expect(calls).toStrictEqual([10, 10, 5]);
});

test('splits by bytes and sends an item above the bound alone', async () => {
  const calls: number[][] = [];
  const send = gather(async (items: readonly string[]) => {
    calls.push(items.map((item) => item.length));
    return items;
  }, limits);

  await Promise.all([60, 40, 1, 200, 99, 2].map(async (length) => send('x'.repeat(length))));
  expect(calls).toStrictEqual([[60, 40], [1], [200], [99], [2]]);
});

test('rejects the items of a failed call and no others', async () => {
  const send = gather(
    async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('no');
      return items;
    },
    { ...limits, maxItems: 2 },
  );

  const ended = await Promise.allSettled(['a', 'b', 'bad', 'c', 'd'].map(send));
  expect(ended.map(({ status }) => status)).toStrictEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
});
