import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { secretsUnused } from './unused.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf';
const PRICES = { 'secretsmanager/us-east-1/secret/month': '0.4' };
const judge = (item: JsonObject, prices: Record<string, string> = PRICES, settings = {}) =>
  judged(
    secretsUnused,
    aSubject({
      of: anObserved('Secret', ARN, {
        ARN,
        CreatedDate: '2024-01-01T10:00:00Z',
        LastAccessedDate: '2026-08-21T00:00:00Z',
        ...item,
      }),
      prices,
      settings,
    }),
  );

describe('secretsUnused', () => {
  it('finds a secret last retrieved 91 days ago', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { unused_days: '91', list_cost: '0.40', list_saving: '0.40' },
    });
  });

  it('counts from creation when it was never retrieved', () => {
    expect(judge({ LastAccessedDate: undefined, CreatedDate: '2026-08-10T00:00:00Z' }).figures['unused_days']).toBe(
      '102',
    );
  });

  it.each([
    ['retrieved 90 days ago', { LastAccessedDate: '2026-08-22T00:00:00Z' }],
    ['that a service owns', { OwningService: 'events' }],
    ['that is a replica', { PrimaryRegion: 'eu-west-1' }],
  ])('says nothing about a secret %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the days from the settings', () => {
    expect(judge({}, PRICES, { SECRETS_UNUSED_DAYS: 91 }).verdict).toBe('OK');
  });

  it('has no dollars without a price, and cannot know without a date', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ LastAccessedDate: undefined, CreatedDate: undefined }).reason).toBe('FIELD_MISSING');
  });
});
