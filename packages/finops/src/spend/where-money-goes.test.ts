import type { Claim } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { FINOPS_DERIVATIONS } from '../derivations.ts';
import { aCitedBill } from '../testing/bill.ts';
import { aSpendBill, daysFrom, type SpendLine } from '../testing/spend-bill.ts';
import { spendCourse } from './spend-course.ts';
import { whereMoneyGoes } from './where-money-goes.ts';

/** EC2 for 2 hours a day in September and 3 in October, RDS for 1.50 USD a day, 5 USD of tax in October, half of November. */
const LINES: SpendLine[] = [
  ...daysFrom('2026-09-01', '2026-11-15').flatMap((day) => {
    const hours = day < '2026-10-01' ? '2' : '3';
    return [
      { ChargePeriodStart: day, BilledCost: hours, PricingQuantity: hours, Tags: '{"env":"prod"}', ResourceId: 'i-1' },
      {
        ChargePeriodStart: day,
        BilledCost: '1.50',
        ServiceName: 'Amazon RDS',
        x_UsageType: 'InstanceUsage',
        SubAccountId: '2',
      },
    ];
  }),
  {
    ChargePeriodStart: '2026-10-01',
    BilledCost: '5',
    ChargeCategory: 'Tax',
    PricingUnit: '',
    PricingQuantity: '',
    x_UsageType: '',
  },
];

const CITED = aCitedBill(aSpendBill(LINES));
const claimOf = (topic: string): Claim | undefined =>
  whereMoneyGoes(CITED, '2026-11-20').claims.find((claim) => claim.topic === topic);

const valuesOf = (claim: Claim | undefined): Record<string, string> =>
  Object.fromEntries((claim?.figures ?? []).map(({ name, value }) => [name, value]));

describe('where the money goes', () => {
  test('whole months are compared, the running one by the same days, and trends where there are days', () => {
    const topics = whereMoneyGoes(CITED, '2026-11-20').claims.map(({ topic }) => topic);
    expect(topics.filter((topic) => !topic.startsWith('change/driver'))).toStrictEqual([
      'change/month',
      'change/month/service',
      'change/month/account',
      'change/month/region',
      'change/month/usage-type',
      'change/month/tag',
      'change/month/resource',
      'change/month-so-far',
      'change/month-so-far/service',
      'change/month-so-far/account',
      'change/month-so-far/region',
      'change/month-so-far/usage-type',
      'change/month-so-far/tag',
      'change/month-so-far/resource',
      'trend/7-days',
      'trend/7-days/service',
      'trend/30-days',
      'trend/30-days/service',
      'trend/fastest/30-days',
    ]);
  });

  test('October against September: 60.00 + 45.00 against 93.00 + 46.50 + 5.00', () => {
    expect(valuesOf(claimOf('change/month'))).toStrictEqual({
      before: '105.00',
      after: '144.50',
      change: '39.50',
      percent: '37.62',
      'effect.quantity': '34.50',
      'effect.price': '0.00',
      'effect.started': '0.00',
      'effect.ended': '0.00',
      'effect.no_quantity': '5.00',
    });
  });

  test('half of November is compared with half of October alone', () => {
    expect(claimOf('change/month-so-far')?.statement).toBe(
      'BilledCost of the bill is 67.50 USD in 2026-11-01 to 2026-11-15 and was 72.50 USD in 2026-10-01 to 2026-10-15: a change of -5.00 USD (-6.9 %); of it without quantity -5.00 USD.',
    );
  });

  test('services stand by size of their change and add up to the whole', () => {
    expect(valuesOf(claimOf('change/month/service'))).toStrictEqual({
      'group.1.before': '60.00',
      'group.1.after': '98.00',
      'group.1.change': '38.00',
      'group.2.before': '45.00',
      'group.2.after': '46.50',
      'group.2.change': '1.50',
      'total.before': '105.00',
      'total.after': '144.50',
      'total.change': '39.50',
    });
  });

  test('more groups than are shown are one rest, so that columns add up', () => {
    const many = daysFrom('2026-09-01', '2026-10-31').flatMap((day) =>
      Array.from({ length: 14 }, (_, n) => ({ ChargePeriodStart: day, BilledCost: `${n}.005`, ServiceName: `S${n}` })),
    );
    const cited = aCitedBill(aSpendBill(many));
    const claim = whereMoneyGoes(cited, '2026-11-20').claims.find(({ topic }) => topic === 'change/month/service');
    const values = Object.entries(valuesOf(claim));
    const sum = (part: string): string =>
      values
        .filter(([name]) => /^(group|rest)/.test(name) && name.endsWith(part))
        .reduce((total, [, value]) => total + Number(value), 0)
        .toFixed(2);
    expect([sum('.before'), sum('.after'), sum('.change')]).toStrictEqual(['2732.10', '2823.17', '91.07']);
    expect(values.slice(-3)).toStrictEqual([
      ['total.before', '2732.10'],
      ['total.after', '2823.17'],
      ['total.change', '91.07'],
    ]);
  });

  test('a bill of half a month is compared with nothing, and says what that takes', () => {
    const short = aCitedBill(
      aSpendBill(daysFrom('2026-10-05', '2026-10-20').map((day) => ({ ChargePeriodStart: day }))),
    );
    const { claims, notes } = spendCourse(short, '2026-11-20');
    expect(claims.map(({ topic }) => topic)).toStrictEqual(['trend/7-days', 'trend/7-days/service']);
    expect(notes).toStrictEqual([
      {
        code: 'SPEND_HISTORY_SHORT',
        detail:
          'The bill covers 2026-10-05 to 2026-10-20, 16 whole days; not said: one whole month against another (takes two in a row), a month so far against the one before (takes the same days of it), the trend of 30 days (takes 60), anomalies (take more than 28 whole days of usage by service).',
      },
    ]);
  });

  test('every figure comes out again from the bill', () => {
    const derivations = new Map(FINOPS_DERIVATIONS.map((one) => [one.id, one]));
    const figures = whereMoneyGoes(CITED, '2026-11-20').claims.flatMap((claim) => claim.figures);
    const again = figures.map(({ derivation }) =>
      derivations.get(derivation.id)?.compute([aSpendBill(LINES)], derivation.params),
    );
    expect(again).toStrictEqual(figures.map(({ value }) => value));
  });
});
