import { expect, test } from 'vitest';
import { aCitedBill } from '../../testing/bill.ts';
import { aSpendBill, daysFrom, type SpendLine } from '../../testing/spend-bill.ts';
import { answerClaims } from './answer-claims.ts';

/** RDS for 2 USD a day in September and 3 in October, EC2 for 1 USD a day in another account, half of November. */
const LINES: SpendLine[] = daysFrom('2026-09-01', '2026-11-15').flatMap((day) => {
  const cost = day < '2026-10-01' ? '2' : '3';
  const rds = { ServiceName: 'Amazon Relational Database Service', x_UsageType: 'InstanceUsage:db.m5.large' };
  return [
    {
      ChargePeriodStart: day,
      BilledCost: cost,
      PricingQuantity: cost,
      ...rds,
      Tags: '{"env":"prod"}',
      ResourceId: 'db-1',
    },
    { ChargePeriodStart: day, SubAccountId: '444455556666', RegionId: 'eu-west-1', ResourceId: 'i-1' },
  ];
});

const answered = (question: string): string[] => {
  const { claims, notes } = answerClaims(aCitedBill(aSpendBill(LINES)), question, '2026-11-20');
  return [...claims.map(({ statement }) => statement), ...notes.map(({ detail }) => detail)];
};

test.each<[string, string]>([
  [
    'why did RDS grow in October?',
    'BilledCost of Amazon Relational Database Service is 93.00 USD in 2026-10 and was 60.00 USD in 2026-09: a change of 33.00 USD (55 %); of it quantity 33.00 USD.',
  ],
  [
    'why is this month higher?',
    'BilledCost of the bill is 60.00 USD in 2026-11-01 to 2026-11-15 and was 60.00 USD in 2026-10-01 to 2026-10-15: a change of 0.00 USD (0 %).',
  ],
  [
    'what changed?',
    'BilledCost of the bill is 124.00 USD in 2026-10 and was 90.00 USD in 2026-09: a change of 34.00 USD (37.78 %); of it quantity 34.00 USD.',
  ],
  ['how much did RDS cost in October?', 'BilledCost of Amazon Relational Database Service is 93.00 USD in 2026-10.'],
  [
    'how much does Frankfurt cost',
    'The question has no answer in this bill: no line of it has eu-central-1 as its RegionId.',
  ],
  ['how much did 444455556666 cost in September', 'BilledCost of 444455556666 is 30.00 USD in 2026-09.'],
  [
    'what did we spend in March 2026',
    'The question has no answer in this bill: it covers 2026-09-01 to 2026-11-15, and nothing of 2026-03.',
  ],
  [
    'why did RDS change in September?',
    'The question has no answer in this bill: it covers 2026-09-01 to 2026-11-15, so 2026-09 has no month before it to be compared with.',
  ],
  [
    'cost by account in October',
    'BilledCost of the bill by account in 2026-10 is 124.00 USD: 111122223333 93.00 USD; 444455556666 31.00 USD.',
  ],
  [
    'cost of things tagged env=prod in October',
    'BilledCost of prod by value of the tag env in 2026-10 is 93.00 USD: prod 93.00 USD.',
  ],
  [
    'the 1 dearest resources',
    'BilledCost of the bill by resource in 2026-09-01 to 2026-11-15 is 274.00 USD: db-1 198.00 USD; and 1 more.',
  ],
  ['Lambda costs', 'The question has no answer in this bill: no line of it has AWSLambda as its ServiceName.'],
])('%s', (question, first) => {
  expect(answered(question)[0]).toBe(first);
});

test('a service that only the bill knows is found by the name it has there', () => {
  const own = aSpendBill([{ ChargePeriodStart: '2026-10-01', ServiceName: 'Acme Observability', BilledCost: '4' }, {}]);
  const { claims } = answerClaims(aCitedBill(own), 'how much does Acme Observability cost?', '2026-11-20');
  expect(claims.map(({ statement }) => statement)).toStrictEqual([
    'BilledCost of Acme Observability is 4.00 USD in 2026-09-01 to 2026-10-01.',
  ]);
});

test('a question about findings needs nothing of the bill, and one about nothing gets nothing', () => {
  expect([answered('what can I save?'), answered('who are you?')]).toStrictEqual([[], []]);
});

test('a change is told apart by what a service is made of', () => {
  const { claims } = answerClaims(aCitedBill(aSpendBill(LINES)), 'why did RDS grow in October?', '2026-11-20');
  expect(claims.map(({ topic }) => topic)).toStrictEqual([
    'answer/change',
    'answer/change/usage-type',
    'answer/change/account',
    'answer/change/region',
    'answer/change/resource',
  ]);
});
