import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import type { BillTable } from '../bill/bill-table.ts';
import { DAY_MS } from '../bill/charge-instant.ts';
import { usageByResource } from '../bill/cost-facts.ts';
import { MERGED_COLUMNS } from '../bill/merged-columns.ts';
import { citedBill, textParam } from '../bill/params.ts';
import { citedDecimal, Decimal, formatDecimal, formatUsd, HOURS_PER_MONTH } from '../money.ts';

/**
 * What the bill says one resource costs in 730 hours: `column` of its usage lines over the hours their charge periods cover, each
 * hour once. Merged lines cover the days they say. `resource_id` is that of its cost facts. Cites the whole bill.
 */
export const BILLED_HOURS_MONTH: Derivation = defineDerivation({
  package: 'finops',
  name: 'billed-hours-month',
  version: 1,
  compute: (cited, params) => {
    const bill = citedBill(cited);
    const lines = usageByResource(bill).get(textParam(params, 'resource_id'));
    if (lines === undefined) {
      throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected usage lines of the resource, got none' });
    }
    const cost = costOf(bill, lines, textParam(params, 'column'));
    return formatUsd(cost.times(HOURS_PER_MONTH).div(coveredHours(bill, lines)));
  },
});

/** How far the first cited amount is from the second, in percent of the second; 100 when only the second is 0. */
export const PERCENT_APART: Derivation = defineDerivation({
  package: 'finops',
  name: 'percent-apart',
  version: 1,
  compute: (cited) => {
    const [one, other] = [citedDecimal(cited, 0), citedDecimal(cited, 1)];
    if (other.isZero()) return one.isZero() ? '0' : '100';
    return formatDecimal(one.minus(other).abs().times(100).div(other.abs()), 2);
  },
});

/** The smaller of two amounts. Cites both. */
export const LOWER_SAVING: Derivation = defineDerivation({
  package: 'finops',
  name: 'lower-saving',
  version: 1,
  compute: (cited) => formatUsd(lower(citedDecimal(cited, 0), citedDecimal(cited, 1))),
});

/** The part of a lowered saving that frees commitments: as large a share of it as before. Cites the saving, its limit and the part. */
export const LOWER_FREED: Derivation = defineDerivation({
  package: 'finops',
  name: 'lower-freed',
  version: 1,
  compute: (cited) => formatUsd(lowerFreed(citedDecimal(cited, 0), citedDecimal(cited, 1), citedDecimal(cited, 2))),
});

/** The rest of a lowered saving. Cites as `lower-freed`. */
export const LOWER_CASH: Derivation = defineDerivation({
  package: 'finops',
  name: 'lower-cash',
  version: 1,
  compute: (cited) => {
    const [saving, limit, freed] = [citedDecimal(cited, 0), citedDecimal(cited, 1), citedDecimal(cited, 2)];
    return formatUsd(new Decimal(formatUsd(lower(saving, limit))).minus(formatUsd(lowerFreed(saving, limit, freed))));
  },
});

/** Derivations of challenges. */
export const CHALLENGE_DERIVATIONS: readonly Derivation[] = [
  BILLED_HOURS_MONTH,
  PERCENT_APART,
  LOWER_SAVING,
  LOWER_FREED,
  LOWER_CASH,
];

function costOf(bill: BillTable, lines: Int32Array, column: string): Decimal {
  const { mantissas, scale } = bill.decimals(column);
  let total = 0n;
  for (const line of lines) total += mantissas[line] ?? 0n;
  return new Decimal(total.toString()).div(new Decimal(10).pow(scale));
}

const HOUR_MS = 3_600_000;

/** Hours of the charge periods of lines, each once; at least 1. */
function coveredHours(bill: BillTable, lines: Int32Array): Decimal {
  if (bill.has(MERGED_COLUMNS.days)) return mergedHours(bill, lines);
  const { startMs, endMs } = bill.periods();
  const spans = Array.from(lines, (line) => ({ from: startMs[line] ?? 0, to: endMs[line] ?? 0 }));
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Decimal.max(1, new Decimal(covered).div(HOUR_MS));
}

function mergedHours(bill: BillTable, lines: Int32Array): Decimal {
  const { mantissas, scale } = bill.decimals(MERGED_COLUMNS.days);
  const days = lines.reduce((most, line) => Math.max(most, Number((mantissas[line] ?? 0n) / 10n ** BigInt(scale))), 1);
  return new Decimal(days).times(DAY_MS / HOUR_MS);
}

const lower = (saving: Decimal, limit: Decimal): Decimal => Decimal.max(0, Decimal.min(saving, limit));

function lowerFreed(saving: Decimal, limit: Decimal, freed: Decimal): Decimal {
  if (saving.isZero()) return new Decimal(0);
  return freed.times(lower(saving, limit)).div(saving);
}
