import { type CostFacts, removeOverlap } from '@infrafabric/finops';
import {
  aPriceTable,
  anEvidenceId,
  anInstance,
  anObserved,
  aSeries,
  aTable,
  aVolume,
} from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { hourly, judge, perEc2, priced, type Series } from './situation.ts';

/*
 * What sets the rules apart, one test a feature, to the cent, through `evaluate` and our own tables wherever they know the
 * price; the arithmetic stands beside each amount. Also: features 8 and 10 in `waterfall.test.ts`, 1,000 random sets of
 * findings for feature 8 in finops `savings/waterfall.test.ts`, the golden prices of feature 17 in `prices/golden.test.ts`.
 */

/** A month of bill for the instance, in USD: in all, and what of it a commitment pays. */
const billed = (effective: string, committed: string): CostFacts => ({
  resource_id: 'i-0123456789abcdef0',
  effective,
  on_demand: String(Number(effective) - Number(committed)),
  committed,
  days: 30,
  basis: 'EffectiveCost',
  citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
});

test('feature 9: a saving has list, effective, cash_now and freed_commitment; under full Savings Plan cover cash_now is 0', () => {
  const prices = priced({ 'm5.large': '0.096', 'm7g.large': '0.0816' });
  const { finding, claims } = judge('ec2-graviton', anInstance(), { prices, costs: billed('49.056', '49.056') });

  // List: (0.096 - 0.0816) x 730 = 10.512 of 70.08. Paid is 30 % less, 49.056, so the same 15 % is 10.51 x 49.056 / 70.08 = 7.357.
  expect(finding?.savings).toMatchObject({
    basis: 'bill',
    list: '10.51',
    effective: '7.36',
    cash_now: '0.00',
    freed_commitment: '7.36',
    cap: '49.06',
  });
  expect(claims.find((one) => one.id === finding?.savings?.claim)?.statement).toBe(
    'On this bill the saving is 7.36 USD/month of 49.06 USD/month: 0.00 USD/month leaves the next invoice, because a Savings Plan or reservation already pays for all of it and goes on being charged; it frees 7.36 USD/month of that commitment for other use.',
  );
});

test('feature 11: m5 to m7g shows 15.0 %, m5 to m9g is refused, with both prices cited where something is advised', () => {
  const only = (type: string, usd: string) =>
    judge('ec2-graviton', anInstance(), { prices: priced({ 'm5.large': '0.096', [type]: usd }) });
  const ours = judge('ec2-graviton', anInstance());
  const cited = ours.claim?.figures.flatMap((one) => one.citations.map((citation) => citation.pointer)) ?? [];

  expect(only('m7g.large', '0.0816').figures['saving_percent']).toBe('15.0');
  expect(only('m9g.large', '0.09784').verdict).toBe('OK');
  // Our table has m6g at 0.077: (0.096 - 0.077) / 0.096 = 19.8 %, x 730 = 13.87.
  expect(ours.figures).toMatchObject({
    saving_percent: '19.8',
    list_saving: '13.87',
    price_now: '0.096',
    price_refused: '0.09784',
  });
  expect(ours.claim?.statement).toContain('Not m9g.large: 0.09784 USD/hour is no less than the 0.096 USD/hour paid');
  expect(cited).toEqual(
    expect.arrayContaining([
      '/entries/ec2~1us-east-1~1linux~1m5.large/usd',
      '/entries/ec2~1us-east-1~1linux~1m9g.large/usd',
    ]),
  );
});

const MIB_HOUR = 3600 * 1024 * 1024;
const moved = (mibps: number): Series[] =>
  ['VolumeReadBytes', 'VolumeWriteBytes'].map((metric, line) =>
    aSeries(metric, hourly(14, (mibps / 2) * MIB_HOUR), {
      namespace: 'AWS/EBS',
      dimensions: { VolumeId: 'vol-0123456789abcdef0' },
      stat: 'Sum',
      line,
    }),
  );

test.for([
  // gp2: 200 x 0.10 = 20.00. gp3: 200 x 0.08 + (250 - 125) x 0.04 = 21.00, which is more.
  [250, 'OK', undefined],
  // gp3: 200 x 0.08 = 16.00; 60 MiB/s are included.
  [60, 'FINDING', '4.00'],
] as const)('feature 12: 200 GB of gp2 with %s MiB/s: %s, saves %s', ([mibps, verdict, saving]) => {
  const judged = judge('ebs-gp2-to-gp3', aVolume({ Size: 200 }), { series: moved(mibps) });

  expect([judged.verdict, judged.figures['list_saving']]).toStrictEqual([verdict, saving]);
});

const table = anObserved('DynamoDbTable', 'orders', {
  TableName: 'orders',
  TableStatus: 'ACTIVE',
  ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 100 },
});
const consumed = (units: number): Series[] =>
  ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((metric, line) =>
    aSeries(metric, hourly(14, units * 3600), {
      namespace: 'AWS/DynamoDB',
      stat: 'Sum',
      dimensions: { TableName: 'orders' },
      line,
    }),
  );
/** On-demand at twice the price, as before November 2024. */
const BEFORE = aPriceTable({
  'dynamodb/us-east-1/rcu/hour': '0.00013',
  'dynamodb/us-east-1/wcu/hour': '0.00065',
  'dynamodb/us-east-1/rru/million': '0.25',
  'dynamodb/us-east-1/wru/million': '1.25',
});

test.for([
  // 0.00065 / (3600 x 0.000000625) = 0.00013 / (3600 x 0.000000125) = 28.9 %. 100 x 0.00078 x 730 = 56.94 for what is
  // provisioned; 20 % of it on demand is 0.072 million an hour x 0.75 x 730 = 39.42.
  ['now', 20, 'FINDING', { break_even_reads: '28.9', break_even_writes: '28.9', list_saving: '17.52' }],
  // 0.00065 / (3600 x 0.00000125) = 14.4 %: 20 % is above it, 10 % below: 56.94 - 0.036 x 1.5 x 730 = 17.52.
  ['before November 2024', 20, 'OK', {}],
  [
    'before November 2024',
    10,
    'FINDING',
    { break_even_reads: '14.4', break_even_writes: '14.4', list_saving: '17.52' },
  ],
] as const)('feature 13: at the prices of %s a table used at %s %% is %s', ([when, units, verdict, figures]) => {
  const judged = judge('dynamodb-provisioned-to-on-demand', table, {
    series: consumed(units),
    ...(when === 'now' ? {} : { prices: BEFORE }),
  });

  expect(judged.verdict).toBe(verdict);
  expect(judged.figures).toMatchObject(figures);
});

const database = (item: JsonObject) =>
  anObserved('RdsDbInstance', 'orders', {
    DBInstanceIdentifier: 'orders',
    DBInstanceClass: 'db.m5.large',
    DBInstanceStatus: 'available',
    Engine: 'mysql',
    EngineVersion: '8.0.39',
    MultiAZ: false,
    ...item,
  });

test('feature 14: the EKS surcharge is 0.50 an hour, 365.00, never the 438.00 of the whole price', () => {
  const { finding } = judge('eks-extended-support', anObserved('EksCluster', 'a', { name: 'a', version: '1.31' }));

  // (0.60 - 0.10) x 730 of 0.60 x 730.
  expect(finding?.savings).toMatchObject({ list: '365.00', cap: '438.00' });
});

test.for([
  ['2026-07-31', {}, 'OK', undefined],
  // 2 vCPU x 0.100 x 730; a standby doubles it.
  ['2026-08-01', {}, 'FINDING', '146.00'],
  ['2026-08-01', { MultiAZ: true }, 'FINDING', '292.00'],
] as const)('feature 14: MySQL 8.0 on %s, %o, is %s with %s', ([asOf, item, verdict, surcharge]) => {
  const judged = judge('rds-extended-support', database(item), { asOf });

  expect([judged.verdict, judged.figures['surcharge']]).toStrictEqual([verdict, surcharge]);
});

test.for([
  ['2026-08-22', '0.60'],
  ['2026-08-21', '0.50'],
] as const)(
  'feature 16: a price of %s, against 90 days on 2026-11-20, leaves a confidence of %s',
  ([date, confidence]) => {
    const prices = priced({ 'm5.large': '0.096', 'm7g.large': '0.0816' }, date);
    const { finding, claim } = judge('ec2-graviton', anInstance(), { prices });

    expect(finding?.confidence).toBe(confidence);
    expect(claim?.statement).toContain(`at list prices of ${date}`);
  },
);

test.for([
  ['2026-10-21', '0.90'],
  ['2026-10-20', '0.80'],
] as const)('feature 16: a GPU price of %s, against 30 days, leaves a confidence of %s', ([date, confidence]) => {
  const key = 'ec2/us-east-1/linux/g4dn.xlarge';
  const prices = aTable({ [key]: { usd: '0.526', unit: 'hour', source: 'a test', as_of: date, stale_after_days: 30 } });
  const series = [
    perEc2('CPUUtilization', 1, 'Maximum'),
    perEc2('NetworkIn', 0, 'Sum'),
    perEc2('NetworkOut', 0, 'Sum'),
  ];
  const { finding } = judge('ec2-idle', anInstance({ InstanceType: 'g4dn.xlarge' }), { prices, series });

  expect(finding?.confidence).toBe(confidence);
});

test.for([
  ['FINDING', 'us-east-1', 'gp2', { finding: 1, ok: 0, unknown: 0 }],
  ['OK', 'us-east-1', 'gp3', { finding: 0, ok: 1, unknown: 0 }],
  ['UNKNOWN', 'mars-north-1', 'gp2', { finding: 0, ok: 0, unknown: 1 }],
] as const)(
  'feature 18: a verdict is %s in %s on %s, counted apart; not known is not 0',
  ([verdict, region, VolumeType, counts]) => {
    const judged = judge('ebs-gp2-to-gp3', aVolume({ VolumeType }, { region }));

    expect([judged.verdict, judged.coverage]).toStrictEqual([
      verdict,
      { rule: 'ebs-gp2-to-gp3', service: 'ebs', ...counts },
    ]);
    expect(judged.finding?.savings === undefined).toBe(verdict !== 'FINDING');
    expect(judged.finding?.reason).toBe(verdict === 'UNKNOWN' ? 'NO_PRICE' : undefined);
  },
);

test.for([
  ['at list price', undefined],
  ['on a bill', billed('140.16', '0')],
] as const)(
  'feature 19: without memory metrics a smaller size has 0.40 and is outside the headline, %s',
  ([, costs]) => {
    const { finding, claims } = judge('ec2-oversized', anInstance({ InstanceType: 'm5.xlarge' }), {
      series: [perEc2('CPUUtilization', 30, 'Maximum')],
      prices: priced({ 'm5.large': '0.096', 'm5.xlarge': '0.192' }),
      ...(costs === undefined ? {} : { costs }),
    });
    const net = removeOverlap(finding === undefined ? [] : [finding], claims);
    const total = Object.fromEntries(net.totals.figures.map((figure) => [figure.name, figure.value]));

    expect(finding?.confidence).toBe('0.40');
    // (0.192 - 0.096) x 730 = 70.08.
    expect([total['net_effective'], total['net_confident'], total['net_to_confirm']]).toStrictEqual([
      '70.08',
      '0.00',
      '70.08',
    ]);
  },
);
