import { describe, expect, test } from 'vitest';
import { FINOPS_DERIVATIONS } from '../derivations.ts';
import { aCitedBill } from '../testing/bill.ts';
import { aSpendBill, daysFrom, type SpendLine } from '../testing/spend-bill.ts';
import { anomalyClaims } from './anomaly-claims.ts';

const DAYS = daysFrom('2026-08-01', '2026-10-31');

/** Every day of one place of EC2, at what `cost` says. */
const place = (more: SpendLine, cost: (day: string) => number): SpendLine[] =>
  DAYS.map((day) => ({ ChargePeriodStart: day, BilledCost: String(cost(day)), ...more }));

const said = (lines: readonly SpendLine[], asOf = '2026-11-20'): string[] =>
  anomalyClaims(aCitedBill(aSpendBill(lines)), asOf)
    .claims.filter(({ topic }) => topic !== 'anomaly/summary')
    .map(({ statement }) => statement);

describe('an anomaly', () => {
  test('is told at the deepest place that explains four fifths of it', () => {
    const lines = [
      ...place({}, () => 100),
      ...place({ RegionId: 'eu-west-1' }, (day) => (day === '2026-10-10' ? 240 : 100)),
      ...place({ RegionId: 'eu-west-1', x_UsageType: 'EBS:VolumeUsage' }, () => 50),
    ];
    expect(said(lines)).toStrictEqual([
      'Amazon Elastic Compute Cloud › 111122223333 › eu-west-1 › BoxUsage:m5.large cost 240.00 USD on 2026-10-10 where 100.00 USD was expected: 140.00 USD, 140 %, severity 6 of 10.',
    ]);
  });

  test('is told of the place above when two share it', () => {
    const both = (day: string): number => (day === '2026-10-10' ? 160 : 100);
    const lines = [...place({}, both), ...place({ x_UsageType: 'BoxUsage:m5.xlarge' }, both)];
    expect(said(lines)).toStrictEqual([
      'Amazon Elastic Compute Cloud › 111122223333 › us-east-1 cost 320.00 USD on 2026-10-10 where 200.00 USD was expected: 120.00 USD, 60 %, severity 6 of 10.',
    ]);
  });

  test('is told of both accounts when one rises as the other falls and the service stands still', () => {
    const lines = [
      ...place({ SubAccountId: '1' }, (day) => (day === '2026-10-10' ? 150 : 100)),
      ...place({ SubAccountId: '2' }, (day) => (day === '2026-10-10' ? 50 : 100)),
    ];
    expect(said(lines)).toStrictEqual([
      'Amazon Elastic Compute Cloud › 1 › us-east-1 › BoxUsage:m5.large cost 150.00 USD on 2026-10-10 where 100.00 USD was expected: 50.00 USD, 50 %, severity 4 of 10.',
      'Amazon Elastic Compute Cloud › 2 › us-east-1 › BoxUsage:m5.large cost 50.00 USD on 2026-10-10 where 100.00 USD was expected: -50.00 USD, -50 %, severity 2 of 10.',
    ]);
  });

  test('is not what comes once: a credit, a tax, a purchase, a fee of a month', () => {
    const once = ['Credit', 'Tax', 'Purchase'].map((ChargeCategory) => ({
      ChargePeriodStart: '2026-09-30',
      BilledCost: '-900',
      ChargeCategory,
    }));
    const month = { ChargePeriodStart: '2026-10-01', ChargePeriodEnd: '2026-11-01', BilledCost: '900' };
    expect(said([...place({}, () => 100), ...once, month])).toStrictEqual([]);
  });

  test('is not a day that AWS may still add to', () => {
    const lines = place({}, (day) => (day >= '2026-10-30' ? 10 : 100));
    expect(said(lines, '2026-10-31')).toStrictEqual([]);
    expect(said(lines, '2026-11-02').length).toBe(1);
  });

  test('needs four weeks to know what is usual, and says so', () => {
    const lines = daysFrom('2026-10-01', '2026-10-28').map((day) => ({ ChargePeriodStart: day }));
    expect(anomalyClaims(aCitedBill(aSpendBill(lines)), '2026-11-20')).toStrictEqual({
      claims: [],
      unsaid: ['anomalies (take more than 28 whole days of usage by service)'],
    });
  });

  test('stands beside what the plain rule of a fifth from day to day would have said', () => {
    const lines = place({}, (day) => (new Date(day).getUTCDay() % 6 === 0 ? 50 : 100));
    const [summary] = anomalyClaims(aCitedBill(aSpendBill(lines)), '2026-11-20').claims;
    expect(summary?.statement).toBe(
      '0 events stand out of EffectiveCost of daily usage from 2026-08-29 to 2026-10-31, each told once. A plain alarm at every change of a fifth from one day to the next would have rung 26 times.',
    );
  });

  test('comes out again from the bill', () => {
    const table = aSpendBill(place({}, (day) => (day === '2026-10-10' ? 240 : 100)));
    const derivations = new Map(FINOPS_DERIVATIONS.map((one) => [one.id, one]));
    const figures = anomalyClaims(aCitedBill(table), '2026-11-20').claims.flatMap((claim) => claim.figures);
    const again = figures.map(({ derivation }) => derivations.get(derivation.id)?.compute([table], derivation.params));
    expect(again).toStrictEqual(figures.map(({ value }) => value));
  });
});
