import { expect, test } from 'vitest';
import { fakeCollector } from '../testing/fake-aws.ts';
import { AwsSpend, estimate } from './spend.ts';

const answer = (): object => ({});

test('money set aside counts until the call ends, spent money for ever', () => {
  const spend = new AwsSpend('0.03');
  const first = spend.reserve('0.01', 'a');
  const second = spend.reserve('0.02', 'b');
  expect(() => spend.reserve('0.00001', 'c')).toThrow(
    expect.objectContaining({ code: 'AWS_BUDGET_REACHED', kind: 'budget', where: 'c' }),
  );
  second.release();
  first.settle();
  first.settle();
  expect(spend.usd).toBe('0.01');
  spend.reserve('0.02', 'd').settle();
  expect(spend.usd).toBe('0.03');
});

test('fifty calls at once never pass the cap', async () => {
  const spend = new AwsSpend('0.25');
  const calls = await Promise.allSettled(
    Array.from({ length: 50 }, async (_, n) => {
      const reservation = spend.reserve('0.01', `call ${n}`);
      await Promise.resolve();
      reservation.settle();
    }),
  );
  expect(calls.filter((one) => one.status === 'fulfilled')).toHaveLength(25);
  expect(spend.usd).toBe('0.25');
});

test('an estimate names what is paid: 2 accounts in 3 regions with 12,000 metrics', () => {
  const collectors = [
    fakeCollector('ListFree', answer),
    fakeCollector('GetCost', answer, { usdPerRequest: '0.01', scope: { global: 'us-east-1' } }),
    fakeCollector('GetRates', answer, { usdPerRequest: '0.01' }),
  ];
  expect(estimate({ collectors, accounts: 2, regions: 3, metrics: 12_000 })).toStrictEqual({
    usd: '0.2',
    lines: [
      { what: 'things.GetCost', requests: 2, usd: '0.02' },
      { what: 'things.GetRates', requests: 6, usd: '0.06' },
      { what: 'cloudwatch.GetMetricData', requests: 24, usd: '0.12' },
    ],
  });
});
