import { expect, test } from 'vitest';
import { runChain } from './chain.ts';
import { undisturbedReport } from '../walk/installation.ts';
import { CRASH_POINTS } from './operations.ts';

test('a session whose processes die at a point of each kind ends with the report of one that nobody killed', async () => {
  const report = await undisturbedReport();
  const outcome = await runChain({
    steps: [
      { point: 'session.create.after', nth: 1 },
      { point: 'bus.publish.before', nth: 1 },
      { point: 'store.sync.before', nth: 20 },
      { point: 'task.complete.after', nth: 2 },
      { point: 'report.swap.before', nth: 1 },
    ],
    expected: { report },
  });

  expect(outcome).toStrictEqual({
    kills: 5,
    hits: [
      'session.create.after',
      'bus.publish.before',
      'store.sync.before',
      'task.complete.after',
      'report.swap.before',
    ],
    problems: [],
    missed: [],
  });
});

test('each point has a name of its own', () => {
  expect(new Set(CRASH_POINTS).size).toBe(CRASH_POINTS.length);
});
