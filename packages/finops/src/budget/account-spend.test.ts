import { Claim, isClaimIntact } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { BILL_DERIVATIONS } from '../bill/derivations.ts';
import { type BillLine, aBill, aCitedBill, onDay } from '../testing/index.ts';
import { type SpendQuestion, accountSpend } from './account-spend.ts';
import { BUDGET_DERIVATIONS } from './derivations.ts';

const DERIVATIONS = [...BILL_DERIVATIONS, ...BUDGET_DERIVATIONS];

const november = (days: number): BillLine[] =>
  Array.from({ length: days }, (_, day) => ({
    BilledCost: '10',
    ...onDay(`2026-11-${String(day + 1).padStart(2, '0')}`),
  }));

const ask = (lines: readonly BillLine[], question: SpendQuestion) => accountSpend(aCitedBill(aBill(lines)), question);

/** Topic, sentence and figures of the claims from a topic on. */
const told = (lines: readonly BillLine[], question: SpendQuestion, topic: string) =>
  ask(lines, question)
    .claims.filter((claim) => claim.topic === topic)
    .map(({ statement, figures }) => [
      statement,
      ...figures.map((figure) => `${figure.name} ${figure.value} ${figure.unit}`),
    ]);

describe('what an account spends', () => {
  test('has one claim a topic, every figure of which is computed again from the bill alone', () => {
    const lines = november(15);
    const { claims, notes } = ask(lines, { asOf: '2026-11-20', budgetUsd: '250' });
    expect(claims.map((claim) => claim.topic)).toStrictEqual([
      'spend/total',
      'spend/provider',
      'spend/service',
      'spend/account',
      'spend/region',
      'spend/day',
      'spend/category',
      'forecast/month-end',
      'forecast/thirty-days',
      'budget/breach',
    ]);
    expect(notes).toStrictEqual([]);
    for (const claim of claims) {
      expect(Claim.parse(claim)).toStrictEqual(claim);
      expect(isClaimIntact(claim)).toBe(true);
      for (const figure of claim.figures) {
        const derivation = DERIVATIONS.find((one) => one.id === figure.derivation.id);
        expect(figure.citations).toStrictEqual(aCitedBill(aBill(lines)).citations);
        expect(derivation?.compute([aBill(lines)], figure.derivation.params)).toBe(figure.value);
      }
    }
  });

  test('gives the four totals side by side', () => {
    const line = { ListCost: '4', ContractedCost: '3', EffectiveCost: '2', BilledCost: '1' };
    expect(told([line], { asOf: '2026-12-20' }, 'spend/total')).toStrictEqual([
      [
        'The bill from 2026-11-01 to 2026-11-01 comes to: ListCost 4.00 USD, ContractedCost 3.00 USD, EffectiveCost 2.00 USD, BilledCost 1.00 USD.',
        'list_cost 4.00 USD',
        'contracted_cost 3.00 USD',
        'effective_cost 2.00 USD',
        'billed_cost 1.00 USD',
      ],
    ]);
  });

  test('groups spend, dearest first, with the share of the dearest', () => {
    const lines = [{ BilledCost: '1', ServiceName: 'S3' }, { BilledCost: '2', ServiceName: '' }, {}];
    expect(told([...lines, {}], { asOf: '2026-12-20' }, 'spend/service')).toStrictEqual([
      [
        'BilledCost of 3 services: Amazon Elastic Compute Cloud 3.00 USD; no ServiceName 2.00 USD; S3 1.00 USD.',
        'group.1 3.00 USD',
        'group.2 2.00 USD',
        'group.3 1.00 USD',
        'largest_share 50 %',
      ],
    ]);
  });

  test('keeps sentences short whatever the bill calls things', () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({
      RegionId: `${'😀'.repeat(2500)}{budget}${index}`,
      ServiceName: `x${'😀'.repeat(50)}`,
    }));
    for (const claim of ask(lines, { asOf: '2026-12-20' }).claims) expect(claim.statement.length).toBeLessThan(1000);
  });

  test('sorts spend into categories of services, and says what is in none', () => {
    const lines = [
      { BilledCost: '4', ServiceName: 'AmazonEC2' },
      { BilledCost: '2', ServiceName: 'amazon elastic compute cloud' },
      { BilledCost: '1', ServiceName: 'Amazon Simple Storage Service' },
      { BilledCost: '0.30', ServiceName: 'Something of a seller' },
      { BilledCost: '0.20', ServiceName: '' },
      { BilledCost: '-0.05', ServiceName: 'Amazon Simple Storage Service', ProviderName: 'Somebody else' },
    ];
    expect(told(lines, { asOf: '2026-12-20' }, 'spend/category')).toStrictEqual([
      [
        'BilledCost of 2 categories of services: Compute 6.00 USD; Storage 1.00 USD; in no category 0.50 USD; other providers -0.05 USD.',
        'category.compute 6.00 USD',
        'category.storage 1.00 USD',
        'unmapped 0.50 USD',
        'other_providers -0.05 USD',
      ],
    ]);
    expect(ask(lines, { asOf: '2026-12-20' }).notes.map((note) => note.detail)).toContain(
      'BilledCost in no category of services: 0.50 USD of no ServiceName; Something of a seller, and -0.05 USD of providers other than AWS.',
    );
  });

  test('does not ask for the share of nothing', () => {
    expect(told([{ BilledCost: '0' }], { asOf: '2026-12-20' }, 'spend/region')).toStrictEqual([
      ['BilledCost of 1 region: us-east-1 0.00 USD.', 'group.1 0.00 USD'],
    ]);
  });

  test('names a grouping the bill has no column for', () => {
    const { columns, rows } = aBill([{}]);
    const renamed = columns.map((column) => (column === 'RegionId' ? 'Region' : column));
    const { claims, notes } = accountSpend(aCitedBill({ columns: renamed, rows }), { asOf: '2026-12-20' });
    expect(claims.map((claim) => claim.topic)).not.toContain('spend/region');
    expect(notes.map((note) => note.code)).toStrictEqual([
      'SPEND_GROUP_UNKNOWN',
      'FORECAST_UNKNOWN',
      'FORECAST_UNKNOWN',
    ]);
  });
});

describe('the end of the month', () => {
  test('is the mean of the days so far while there are fewer than 14, without an interval', () => {
    // 3 days of 10, 27 days to come
    expect(told(november(3), { asOf: '2026-11-20' }, 'forecast/month-end')).toStrictEqual([
      [
        '2026-11 is expected to end at 300.00 USD (no interval: the history is too short to measure errors); ' +
          '30.00 USD up to 2026-11-03, then the mean of the 3 days of history for each day to come.',
        'expected 300.00 USD',
        'spent 30.00 USD',
        'history_days 3 days',
      ],
    ]);
  });

  test('has intervals once enough forecasts of the past can be compared with what came', () => {
    // 60 days from 2026-09-20, 15 on every second Tuesday: the naive error of a day is known, the method need not be
    const days = Array.from({ length: 60 }, (_, n) => ({ n, ms: Date.parse('2026-09-20') + n * 86_400_000 }));
    const lines = days.map(({ n, ms }) => ({
      BilledCost: n % 14 === 3 ? '15' : '10',
      ...onDay(new Date(ms).toISOString().slice(0, 10)),
    }));
    const { claims } = ask(lines, { asOf: '2026-11-20' });
    const [month, ahead] = ['forecast/month-end', 'forecast/thirty-days'].map((topic) =>
      claims.find((claim) => claim.topic === topic),
    );
    const value = (claim: Claim | undefined, name: string): number =>
      Number(claim?.figures.find((figure) => figure.name === name)?.value);
    const bounds = ['low_95', 'low', 'expected', 'high', 'high_95'];
    for (const claim of [month, ahead]) {
      const sizes = bounds.map((name) => value(claim, name));
      expect(sizes).toStrictEqual(sizes.toSorted((a, b) => a - b));
      expect(value(claim, 'high') - value(claim, 'low')).toBeGreaterThan(0);
      expect(value(claim, 'history_days')).toBe(60);
      expect(value(claim, 'origins')).toBe(46);
    }
    // 18 days of November at 10, and 15 on the 3rd and the 17th
    expect(value(month, 'spent')).toBe(190);
    expect(value(ahead, 'expected.2026-11-19')).toBeGreaterThanOrEqual(10);
    expect(value(ahead, 'low.2026-12-18')).toBeGreaterThanOrEqual(0);
  });

  test('does not multiply a purchase by the days of the month', () => {
    const purchase = { BilledCost: '500', ChargeCategory: 'Purchase', ...onDay('2026-11-02') };
    const [claim] = told([...november(3), purchase], { asOf: '2026-11-04' }, 'forecast/month-end');
    expect(claim?.slice(1, 3)).toStrictEqual(['expected 800.00 USD', 'spent 530.00 USD']);
  });

  test('is unknown when the bill has no day of the month', () => {
    const { claims, notes } = ask(november(3), { asOf: '2026-12-20', budgetUsd: '100' });
    expect(claims.map((claim) => claim.topic)).not.toContain('forecast/month-end');
    expect(notes).toStrictEqual([
      {
        code: 'FORECAST_UNKNOWN',
        detail: 'The bill has no complete day of use in 2026-12 before 2026-12-20; the month is not forecast.',
      },
      {
        code: 'FORECAST_UNKNOWN',
        detail: 'The bill has no complete day of use in the week before 2026-12-20; the next 30 days are not forecast.',
      },
      {
        code: 'BUDGET_UNKNOWN',
        detail: 'The month of 2026-12-20 is not forecast, so the budget is not compared with it.',
      },
    ]);
  });
});

describe('a budget', () => {
  test.each([
    // 10 a day: 250 is reached on the 25th and passed on the 26th
    [
      '250',
      'The budget of 250.00 USD is expected to be passed on 2026-11-26; the month is expected to end at 300.00 USD.',
      ['budget 250.00 USD', 'forecast 300.00 USD', 'overrun 50.00 USD', 'share 120 %', 'breach_day 26 day of month'],
    ],
    [
      '95.50',
      'The budget of 95.50 USD is passed on 2026-11-10; the month is expected to end at 300.00 USD.',
      [
        'budget 95.50 USD',
        'forecast 300.00 USD',
        'overrun 204.50 USD',
        'share 314.14 %',
        'probability 100 %',
        'breach_day 10 day of month',
      ],
    ],
    [
      '300',
      'The month is expected to end at 300.00 USD, within the budget of 300.00 USD.',
      ['budget 300.00 USD', 'forecast 300.00 USD', 'overrun 0.00 USD', 'share 100 %'],
    ],
  ])('of %s USD is compared with the forecast', (budgetUsd, statement, figures) => {
    expect(told(november(15), { asOf: '2026-11-20', budgetUsd }, 'budget/breach')).toStrictEqual([
      [statement, ...figures],
    ]);
  });

  test.each([
    ['a bill in another currency', november(15).map((line) => ({ ...line, BillingCurrency: 'EUR' })), '250'],
    ['a budget of nothing', november(15), '0'],
  ])('is not compared with %s', (_, lines, budgetUsd) => {
    const { claims, notes } = ask(lines, { asOf: '2026-11-20', budgetUsd });
    expect(claims.map((claim) => claim.topic)).not.toContain('budget/breach');
    expect(notes.map((note) => note.code)).toStrictEqual(['BUDGET_UNKNOWN']);
  });

  test('is not asked for when none is given', () => {
    const { claims, notes } = ask(november(15), { asOf: '2026-11-20', budgetUsd: null });
    expect([claims.map((claim) => claim.topic).includes('budget/breach'), notes]).toStrictEqual([false, []]);
  });
});
