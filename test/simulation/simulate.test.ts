import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

test('twenty-five seeds break no promise, and each is the same run twice', async () => {
  const { seeds, failing, tasks } = await simulate({ seeds: [1, 25], workers: 2, twice: true, intensity: 0.3 });

  expect(failing).toStrictEqual([]);
  expect([seeds, tasks > 40]).toStrictEqual([25, true]);
});

test('without faults every task of every session is done', async () => {
  const { failing, sessions, gaps } = await simulate({ seeds: [1, 12], workers: 2, intensity: 0 });

  expect(failing).toStrictEqual([]);
  expect(Object.keys(sessions).filter((state) => state !== 'DONE' && state !== 'CANCELLED')).toStrictEqual([]);
  expect(Object.keys(gaps).filter((code) => code !== 'CANCELLED')).toStrictEqual([]);
});
