import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { dynamodbOverprovisioned } from './overprovisioned.ts';

const PRICES = { 'dynamodb/us-east-1/rcu/hour': '0.00013', 'dynamodb/us-east-1/wcu/hour': '0.00065' };
const consumed = (readsAnHour: number, writesAnHour: number) =>
  (
    [
      ['ConsumedReadCapacityUnits', readsAnHour],
      ['ConsumedWriteCapacityUnits', writesAnHour],
    ] as const
  ).map(([metric, value], line) =>
    aSeries(metric, hourly(14, value), {
      namespace: 'AWS/DynamoDB',
      dimensions: { TableName: 'orders' },
      stat: 'Sum',
      line,
    }),
  );
const judge = (item: JsonObject, series = consumed(36_000, 3600), prices: Record<string, string> = PRICES) =>
  judged(
    dynamodbOverprovisioned,
    aSubject({
      of: anObserved('DynamoDbTable', 'orders', {
        TableName: 'orders',
        TableStatus: 'ACTIVE',
        ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 50 },
        ...item,
      }),
      series,
      prices,
    }),
  );

describe('dynamodbOverprovisioned', () => {
  it('keeps 15 RCU for 10 a second and 2 WCU for 1 a second: 85 x 0.0949 + 48 x 0.4745', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { rcu: '100', wcu: '50', rcu_need: '15', wcu_need: '2', list_cost: '33.22', list_saving: '30.84' },
    });
  });

  it.each([
    ['is billed by request', { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } }, consumed(0, 0)],
    ['has the least throughput', { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }, []],
    ['needs all it has', {}, consumed(70 * 3600, 35 * 3600)],
  ])('says nothing about a table that %s', (_, item, series) => {
    expect(judge(item, series)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each<[string, string, Parameters<typeof judge>]>([
    ['NO_METRICS', 'nobody measured', [{}, [], PRICES]],
    ['NO_METRICS', 'writes were not measured', [{}, consumed(1, 1).slice(0, 1), PRICES]],
    ['NO_PRICE', 'there is no price', [{}, consumed(1, 1), {}]],
    [
      'NO_PRICE',
      'the table class has other prices',
      [{ TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' } }, consumed(1, 1), PRICES],
    ],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
