import type { DecimalString } from '@infrafabric/protocol';
import type { BillTable } from './bill-table.ts';
import { formatScaled } from './decimal-column.ts';
import { linesOf } from './bill-sums.ts';
import { MERGED_COLUMNS } from './merged-columns.ts';

/** Fewer lines than this prove nothing: one whole amount among fractions is chance. */
const TRUST_MIN_LINES = 3;

/** How far the two columns may be apart on the tested lines, in percent of their BilledCost, before rounding matters. */
const TRUST_MAX_DIFFERENCE_PERCENT = 1;

/**
 * Whether the EffectiveCost column of one provider can be the amortised cost, or is a rounded copy.
 *
 * The rule, the same for every provider: take its usage lines whose BilledCost has a fraction. When there are at least
 * {@link TRUST_MIN_LINES} of them, EffectiveCost is a whole number on every one, and the two columns are apart by more than
 * {@link TRUST_MAX_DIFFERENCE_PERCENT} % of their BilledCost, summed line by line so that rounding up and down does not
 * cancel, the column is not believed. Amortisation cannot cause this: lines that a commitment pays have no BilledCost.
 */
export interface EffectiveCostTrust {
  /** ProviderName; `null` where the bill names none. */
  readonly provider: string | null;
  readonly believed: boolean;
  /** Exact sums over all lines of the provider. */
  readonly effective: DecimalString;
  readonly billed: DecimalString;
  /** Lines with BilledCost above 0 and EffectiveCost 0. */
  readonly zeroed: number;
  /** The usage lines the rule looked at. */
  readonly tested: number;
}

/** Judges EffectiveCost provider by provider, in order of appearance. */
export function effectiveCostTrust(bill: BillTable): EffectiveCostTrust[] {
  const { codes, labels } = bill.dimension('ProviderName');
  const isUsage = linesOf(bill, { ChargeCategory: 'Usage' });
  const effective = bill.decimals('EffectiveCost');
  const billed = bill.decimals('BilledCost');
  const zeroed = zeroedOf(bill);
  const unit = { effective: 10n ** BigInt(effective.scale), billed: 10n ** BigInt(billed.scale) };
  const tallies = labels.map(() => ({
    effective: 0n,
    billed: 0n,
    zeroed: 0,
    tested: 0,
    whole: 0,
    apart: 0n,
    size: 0n,
  }));
  for (const [line, code] of codes.entries()) {
    const tally = tallies[code];
    if (tally === undefined) continue;
    const [e, b] = [effective.mantissas[line] ?? 0n, billed.mantissas[line] ?? 0n];
    tally.effective += e;
    tally.billed += b;
    tally.zeroed += zeroed(line, b > 0n && e === 0n);
    if (b % unit.billed === 0n || !isUsage(line)) continue;
    tally.tested += 1;
    if (e % unit.effective === 0n) tally.whole += 1;
    tally.apart += magnitude(e * unit.billed - b * unit.effective);
    tally.size += magnitude(b * unit.effective);
  }
  return tallies.map((tally, code) => ({
    provider: labels[code] ?? null,
    believed: !(
      tally.tested >= TRUST_MIN_LINES &&
      tally.whole === tally.tested &&
      tally.apart * 100n > tally.size * BigInt(TRUST_MAX_DIFFERENCE_PERCENT)
    ),
    effective: formatScaled(tally.effective, effective.scale),
    billed: formatScaled(tally.billed, billed.scale),
    zeroed: tally.zeroed,
    tested: tally.tested,
  }));
}

/** How many lines one line stands for that have BilledCost above 0 and EffectiveCost 0; itself when it was not merged. */
function zeroedOf(bill: BillTable): (line: number, isZeroed: boolean) => number {
  if (!bill.has(MERGED_COLUMNS.zeroed)) return (_, isZeroed) => (isZeroed ? 1 : 0);
  const { mantissas, scale } = bill.decimals(MERGED_COLUMNS.zeroed);
  return (line) => Number((mantissas[line] ?? 0n) / 10n ** BigInt(scale));
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
