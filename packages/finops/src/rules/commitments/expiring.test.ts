import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { commitmentsExpiring } from './expiring.ts';

const judge = (item: JsonObject) =>
  judged(commitmentsExpiring, aSubject({ of: anObserved('Commitment', 'one', item) }));
const plan = (end: string, state = 'active') => judge({ savingsPlanType: 'Compute', state, end });

it.each([
  ['2026-11-20T12:00:00Z', '0'],
  ['2027-01-19T00:00:00Z', '60'],
  ['2026-10-21T00:00:00Z', '-30'],
])('finds a Savings Plan that ends at %s, in %s days', (end, days_left) => {
  expect(plan(end)).toStrictEqual({ verdict: 'FINDING', figures: { days_left } });
});

it.each([
  ['reservation of EC2', { State: 'active', End: '2026-12-01T00:00:00Z', InstanceType: 'm5.large' }, '11'],
  [
    'reservation of nodes for a year',
    { State: 'active', StartTime: '2025-12-01T00:00:00Z', Duration: 31_536_000, NodeType: 'ra3.4xlarge' },
    '11',
  ],
  ['start in seconds', { State: 'active', StartTime: 1_764_547_200, Duration: 31_536_000 }, '11'],
])('reads a %s', (_, item, days_left) => {
  expect(judge(item)).toStrictEqual({ verdict: 'FINDING', figures: { days_left } });
});

it.each([
  ['ends in 61 days', plan('2027-01-20T00:00:00Z')],
  ['ended 31 days ago', plan('2026-10-20T00:00:00Z')],
  ['is only queued', plan('2026-12-01T00:00:00Z', 'queued')],
])('says OK of a plan that %s', (_, verdict) => {
  expect(verdict).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([[{ State: 'active' }], [{ State: 'active', End: 'soon' }], [{ End: '2026-12-01T00:00:00Z' }]])(
  'cannot know (FIELD_MISSING) from %o',
  (item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'UNKNOWN', reason: 'FIELD_MISSING', figures: {} });
  },
);
