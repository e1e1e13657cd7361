import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { dynamodbIdle } from './idle.ts';

const PRICES: Record<string, string> = {
  'dynamodb/us-east-1/storage/gb-month': '0.25',
  'dynamodb/us-east-1/rcu/hour': '0.00013',
  'dynamodb/us-east-1/wcu/hour': '0.00065',
};
const consumed = (metric: string, values: (number | null)[], line: number) =>
  aSeries(metric, values, { namespace: 'AWS/DynamoDB', dimensions: { TableName: 'old' }, stat: 'Sum', line });
const both = (reads: (number | null)[], writes: (number | null)[]) => [
  consumed('ConsumedReadCapacityUnits', reads, 0),
  consumed('ConsumedWriteCapacityUnits', writes, 1),
];
const silent = (days: number) => hourly(days, 0).map(() => null);
const judge = (item: JsonObject = {}, { series = both(silent(14), silent(14)), prices = PRICES, settings = {} } = {}) =>
  judged(
    dynamodbIdle,
    aSubject({
      of: anObserved('DynamoDbTable', 'old', {
        TableName: 'old',
        TableStatus: 'ACTIVE',
        TableSizeBytes: 42_949_672_960,
        ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 50 },
        ...item,
      }),
      series,
      prices,
      settings,
    }),
  );

describe('dynamodbIdle', () => {
  it('finds a table without a consumed unit: 40 x 0.25 + (100 x 0.00013 + 50 x 0.00065) x 730', () => {
    expect(judge()).toStrictEqual({
      verdict: 'FINDING',
      figures: { units: '0', days: '14', list_cost: '43.22', list_saving: '43.22' },
    });
  });

  it('counts the storage alone of an on-demand table: 40 x 0.25', () => {
    const onDemand = {
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    };
    expect(judge(onDemand).figures).toMatchObject({ list_cost: '10.00', list_saving: '10.00' });
  });

  it.each([
    ['read once', {}, both([...silent(14), 1], silent(14))],
    ['written once', {}, both(silent(14), [...silent(14), 1])],
    ['that is a replica', { Replicas: [{ RegionName: 'eu-west-1' }] }, undefined],
    ['that is being made', { TableStatus: 'CREATING' }, undefined],
  ])('says nothing about a table %s', (_, item, series) => {
    expect(judge(item, { series })).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('cannot know without two weeks of reads and writes, or as many days as configured', () => {
    expect(judge({}, { series: [] }).reason).toBe('NO_METRICS');
    expect(judge({}, { series: both(silent(14), silent(13)) }).reason).toBe('METRICS_INCOMPLETE');
    expect(judge({}, { settings: { DYNAMODB_IDLE_DAYS: 30 } }).reason).toBe('METRICS_INCOMPLETE');
  });

  it('cannot know whether an index is read, what another table class costs, or without a size', () => {
    expect(judge({ GlobalSecondaryIndexes: [{ IndexName: 'by-day' }] }).reason).toBe('METRICS_INCOMPLETE');
    expect(judge({ TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' } }).reason).toBe('NO_PRICE');
    expect(judge({ TableSizeBytes: undefined }).reason).toBe('FIELD_MISSING');
  });

  it('has no dollars without a price', () => {
    expect(judge({}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
