import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { dynamodbProvisionedToOnDemand } from './provisioned-to-on-demand.ts';

const NOW = {
  'dynamodb/us-east-1/rcu/hour': '0.00013',
  'dynamodb/us-east-1/wcu/hour': '0.00065',
  'dynamodb/us-east-1/rru/million': '0.125',
  'dynamodb/us-east-1/wru/million': '0.625',
};
/** On-demand prices before they were halved in 2024-11. */
const BEFORE = { ...NOW, 'dynamodb/us-east-1/rru/million': '0.25', 'dynamodb/us-east-1/wru/million': '1.25' };

/** Hours in which so many units a second were consumed, reads and writes alike. */
const consumed = (units: number, days = 14) =>
  ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((metric, line) =>
    aSeries(metric, hourly(days, units * 3600), {
      namespace: 'AWS/DynamoDB',
      stat: 'Sum',
      dimensions: { TableName: 'orders' },
      line,
    }),
  );
const judge = (series: ReturnType<typeof consumed>, item: JsonObject = {}, prices: Record<string, string> = NOW) =>
  judged(
    dynamodbProvisionedToOnDemand,
    aSubject({
      of: anObserved('DynamoDbTable', 'orders', {
        TableName: 'orders',
        TableStatus: 'ACTIVE',
        ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 100 },
        ...item,
      }),
      prices,
      series,
    }),
  );

it('saves 37.23 on a table that uses a tenth of 100 RCU and 100 WCU', () => {
  // 100 x 0.00078 x 730 = 56.94; 0.036 million an hour x 0.75 x 730 = 19.71
  expect(judge(consumed(10))).toStrictEqual({
    verdict: 'FINDING',
    figures: { break_even_reads: '28.9', break_even_writes: '28.9', list_cost: '56.94', list_saving: '37.23' },
  });
});

it('takes the break-even from the price table: 28.9 % now, 14.4 % before November 2024', () => {
  expect(judge(consumed(28)).verdict).toBe('FINDING');
  expect(judge(consumed(29)).verdict).toBe('OK');
  expect(judge(consumed(14), {}, BEFORE).figures).toMatchObject({
    break_even_reads: '14.4',
    break_even_writes: '14.4',
  });
  expect(judge(consumed(15), {}, BEFORE).verdict).toBe('OK');
});

it('says OK of a table that is on demand', () => {
  expect(judge([], { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } }).verdict).toBe('OK');
});

it.each([
  ['NO_METRICS', [], {}, NOW],
  ['METRICS_INCOMPLETE', consumed(1, 13), {}, NOW],
  ['NO_PRICE', consumed(1), {}, {}],
  ['NO_PRICE', consumed(1), { TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' } }, NOW],
  ['FIELD_MISSING', consumed(1), { ProvisionedThroughput: undefined }, NOW],
])('cannot know (%s)', (reason, series, item, prices) => {
  expect(judge(series, item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});
