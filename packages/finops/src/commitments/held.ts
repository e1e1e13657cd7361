import { type Claim, type ClaimId, defineDerivation, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { sumOf } from '../bill/bill-sums.ts';
import { type BillTable, billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { citedBill, textParam } from '../bill/params.ts';
import { fillStatement } from '../figures.ts';
import { Decimal, formatDecimal, formatUsd } from '../money.ts';

/** A commitment that the bill names: how much of it was used. */
export interface HeldCommitment {
  /** CommitmentDiscountId: the ARN of a Savings Plan or a reservation. */
  readonly id: string;
  readonly claim: ClaimId;
  /** Percent of its cost that paid for usage. */
  readonly utilisation: string;
  /** USD over the bill that paid for nothing. */
  readonly unused: string;
  readonly is_low: boolean;
}

/** Below it a commitment counts as badly used. Source: our own choice, as a twentieth is lost to the hours of change. */
export const LOW_UTILISATION_PERCENT = 95;

/** What of a commitment's cost paid for usage, in percent, half-even to one decimal. Params: `id`, `column`. Cites the whole bill. */
export const heldUtilisation = defineDerivation({
  package: 'finops',
  name: 'commitment-held-utilisation',
  version: 1,
  compute: (cited, params) => {
    const { used, all } = costOf(citedBill(cited), textParam(params, 'id'), textParam(params, 'column'));
    return all.isZero() ? '0' : formatDecimal(used.times(100).div(all), 1);
  },
});

/** What of a commitment's cost paid for nothing, in USD over the whole bill. Params and citations as for the utilisation. */
export const heldUnused = defineDerivation({
  package: 'finops',
  name: 'commitment-held-unused',
  version: 1,
  compute: (cited, params) => {
    const { used, all } = costOf(citedBill(cited), textParam(params, 'id'), textParam(params, 'column'));
    return formatUsd(all.minus(used));
  },
});

/**
 * How well every commitment of a bill is used, by its CommitmentDiscountId.
 *
 * Its amortised cost stands on the usage it pays (`Used`) and, where nothing was there to pay, on lines of its own: `Unused` ones in FOCUS, the fee
 * in a Cost and Usage Report. Source: FOCUS 1.0 specification, CommitmentDiscountStatus, and Cloud Intelligence Dashboards, summary_view, read 2026-11.
 */
export function heldCommitments(lines: CitedBill, column: string): { held: HeldCommitment[]; claims: Claim[] } {
  const { labels } = billOf(lines.cited).dimension('CommitmentDiscountId');
  const ids = labels.filter((label) => label !== null).toSorted();
  const made = ids.flatMap((id) => heldCommitment(lines, id, column) ?? []);
  return { held: made.map((one) => one.held), claims: made.map((one) => one.claim) };
}

function heldCommitment(
  lines: CitedBill,
  id: string,
  column: string,
): { held: HeldCommitment; claim: Claim } | undefined {
  if (!costOf(billOf(lines.cited), id, column).all.greaterThan(0)) return undefined;
  const params = { id, column };
  const share = billFigure(lines, { name: 'utilisation', unit: '%', derivation: heldUtilisation, params });
  const unused = billFigure(lines, { name: 'unused', unit: 'USD', derivation: heldUnused, params });
  const is_low = new Decimal(share.value).lessThan(LOW_UTILISATION_PERCENT);
  const claim = makeClaim({
    topic: 'commitment/held',
    statement: fillStatement(
      `Of the commitment ${id} {utilisation} paid for usage on this bill; {unused} paid for nothing${is_low ? ', which is more than a twentieth' : ''}.`,
      [share, unused],
    ),
    figures: [share, unused],
    citations: [],
    confidence: '0.95',
    role: 'pricing',
  });
  return { claim, held: { id, claim: claim.id, utilisation: share.value, unused: unused.value, is_low } };
}

function costOf(bill: BillTable, id: string, column: string): { used: Decimal; all: Decimal } {
  const all = new Decimal(sumOf(bill, column, { CommitmentDiscountId: id }));
  const used = new Decimal(sumOf(bill, column, { CommitmentDiscountId: id, CommitmentDiscountStatus: 'Used' }));
  return { used, all };
}
