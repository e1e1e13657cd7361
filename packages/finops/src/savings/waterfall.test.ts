import { type Claim, type JsonValue, resolvePointer } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WATERFALL_STEPS, type WaterfallStep } from '../model/finding.ts';
import { resourceKey } from '../model/resource.ts';
import { Decimal } from '../money.ts';
import { aSaving, type SavingPlan } from '../testing/index.ts';
import { BILLED_SAVING_DERIVATIONS } from './billed-derivations.ts';
import { NET_DERIVATIONS } from './net-derivations.ts';
import { findingKey, removeOverlap, resourceCap, sumUsd } from './waterfall.ts';

const asJson = (claim: Claim | undefined): JsonValue => JSON.parse(JSON.stringify(claim ?? null));

const outcome = (plans: readonly SavingPlan[]) => {
  const all = plans.map(aSaving);
  const findings = all.map((one) => one.finding);
  const claims = all.flatMap((one) => one.claims);
  return { findings, claims, net: removeOverlap(findings, claims) };
};
const netsOf = (plans: readonly SavingPlan[]) =>
  Object.fromEntries([...outcome(plans).net.nets].map(([key, net]) => [key.split(' ')[0], net.effective]));

const plan = (rule: string, step: WaterfallStep, saving: number, cost = 10_000): SavingPlan => ({
  rule,
  id: 'i-1',
  step,
  saving,
  cost,
});

describe('removeOverlap', () => {
  it('applies each step to what the earlier ones left: 15 % then 50 % of 100.00 is 15.00 and 42.50', () => {
    expect(netsOf([plan('half', 'rightsize', 5000), plan('newer', 'generation', 1500)])).toStrictEqual({
      half: '42.50',
      newer: '15.00',
    });
  });

  it('leaves nothing to save on what is terminated', () => {
    expect(netsOf([plan('half', 'rightsize', 5000), plan('idle', 'terminate', 10_000)])).toStrictEqual({
      half: '0.00',
      idle: '100.00',
    });
  });

  it('counts the largest of the options of one step, the first by rule id among equals', () => {
    expect(
      netsOf([
        plan('amd', 'generation', 1000),
        plan('graviton', 'generation', 1500),
        plan('a-graviton', 'generation', 1500),
      ]),
    ).toStrictEqual({ amd: '0.00', 'a-graviton': '15.00', graviton: '0.00' });
  });

  it('ends a surcharge whole and applies the other steps to the price without it', () => {
    // 321.20 = 175.20 of class and 146.00 of extended support: 26.28 (15 %) of the class, then half of the 148.92 left.
    const plans = [
      plan('half', 'rightsize', 8760, 17_520),
      plan('newer', 'generation', 2628, 17_520),
      plan('supported', 'surcharge', 14_600, 32_120),
    ];
    expect(netsOf(plans)).toStrictEqual({ half: '74.46', newer: '26.28', supported: '146.00' });
  });

  it('holds a surcharge to the cost and then leaves nothing for the others', () => {
    const plans = [plan('newer', 'generation', 100, 3000), plan('supported', 'surcharge', 5000, 5000)];
    expect(netsOf(plans)).toStrictEqual({ newer: '0.00', supported: '50.00' });
  });

  it('names the option to choose instead, and only among options of one step', () => {
    const plans = [plan('amd', 'generation', 1000), plan('graviton', 'generation', 1500), plan('half', 'rightsize', 1)];
    const { net } = outcome(plans);
    expect([...net.nets].map(([key, one]) => [key.split(' ')[0], one.alternative_to])).toStrictEqual([
      ['amd', 'graviton'],
      ['graviton', undefined],
      ['half', undefined],
    ]);
  });

  it('keeps the freed part of a saving apart and states the totals in one claim', () => {
    const { net } = outcome([
      { ...plan('newer', 'generation', 1500), billed: [8000, 8000] },
      { ...plan('half', 'rightsize', 5000), billed: [8000, 8000] },
      { ...plan('other', 'terminate', 1000, 1000), id: 'vol-1' },
    ]);
    // 80.00 billed, all committed: 12.00, then half of 68.00; the volume 10.00 in cash.
    expect(net.totals.figures.map((figure) => [figure.name, figure.value])).toStrictEqual([
      ['gross_list', '75.00'],
      ['gross_effective', '62.00'],
      ['net_effective', '56.00'],
      ['net_cash_now', '10.00'],
      ['net_freed_commitment', '46.00'],
      ['net_confident', '56.00'],
      ['net_to_confirm', '0.00'],
    ]);
  });

  it('keeps what is less than half sure apart from the rest of the total', () => {
    const { net } = outcome([
      { ...plan('half', 'rightsize', 5000), confidence: '0.49' },
      { ...plan('newer', 'generation', 1500), confidence: '0.50' },
    ]);
    // 15.00, then half of the 85.00 left.
    expect(net.totals.figures.slice(-2).map((figure) => [figure.name, figure.value])).toStrictEqual([
      ['net_confident', '15.00'],
      ['net_to_confirm', '42.50'],
    ]);
  });

  it('has totals of nothing when nothing saves', () => {
    expect(removeOverlap([], []).totals.figures.map((figure) => figure.value)).toStrictEqual(
      Array.from({ length: 7 }, () => '0.00'),
    );
  });

  it('refuses a finding whose claim is missing', () => {
    const { findings } = outcome([plan('half', 'rightsize', 5000)]);
    expect(() => removeOverlap(findings, [])).toThrow('expected the claims of a finding, got none');
  });
});

const byKey = (nets: ReadonlyMap<string, unknown>) => Object.fromEntries(nets);

const somePlan: fc.Arbitrary<SavingPlan> = fc
  .record({
    rule: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    id: fc.constantFrom('i-1', 'i-2', 'i-3'),
    step: fc.constantFrom(...WATERFALL_STEPS),
    cost: fc.integer({ min: 0, max: 1_000_000 }),
    part: fc.integer({ min: 0, max: 100 }),
    confidence: fc.constantFrom('0.40', '0.90'),
  })
  .map(({ part, ...plan }) => ({ ...plan, saving: Math.floor((plan.cost * part) / 100) }));
const somePlans = fc
  .tuple(
    fc.uniqueArray(somePlan, { maxLength: 12, selector: (plan) => `${plan.rule} ${plan.id}` }),
    fc.option(fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 100 }))),
  )
  // The bill says one thing about one resource.
  .map(([plans, billed]) =>
    plans.map((plan) =>
      billed === null || plan.id === 'i-3'
        ? plan
        : { ...plan, billed: [billed[0], Math.floor((billed[0] * billed[1]) / 100)] as const },
    ),
  );

describe('for 1,000 random sets of findings', () => {
  it('no resource saves more than it costs, the total no more than all cost, and every part adds up', () => {
    fc.assert(
      fc.property(somePlans, (plans) => {
        const { findings, net } = outcome(plans);
        const value = (name: string) => net.totals.figures.find((figure) => figure.name === name)!.value;
        let caps = new Decimal(0);
        for (const group of Map.groupBy(findings, (finding) => resourceKey(finding.resource)).values()) {
          const cap = new Decimal(resourceCap(group.map((finding) => finding.savings!)));
          const saved = sumUsd(group.map((finding) => net.nets.get(findingKey(finding))!.effective));
          expect(cap.greaterThanOrEqualTo(saved)).toBe(true);
          caps = caps.plus(cap);
        }
        const parts = [...net.nets.values()];
        expect(caps.greaterThanOrEqualTo(value('net_effective'))).toBe(true);
        expect(value('net_effective')).toBe(sumUsd(parts.map((one) => one.effective)));
        expect(value('net_effective')).toBe(sumUsd([value('net_cash_now'), value('net_freed_commitment')]));
        expect(value('net_effective')).toBe(sumUsd([value('net_confident'), value('net_to_confirm')]));
        expect(parts.map((one) => sumUsd([one.cash_now, one.freed_commitment]))).toStrictEqual(
          parts.map((one) => one.effective),
        );
        expect(parts.filter((one) => Object.values(one).some((text) => String(text).startsWith('-')))).toStrictEqual(
          [],
        );
      }),
      { numRuns: 1000, seed: 20_261_120 },
    );
  });

  it('the order of the findings does not matter', () => {
    const inAnyOrder = somePlans.chain((plans) =>
      fc.tuple(fc.constant(plans), fc.shuffledSubarray(plans, { minLength: plans.length })),
    );
    fc.assert(
      fc.property(inAnyOrder, ([plans, shuffled]) => {
        const [one, other] = [outcome(plans).net, outcome(shuffled).net];
        expect([one.claims, byKey(one.nets)]).toStrictEqual([other.claims, byKey(other.nets)]);
      }),
      { numRuns: 1000, seed: 20_261_120 },
    );
  });

  it('every figure follows from the figures it cites, by its published derivation', () => {
    const derivations = new Map(
      [...BILLED_SAVING_DERIVATIONS, ...NET_DERIVATIONS].map((derivation) => [derivation.id, derivation]),
    );
    fc.assert(
      fc.property(somePlans, (plans) => {
        const { claims, net } = outcome(plans);
        const byId = new Map([...claims, ...net.claims].map((claim) => [claim.id, claim]));
        const recomputed = [...byId.values()]
          .flatMap((claim) => claim.figures)
          .filter((figure) => derivations.has(figure.derivation.id))
          .map((figure) => {
            const cited = figure.citations.map(
              (citation) => resolvePointer(asJson(byId.get(citation.evidence)), citation.pointer) ?? null,
            );
            return [
              figure.name,
              derivations.get(figure.derivation.id)!.compute(cited, figure.derivation.params),
              figure.value,
            ];
          });
        expect(recomputed.map(([name, now]) => [name, now])).toStrictEqual(
          recomputed.map(([name, , then]) => [name, then]),
        );
        expect(recomputed.length).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: 100, seed: 20_261_120 },
    );
  });
});
