import { WATERFALL_STEPS, type WaterfallStep } from '../model/finding.ts';
import { Decimal, formatUsd } from '../money.ts';

/** A saving on a resource, before overlap: which rule says so, at which step, how much of what cost. */
export interface SavingOption {
  readonly rule: string;
  readonly step: WaterfallStep;
  readonly effective: Decimal;
  readonly cap: Decimal;
}

/**
 * What each saving on one resource still adds once those before it are done, in cents, in the order given.
 *
 * The order of work is that of {@link WATERFALL_STEPS}. Within a step the options exclude each other: the largest counts
 * (the first by rule id among equals), the others add nothing. Each step saves its share, saving / cap, of what the earlier
 * steps left of the resource's cost, which is the largest cap; so the sum never exceeds that cost. A surcharge is a part of
 * that cost of its own: upgrading ends it whole, and the other steps share what the resource costs without it.
 * Source: our own choice; AWS Cost Optimization Hub likewise counts one recommendation a resource (API reference
 * `includeAllRecommendations`, read 2026-08-07).
 */
export function netSavings(options: readonly SavingOption[]): Decimal[] {
  const cap = toCents(Decimal.max(0, ...options.map((option) => option.cap)));
  const nets = new Map<SavingOption, Decimal>();
  const surcharge = bestOf(options, 'surcharge');
  const ended = toCents(Decimal.max(0, Decimal.min(cap, surcharge?.effective ?? 0)));
  if (surcharge !== undefined) nets.set(surcharge, ended);
  const price = cap.minus(ended);
  let residual = price;
  for (const step of WATERFALL_STEPS) {
    const best = bestOf(options, step);
    if (best === undefined || step === 'surcharge' || !price.isPositive() || price.isZero()) continue;
    const share = Decimal.max(0, Decimal.min(1, best.effective.div(price)));
    const net = toCents(residual.times(share));
    nets.set(best, net);
    residual = residual.minus(net);
  }
  return options.map((option) => nets.get(option) ?? new Decimal(0));
}

/** The option of a step that counts; the others of the step exclude each other with it. */
export const bestOf = <T extends Pick<SavingOption, 'rule' | 'step' | 'effective'>>(
  options: readonly T[],
  step: WaterfallStep,
): T | undefined => options.filter((option) => option.step === step).toSorted(bySize)[0];

const toCents = (amount: Decimal): Decimal => new Decimal(formatUsd(amount));

function bySize(a: Pick<SavingOption, 'rule' | 'effective'>, b: Pick<SavingOption, 'rule' | 'effective'>): number {
  return b.effective.comparedTo(a.effective) || (a.rule < b.rule ? -1 : 1);
}
