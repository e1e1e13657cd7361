import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../../model/rule.ts';
import { aSeries, aSubject, anInstance } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2SavingsPlan } from './savings-plan.ts';

// The rate is made up for the test; real ones are read from AWS and none is embedded.
const PRICES = {
  'ec2/us-east-1/linux/m5.large': '0.0960',
  'savingsplan/us-east-1/compute-1yr-no-upfront/m5.large': '0.0700',
};
const cpu = (running: number) =>
  aSeries(
    'CPUUtilization',
    Array.from({ length: 14 * 24 }, (_, hour) => (hour % 24 < running ? 20 : null)),
    { stat: 'Average' },
  );
const subject = (item: JsonObject = {}, more: { hours?: number; prices?: Record<string, string> } = {}): Subject =>
  aSubject({
    of: anInstance({ InstanceType: 'm5.large', LaunchTime: '2026-01-01T00:00:00Z', ...item }),
    prices: more.prices ?? PRICES,
    series: more.hours === undefined ? [] : [cpu(more.hours)],
  });
const billed = (committed: string): Subject => ({
  ...subject(),
  costs: {
    resource_id: 'i-0123456789abcdef0',
    effective: '51.00',
    on_demand: '0.00',
    committed,
    days: 30,
    basis: 'EffectiveCost',
    citations: [],
  },
});

describe('ec2SavingsPlan', () => {
  it('compares every hour on demand with the rate: 0.026 an hour is 18.98 a month', () => {
    expect(judged(ec2SavingsPlan, subject({}, { hours: 24 }))).toStrictEqual({
      verdict: 'FINDING',
      // 12 x 0.07 / 0.096 = 8.75 months; (0.0768 - 0.07) x 730.
      figures: { break_even_month: '9', saving_at_less_use: '4.96', list_cost: '70.08', list_saving: '18.98' },
    });
  });

  it('counts only hours in use: 18 of 24 on demand cost 0.072, and a fifth less use loses 9.05', () => {
    // (0.072 - 0.07) x 730; (0.0576 - 0.07) x 730; 12 x 0.07 / 0.072 = 11.7.
    expect(judged(ec2SavingsPlan, subject({}, { hours: 18 })).figures).toMatchObject({
      list_saving: '1.46',
      saving_at_less_use: '-9.05',
      break_even_month: '12',
    });
  });

  it('says that without metrics every hour is assumed', () => {
    expect(ec2SavingsPlan.judge(subject())).toMatchObject({
      statement: expect.stringContaining('taken to run every hour'),
      confidence: '0.50',
    });
  });

  it.each([
    ['runs 17 hours a day, which on demand are cheaper', subject({}, { hours: 17 })],
    ['was launched 89 days ago', subject({ LaunchTime: '2026-08-23T00:00:00Z' })],
    ['is stopped', subject({ State: { Name: 'stopped' } })],
    ['runs on Spot', subject({ InstanceLifecycle: 'spot' })],
    ['is paid for by a commitment already', billed('51.00')],
  ])('says nothing about an instance that %s', (_, one) => {
    expect(judged(ec2SavingsPlan, one)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['NO_PRICE', subject({}, { prices: { 'ec2/us-east-1/linux/m5.large': '0.0960' } })],
    ['FIELD_MISSING', subject({ LaunchTime: 'yesterday' })],
  ])('cannot know: %s', (reason, one) => {
    expect(judged(ec2SavingsPlan, one)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
