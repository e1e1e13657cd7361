import { expect, test } from 'vitest';
import { planCollection } from './plan-collection.ts';

const LIVE = { places: [{ account: '210987654321', region: 'eu-west-1' }], today: '2026-11-20', days: 30 };

/** The work lists of a plan that reads one place live. */
function workLists(live: typeof LIVE & { cost?: boolean }): unknown[] {
  const planned = planCollection({ files: [], failed: [], unused: [], live }, '2026-11-20');
  return planned.map(({ workList }) => JSON.parse(new TextDecoder().decode(workList)) as unknown);
}

test('who is not to ask about cost is told so in the order, and nobody else is told anything', () => {
  const place = { kind: 'collect-live', account: '210987654321', region: 'eu-west-1', today: '2026-11-20', days: 30 };

  expect(workLists(LIVE)).toStrictEqual([place]);
  expect(workLists({ ...LIVE, cost: true })).toStrictEqual([place]);
  expect(workLists({ ...LIVE, cost: false })).toStrictEqual([{ ...place, cost: false }]);
});
