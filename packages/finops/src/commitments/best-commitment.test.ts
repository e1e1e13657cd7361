import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestCommitment, outcomeOf } from './best-commitment.ts';
import { NANO } from './usage.ts';

it('no commitment saves more than the best, in 1,000 random days', () => {
  const demand = fc.array(
    fc.array(fc.record({ takes: fc.integer({ min: 0, max: 50 }), worth: fc.integer({ min: 0, max: 30 }) }), {
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(demand, fc.integer({ min: 0, max: 160 }), (days, other) => {
      const hours = {
        demand: days.map((hour) =>
          hour
            .map(({ takes, worth }) => ({ takes: BigInt(takes) * NANO, cost: (BigInt(takes * worth) * NANO) / 10n }))
            .toSorted((a, b) => Number(b.cost * (a.takes + 1n) - a.cost * (b.takes + 1n))),
        ),
        unitCost: NANO,
      };
      const saved = (commitment: bigint): bigint => {
        const { covered, paid } = outcomeOf(hours, commitment);
        return covered - paid;
      };
      const best = bestCommitment(hours);
      expect(saved(best) >= saved(BigInt(other) * NANO)).toBe(true);
      expect(saved(best) >= 0n).toBe(true);
      expect(
        best <=
          hours.demand.reduce((most, hour) => {
            const all = hour.reduce((sum, one) => sum + one.takes, 0n);
            return all > most ? all : most;
          }, 0n),
      ).toBe(true);
    }),
    { numRuns: 1000, seed: 20_261_121 },
  );
});
