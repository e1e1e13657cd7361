import { makeClaim } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { WATERFALL_STEPS } from '../model/finding.ts';
import { Decimal } from '../money.ts';
import { aSaving, type SavingPlan } from '../testing/index.ts';
import { removeOverlap, sumUsd } from './waterfall.ts';
import { wasteClaim } from './waste.ts';

const billOf = (month: string, unit = 'USD/month') =>
  makeClaim({
    topic: 'bill/month',
    statement: 'a month',
    figures: [{ name: 'month', value: month, unit, derivation: { id: 'finops/test@1', params: {} }, citations: [] }],
    citations: [],
    confidence: '0.95',
    role: 'collector',
  });

function wasteOf(plans: readonly SavingPlan[], months: readonly string[] = [], unit = 'USD/month') {
  const all = plans.map(aSaving);
  const findings = all.map((one) => one.finding);
  const claims = [...all.flatMap((one) => one.claims), ...months.map((month) => billOf(month, unit))];
  const claim = wasteClaim(findings, removeOverlap(findings, claims), claims);
  return { claim, figures: Object.fromEntries(claim.figures.map((figure) => [figure.name, figure.value])) };
}

const IDLE: SavingPlan = { rule: 'idle', id: 'i-1', step: 'terminate', saving: 9000, cost: 10_000, billed: [8000, 0] };
const VOLUME: SavingPlan = { rule: 'loose', id: 'vol-1', step: 'terminate', saving: 1000, cost: 1000, service: 'ebs' };

test('waste is what findings add net of overlap, in all, by service and as a share of the bill', () => {
  const half: SavingPlan = { ...IDLE, rule: 'half', step: 'rightsize', saving: 5000 };
  const { claim, figures } = wasteOf([IDLE, half, VOLUME], ['400.00']);

  // 90 % of 80.00, then half of the 8.00 left; the volume is on no bill: 76.00 of 400.00.
  expect(figures).toStrictEqual({
    waste: '86.00',
    billed: '76.00',
    'service.ec2': '76.00',
    'service.ebs': '10.00',
    percent: '19',
  });
  expect(claim.statement).toBe(
    '86.00 USD/month is paid for what need not be; 76.00 USD/month of it is 19 % of the bill.',
  );
});

test('where all of the waste is on the bill it is said once', () => {
  expect(wasteOf([IDLE], ['400.00']).claim.statement).toBe(
    '72.00 USD/month is paid for what need not be, which is 18 % of the bill.',
  );
});

test('the purchase of a commitment saves and is no waste', () => {
  const { figures } = wasteOf([{ ...VOLUME, rule: 'plan', step: 'commitment' }]);
  expect(figures).toStrictEqual({ waste: '0.00', billed: '0.00' });
});

test.each([
  ['no bill', []],
  ['two bills', ['400.00', '400.00']],
  ['a bill smaller than the waste on it, of resources that lived a day', ['71.99']],
  ['a bill of nothing', ['0']],
])('no share is stated for %s', (_, months) => {
  expect(wasteOf([IDLE], months).figures).toStrictEqual({ waste: '72.00', billed: '72.00', 'service.ec2': '72.00' });
});

test('no share is stated for a bill in another currency, nor when nothing is on the bill', () => {
  expect(wasteOf([IDLE], ['400.00'], 'EUR/month').figures['percent']).toBeUndefined();
  expect(wasteOf([VOLUME], ['400.00']).figures['percent']).toBeUndefined();
});

const someSavings = fc.uniqueArray(
  fc
    .record({
      rule: fc.constantFrom('a', 'b', 'c', 'd'),
      id: fc.constantFrom('i-1', 'i-2', 'i-3', 'i-4'),
      step: fc.constantFrom(...WATERFALL_STEPS),
      service: fc.constantFrom('ec2', 'ebs', 'rds'),
      percent: fc.integer({ min: 0, max: 100 }),
    })
    .map(({ percent, ...rest }): SavingPlan => ({ ...rest, saving: COST * percent, cost: COST * 100, billed: BILLED })),
  { maxLength: 16, selector: (one) => `${one.rule} ${one.id}` },
);
const COST = 130;
/** 90.00 of each of four resources: a bill of 360.00. */
const BILLED = [9000, 2000] as const;

test('for 1,000 random sets of findings the waste is at most the bill, and services add up to it in any order', () => {
  fc.assert(
    fc.property(someSavings, (plans) => {
      const { claim, figures } = wasteOf(plans, ['360.00']);
      const services = Object.entries(figures).filter(([name]) => name.startsWith('service.'));
      expect(new Decimal(figures['waste']!).lessThanOrEqualTo(360)).toBe(true);
      expect(sumUsd(services.map(([, value]) => value))).toBe(figures['waste']);
      expect(wasteOf(plans.toReversed(), ['360.00']).claim).toStrictEqual(claim);
    }),
    { numRuns: 1000, seed: 20_261_121 },
  );
});
