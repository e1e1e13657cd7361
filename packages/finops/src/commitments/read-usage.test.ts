import { expect, it } from 'vitest';
import { billTable } from '../bill/bill-table.ts';
import { readUsage } from './read-usage.ts';
import { onDemandKey } from './what-runs.ts';

const words = { region: 'us-east-1', usageType: '', operation: '', description: '' };

// Descriptions as the FOCUS 1.0 sample and price lists print them.
it.each([
  ['$0.096 per On Demand Linux m5.large Instance Hour', 'ec2/us-east-1/linux/m5.large'],
  ['$0.188 per On Demand Windows m5.large Instance Hour', undefined],
  [
    '$0.171 per RDS db.m5.large Single-AZ instance hour (or partial hour) running MySQL',
    'rds/us-east-1/mysql/db.m5.large/single-az',
  ],
  [
    '$0.318 per RDS db.m6g.large Multi-AZ instance hour running PostgreSQL',
    'rds/us-east-1/postgresql/db.m6g.large/multi-az',
  ],
  ['$1.224 per RDS db.m5.xlarge Single-AZ instance hour running SQL Server SE (LI)', undefined],
  ['$0.034 per cache.t3.small node hour running Redis', 'elasticache/us-east-1/redis/cache.t3.small'],
  ['$0.0272 per cache.t3.small node hour of Extended Support Year 1-2 for Redis OSS 5', undefined],
  ['$0.036 per t3.small.search instance hour (or partial hour)', 'opensearch/us-east-1/t3.small.search'],
  ['$0.08 per GB-month of General Purpose (gp3) provisioned storage', undefined],
])('reads %s as %s', (description, key) => {
  expect(onDemandKey({ ...words, description })).toBe(key);
});

it.each([
  ['BoxUsage:m5.large', 'RunInstances', 'ec2/us-east-1/linux/m5.large'],
  ['EUC1-BoxUsage:m7g.2xlarge', 'RunInstances', 'ec2/us-east-1/linux/m7g.2xlarge'],
  ['BoxUsage:m5.large', 'RunInstances:0002', undefined],
  ['SpotUsage:m5.large', 'RunInstances', undefined],
])('reads usage type %s of operation %s as %s', (usageType, operation, key) => {
  expect(onDemandKey({ ...words, usageType, operation })).toBe(key);
});

const COLUMNS = [
  'ChargeCategory',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'PricingCategory',
  'CommitmentDiscountStatus',
  'PricingQuantity',
  'PricingUnit',
  'RegionId',
  'ResourceId',
  'ChargeDescription',
  'EffectiveCost',
];
const M5 = '$0.096 per On Demand Linux m5.large Instance Hour';
const line = (
  [from, to]: readonly [string, string],
  quantity: string,
  cost: string,
  more: Readonly<Record<string, string>> = {},
) => {
  const cells: Record<string, string> = {
    ChargeCategory: 'Usage',
    ChargePeriodStart: `2026-11-0${from}:00:00Z`,
    ChargePeriodEnd: `2026-11-0${to}:00:00Z`,
    PricingCategory: 'Standard',
    PricingQuantity: quantity,
    PricingUnit: 'Hrs',
    RegionId: 'us-east-1',
    ResourceId: 'i-1',
    ChargeDescription: M5,
    EffectiveCost: cost,
    ...more,
  };
  return COLUMNS.map((column) => cells[column] ?? '');
};
const read = (...rows: string[][]) => readUsage(billTable({ columns: COLUMNS, rows }), 'EffectiveCost');

it('puts the hours of a bill on a line, equal neighbours as one, and adds up what stands in one hour', () => {
  expect(
    read(
      line(['1T00', '1T01'], '1', '0.096'),
      line(['1T01', '1T02'], '1', '0.096'),
      line(['1T05', '1T06'], '0.5', '0.048'),
      line(['1T05', '1T06'], '0.5', '0.048'),
      line(['1T01', '1T02'], '1', '0.096', { ResourceId: 'i-2' }),
      line(['1T02', '1T03'], '1', '0.07', { PricingCategory: 'Committed', CommitmentDiscountStatus: 'Used' }),
      line(['1T02', '1T03'], '1', '0.03', { PricingCategory: 'Dynamic' }),
      line(['1T02', '1T03'], '8', '0.64', { ChargeDescription: 'a volume', PricingUnit: 'GB-Mo' }),
    ),
  ).toStrictEqual({
    from: '2026-11-01T00:00:00.000Z',
    hours: 6,
    precision: 'hour',
    items: [
      {
        key: 'ec2/us-east-1/linux/m5.large',
        resource_id: 'i-1',
        runs: [
          [0, 2, '1', '0.096'],
          [5, 1, '1', '0.096'],
        ],
      },
      { key: 'ec2/us-east-1/linux/m5.large', resource_id: 'i-2', runs: [[1, 1, '1', '0.096']] },
    ],
  });
});

it('spreads the days of a bill that has days only, and says so', () => {
  expect(read(line(['1T00', '2T00'], '12', '1.152'), line(['2T00', '3T00'], '12', '1.152'))).toMatchObject({
    hours: 48,
    precision: 'day',
    items: [{ runs: [[0, 48, '0.5', '0.048']] }],
  });
});

it('has nothing to say of a bill without such usage, or without quantities', () => {
  expect(read(line(['1T00', '1T01'], '8', '0.64', { ChargeDescription: 'a volume' }))).toBeUndefined();
  const rows = [line(['1T00', '1T01'], '1', '0.096').slice(0, 5)];
  expect(readUsage(billTable({ columns: COLUMNS.slice(0, 5), rows }), 'EffectiveCost')).toBeUndefined();
});
