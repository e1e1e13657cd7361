import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { logsNoRetention } from './no-retention.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'logs/us-east-1/storage/gb-month': '0.03' }) =>
  judged(
    logsNoRetention,
    aSubject({
      of: anObserved('LogGroup', '/app', { logGroupName: '/app', storedBytes: 107_374_182_400, ...item }),
      prices,
    }),
  );

describe('logsNoRetention', () => {
  it('states what 100 GB that never leave cost now, and no saving', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { stored: '100', storage_cost: '3.00' } });
  });

  it.each([
    ['has a retention', { retentionInDays: 30 }],
    ['stores nothing', { storedBytes: 0 }],
    ['stores half a megabyte', { storedBytes: 500_000 }],
    ['only delivers', { logGroupClass: 'DELIVERY' }],
  ])('says nothing about a log group that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('states no dollars without a price', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: { stored: '100' } });
  });

  it('cannot know with odd fields', () => {
    expect(judge({ storedBytes: 'string' }).reason).toBe('FIELD_MISSING');
  });
});
