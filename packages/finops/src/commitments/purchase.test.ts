import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../money.ts';
import { type Purchase, purchaseFor } from './purchase.ts';
import type { Plan } from './terms.ts';
import type { CommitmentUsage, Run } from './usage.ts';

const M5 = 'ec2/us-east-1/linux/m5.large';
const C5 = 'ec2/us-east-1/linux/c5.large';
const day = (items: CommitmentUsage['items'], hours = 24): CommitmentUsage => ({
  from: '2026-11-01T00:00:00.000Z',
  hours,
  precision: 'hour',
  items,
});
const item = (key: string, runs: readonly Run[], id?: string): CommitmentUsage['items'][number] => ({
  key,
  ...(id === undefined ? {} : { resource_id: id }),
  runs,
});
const always = (key: string, cost: string, id?: string) => item(key, [[0, 24, '1', cost]], id);
interface Given {
  readonly plan?: Plan;
  readonly keys?: readonly string[];
  readonly rates?: readonly string[];
  readonly touched?: readonly string[];
  readonly away?: readonly [cash: string, freed: string];
}
function buy(usage: CommitmentUsage, given: Given = {}): Purchase {
  const { plan = 'compute-savings-plan', keys = [M5], rates = ['0.07'], touched = [], away = ['0', '0'] } = given;
  return purchaseFor(
    usage,
    { plan, years: 1, payment: 'no-upfront', keys, touched },
    rates.map((rate) => new Decimal(rate)),
    { cash: new Decimal(away[0]), freed: new Decimal(away[1]) },
  );
}
const shown = (one: Purchase) =>
  Object.fromEntries(Object.entries(one).map(([name, value]: [string, Decimal]) => [name, value.toFixed(2)]));

it('covers what runs every hour: 0.07 an hour instead of 0.096, a month of 730.56 hours', () => {
  // 0.096 x 730.56 = 70.13; 0.07 x 730.56 = 51.14; 0.8 x 70.13 - 51.14 = 4.97; 12 x 0.07 / 0.096 = 8.75.
  expect(shown(buy(day([always(M5, '0.096')])))).toStrictEqual({
    commitment: '0.07',
    left: '70.13',
    covered: '70.13',
    cost: '51.14',
    saving: '18.99',
    savingAtLessUse: '4.97',
    utilisationPercent: '100.00',
    breakEvenMonth: '9.00',
  });
});

it.each([
  // Running 18 of 24 hours a commitment still pays: 0.096 x 18 = 1.728 against 0.07 x 24 = 1.68 a day.
  [18, ['0.07', '75.00', '1.46', '12.00']],
  // 17 hours cost 1.632 on demand: nothing is bought.
  [17, ['0.00', '0.00', '0.00', '13.00']],
] as const)('of %s hours a day it commits, uses, saves and earns %s', (hours, expected) => {
  const bought = shown(buy(day([item(M5, [[0, hours, '1', '0.096']])])));
  const names = ['commitment', 'utilisationPercent', 'saving', 'breakEvenMonth'];
  expect(names.map((name) => bought[name])).toStrictEqual(expected);
});

it('commits to the base and leaves the peak on demand', () => {
  // Three instances in 12 hours of the day, one in the others: one is worth it, the other two are not (12 x 0.192 < 24 x 0.14).
  const usage = day([
    item(M5, [
      [0, 12, '3', '0.288'],
      [12, 12, '1', '0.096'],
    ]),
  ]);
  expect(shown(buy(usage))).toMatchObject({ commitment: '0.07', saving: '18.99', utilisationPercent: '100.00' });
});

it('covers the price with the larger discount first', () => {
  // c5: 0.085 at 0.05 is 1.7 times; m5: 0.096 at 0.07 is 1.37 times, and in 12 hours only it is not worth it.
  const usage = day([item(M5, [[0, 12, '1', '0.096']]), always(C5, '0.085')]);
  // (0.085 - 0.05) x 730.56.
  expect(shown(buy(usage, { keys: [M5, C5], rates: ['0.07', '0.05'] }))).toMatchObject({
    commitment: '0.05',
    saving: '25.57',
  });
});

it('reserves whole instances only', () => {
  const usage = day([item(M5, [[0, 24, '2.9', '0.2784']])]);
  expect(shown(buy(usage, { plan: 'reservation' }))).toMatchObject({ commitment: '2.00', saving: '37.99' });
});

const TWO = day([always(M5, '0.096', 'i-1'), always(M5, '0.096', 'i-2')]);

it.each<[string, Given, Partial<Record<string, string>>]>([
  ['ends one of two instances', { touched: ['i-1'], away: ['70.13', '0'] }, { left: '70.14', commitment: '0.07' }],
  // 3/4 of 140.27 are left: 0.105 of rates.
  ['halves one of two instances', { touched: ['i-1'], away: ['35.07', '0'] }, { left: '105.20', commitment: '0.10' }],
  ['frees a plan that then covers half', { away: ['0', '70.13'] }, { left: '70.14', commitment: '0.07' }],
  ['ends something the bill does not name', { away: ['70.13', '0'] }, { left: '70.14', commitment: '0.07' }],
  ['takes away all', { touched: ['i-1', 'i-2'], away: ['140.27', '0'] }, { left: '0.00', commitment: '0.00' }],
  [
    'halves one, and a reservation is bound to its type',
    { plan: 'reservation', touched: ['i-1'], away: ['35.07', '0'] },
    { left: '70.13', commitment: '1.00' },
  ],
])('where other advice %s it commits to what is left', (_, given, expected) => {
  expect(shown(buy(TWO, given))).toMatchObject(expected);
});

it('in 1,000 random usages never covers more than what remains', () => {
  const run = fc.record({
    at: fc.nat(23),
    hours: fc.integer({ min: 1, max: 24 }),
    count: fc.integer({ min: 1, max: 5 }),
  });
  const items = fc.array(
    fc.record({ runs: fc.array(run, { maxLength: 4 }), isTouched: fc.boolean(), isM5: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  const cents = fc.integer({ min: 0, max: 40_000 });
  fc.assert(
    fc.property(items, cents, cents, (some, cash, freed) => {
      const usage = day(
        some.map(({ runs, isTouched, isM5 }, at) =>
          item(
            isM5 ? M5 : C5,
            runs.map(({ at: from, hours, count }) => {
              const cost = new Decimal(isM5 ? '0.096' : '0.085').times(count).toFixed();
              return [from, Math.min(hours, 24 - from), String(count), cost] as const;
            }),
            isTouched ? `i-${at}` : undefined,
          ),
        ),
      );
      const touched = some.flatMap((one, at) => (one.isTouched ? [`i-${at}`] : []));
      const away = [new Decimal(cash).div(100).toFixed(), new Decimal(freed).div(100).toFixed()] as const;
      const bought = buy(usage, { keys: [M5, C5], rates: ['0.07', '0.05'], touched, away });
      const monthly = (is: boolean): Decimal =>
        usage.items
          .filter((one) => (one.resource_id !== undefined) === is)
          .flatMap((one) => one.runs)
          .reduce((sum, [, hours, , cost]) => sum.plus(new Decimal(cost).times(hours)), new Decimal(0))
          .times('30.44');
      const gone = monthly(true).isZero() ? new Decimal(away[0]) : Decimal.min(away[0], monthly(true));
      const remains = Decimal.max(0, monthly(true).plus(monthly(false)).minus(gone).minus(away[1]));
      expect(bought.left.lessThanOrEqualTo(remains.plus('0.000001'))).toBe(true);
      expect(bought.covered.lessThanOrEqualTo(bought.left.plus('0.000001'))).toBe(true);
      expect(bought.saving.greaterThanOrEqualTo(0)).toBe(true);
    }),
    { numRuns: 1000, seed: 20_261_121 },
  );
});
