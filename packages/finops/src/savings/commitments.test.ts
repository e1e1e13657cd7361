import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { WATERFALL_STEPS } from '../model/finding.ts';
import { Decimal } from '../money.ts';
import { aSaving } from '../testing/index.ts';
import { findingKey, removeOverlap } from './waterfall.ts';

it('advice to buy a commitment never exceeds what all other findings leave, in 1,000 random sets', () => {
  const cost = fc.integer({ min: 1, max: 1_000_000 });
  const part = fc.integer({ min: 0, max: 100 });
  const others = fc.uniqueArray(fc.record({ step: fc.constantFrom(...WATERFALL_STEPS.slice(0, -1)), part }), {
    selector: (one) => one.step,
  });
  fc.assert(
    fc.property(cost, part, others, (all, bought, before) => {
      const plan = (rule: string, share: number, step: (typeof WATERFALL_STEPS)[number]) =>
        aSaving({ rule, id: 'i-1', step, saving: Math.floor((all * share) / 100), cost: all });
      const made = [
        plan('ec2-savings-plan', bought, 'commitment'),
        ...before.map((one) => plan(one.step, one.part, one.step)),
      ];
      const findings = made.map((one) => one.finding);
      const { nets } = removeOverlap(
        findings,
        made.flatMap((one) => one.claims),
      );
      const net = (at: (typeof findings)[number]) => new Decimal(nets.get(findingKey(at))!.effective);
      const [advice, ...rest] = findings;
      const left = rest.reduce((sum, one) => sum.minus(net(one)), new Decimal(all).div(100));
      expect(net(advice!).lessThanOrEqualTo(left)).toBe(true);
    }),
    { numRuns: 1000, seed: 20_261_121 },
  );
});

it.each([
  [10_000, '0.00', '50.00', true],
  [5_000, '25.00', '25.00', false],
])(
  'of 100.00 billed with %s cents covered, %s leaves the invoice, and the claim says why',
  (covered, now, freed, why) => {
    const { finding, claims } = aSaving({
      rule: 'half',
      id: 'i-1',
      step: 'rightsize',
      saving: 5000,
      cost: 10_000,
      billed: [10_000, covered],
    });

    expect(finding.savings).toMatchObject({ cash_now: now, freed_commitment: freed });
    expect(claims[1]?.statement.includes('because a Savings Plan or reservation already pays for all of it')).toBe(why);
  },
);
