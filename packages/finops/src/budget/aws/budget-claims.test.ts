import { Claim, type JsonObject } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { type BillLine, aBill, aCitedBill, onDay } from '../../testing/index.ts';
import { awsBudgetResult, awsPerformanceResult, type BudgetAnswer } from './budget-claims.ts';
import { AWS_BUDGET_DERIVATIONS } from './budget-derivations.ts';

/** Days from 2026-10-01 to 2026-11-19: 10 USD of EC2, and 4 of S3 in another region and account. */
const DAYS = Array.from({ length: 50 }, (_, n) =>
  new Date(Date.parse('2026-10-01') + n * 86_400_000).toJSON().slice(0, 10),
);
const LINES: BillLine[] = DAYS.flatMap((day) => [
  { BilledCost: '10', ...onDay(day) },
  {
    BilledCost: '4',
    ServiceName: 'Amazon Simple Storage Service',
    RegionId: 'eu-west-1',
    SubAccountId: '444455556666',
    ...onDay(day),
  },
]);
const BILL = aCitedBill(aBill([...LINES, { BilledCost: '100', ChargeCategory: 'Tax', ...onDay('2026-11-01') }]));

/** As `aws budgets describe-budgets` prints one. */
const aBudget = (given: JsonObject): JsonObject => ({
  BudgetName: 'all',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '400.0', Unit: 'USD' },
  CostTypes: { IncludeTax: true, IncludeCredit: true, UseBlended: false, UseAmortized: false },
  TimePeriod: { Start: '2026-01-01T00:00:00+00:00', End: '2087-06-15T00:00:00+00:00' },
  CalculatedSpend: { ActualSpend: { Amount: '360.5', Unit: 'USD' }, ForecastedSpend: { Amount: '530', Unit: 'USD' } },
  LastUpdatedTime: '2026-11-19T08:00:00Z',
  ...given,
});

const answerOf = (item: JsonObject, account?: string): BudgetAnswer => ({
  item,
  citation: {
    evidence: `if://evidence/sha256/${'c'.repeat(64)}`,
    pointer: '/Budgets/0',
    media_type: 'application/json',
  },
  account,
});

const stand = (given: JsonObject, account?: string) =>
  awsBudgetResult(BILL, [answerOf(aBudget(given), account)], '2026-11-20');
const figures = (given: JsonObject, account?: string): Record<string, string> =>
  Object.fromEntries(stand(given, account).claims[0]?.figures.map(({ name, value }) => [name, value]) ?? []);

describe('a budget of AWS', () => {
  test('is compared with the bill beside what AWS says, each figure computed again', () => {
    const { claims, notes } = stand({});
    const [claim] = claims;
    expect(notes).toStrictEqual([]);
    // 19 days of 14 and the tax of 100; 11 more of 14. None of the 28 backtests as far ahead missed by as much: (28 + 1) / (28 + 2)
    expect(claim?.statement).toBe(
      'Budget all (COST, MONTHLY, 2026-11-01 to 2026-11-30) has a limit of 400.00 USD. ' +
        'The bill has 366.00 USD up to 2026-11-19; AWS says 360.50 USD (updated 2026-11-19), a difference of 5.50 USD. ' +
        'It is expected to end at 520.00 USD, 80 % interval 520.00 USD to 520.00 USD, ' +
        'above the limit with a probability of 96.7 %; the limit is passed on 2026-11-22.',
    );
    expect(Claim.parse(claim)).toStrictEqual(claim);
    for (const figure of claim?.figures ?? []) {
      const derivation = AWS_BUDGET_DERIVATIONS.find((one) => one.id === figure.derivation.id);
      expect(derivation?.compute([...BILL.cited, aBudget({})], figure.derivation.params)).toBe(figure.value);
    }
  });

  test.each([
    ['the period of a quarter', { TimeUnit: 'QUARTERLY' }, '800.00', '1388.00'],
    ['one service', { CostFilters: { Service: ['Amazon Simple Storage Service'] } }, '76.00', '120.00'],
    ['a service under another of its names', { CostFilters: { Service: ['AmazonS3'] } }, '76.00', '120.00'],
    ['a region', { CostFilters: { Region: ['eu-west-1'] } }, '76.00', '120.00'],
    ['an account', { CostFilters: { LinkedAccount: ['111122223333'] } }, '290.00', '400.00'],
    ['no tax', { CostTypes: { IncludeTax: false } }, '266.00', '420.00'],
    [
      'what a filter leaves',
      { FilterExpression: { Not: { Dimensions: { Key: 'REGION', Values: ['eu-west-1'] } } } },
      '290.00',
      '400.00',
    ],
    [
      'all of several filters',
      {
        FilterExpression: {
          And: [
            { Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud'] } },
            { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['111122223333'] } },
          ],
        },
      },
      '290.00',
      '400.00',
    ],
  ])('watches %s', (_, given, actual, expected) => {
    expect(figures(given)).toMatchObject({ actual, expected });
  });

  test('of a member account watches that account alone', () => {
    expect(figures({}, '444455556666')).toMatchObject({ actual: '76.00', expected: '120.00' });
  });

  test.each([
    [
      'a filter the bill does not know',
      { CostFilters: { PurchaseType: ['Spot'] } },
      'it filters by PurchaseType, which the bill does not say',
    ],
    [
      'tags without a column',
      { CostFilters: { TagKeyValue: ['user:Team$web'] } },
      'it filters by TagKeyValue, and the bill has no column Tags',
    ],
    [
      'a service the bill does not name',
      { CostFilters: { Service: ['EC2 - Other'] } },
      'it filters by the service EC2 - Other, which the bill does not name',
    ],
    ['blended cost', { CostTypes: { UseBlended: true } }, 'it watches blended cost, which FOCUS does not have'],
    ['another currency', { BudgetLimit: { Amount: '400', Unit: 'EUR' } }, 'its limit is in EUR and the bill in USD'],
    ['a year the bill does not reach back', { TimeUnit: 'ANNUALLY' }, 'the bill begins after its period began'],
  ])('with %s says what AWS says, and why the bill cannot', (_, given, why) => {
    const { claims, notes } = stand(given);
    expect(notes).toStrictEqual([{ code: 'BUDGET_UNKNOWN', detail: `Budget all: ${why}.` }]);
    expect(claims[0]?.statement).toContain('AWS says 360.50');
    expect(claims[0]?.citations.map(({ pointer }) => pointer)).toStrictEqual(['/Budgets/0']);
  });

  test.each([
    [{ BudgetType: 'RI_UTILIZATION' }, 'budgets of RI_UTILIZATION are not compared.'],
    [{ TimeUnit: 'DAILY' }, 'budgets for a DAILY period are not compared.'],
    [{ TimePeriod: { Start: 1_798_761_600 } }, 'Budget all: it is not in effect on 2026-11-20.'],
    [{ BudgetLimit: { Amount: '0', Unit: 'USD' } }, 'Budget all: it has no limit above 0.'],
  ])('%j is not compared', (given, detail) => {
    expect(stand(given)).toStrictEqual({ claims: [], notes: [{ code: 'BUDGET_UNKNOWN', detail }] });
  });

  test('speaks alone where there is no bill', () => {
    const { claims } = awsBudgetResult(undefined, [answerOf(aBudget({}))], '2026-11-20');
    expect(claims[0]?.figures.map(({ name, value }) => [name, value])).toStrictEqual([
      ['limit', '400.00'],
      ['aws_actual', '360.50'],
      ['aws_forecast', '530.00'],
      ['share', '132.5'],
    ]);
  });

  test('of usage is compared in its own unit', () => {
    const { columns, rows } = aBill(LINES);
    const used = {
      columns: [...columns, 'ConsumedQuantity', 'ConsumedUnit'],
      rows: rows.map((row, n) => [...row, '24', n % 2 === 0 ? 'Hours' : 'GB']),
    };
    const budget = aBudget({
      BudgetType: 'USAGE',
      BudgetLimit: { Amount: '500', Unit: 'Hrs' },
      CostFilters: { Service: ['Amazon Elastic Compute Cloud'] },
    });
    const [claim] = awsBudgetResult(aCitedBill(used), [answerOf(budget)], '2026-11-20').claims;
    const [actual, expected] = ['actual', 'expected'].map((name) => claim?.figures.find((one) => one.name === name));
    // 19 days of 24 hours, and 30
    expect([actual?.value, actual?.unit, expected?.value]).toStrictEqual(['456', 'Hrs', '720']);
  });
});

test('the past of a budget says how often it was passed', () => {
  const period = (budgeted: string, actual: string): JsonObject => ({
    BudgetedAmount: { Amount: budgeted, Unit: 'USD' },
    ActualAmount: { Amount: actual, Unit: 'USD' },
  });
  const item = {
    BudgetName: 'all',
    BudgetedAndActualAmountsList: [period('100', '80'), period('100', '125'), { odd: true }],
  };
  const { claims } = awsPerformanceResult([answerOf(item), answerOf({ BudgetName: 'new' })]);
  expect(claims.map(({ statement }) => statement)).toStrictEqual([
    'Budget all was passed in 1 of 2 periods; the worst reached 125 % of its limit.',
  ]);
});
