import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { DAYS_PER_MONTH, Decimal, HOURS_PER_MONTH, citedDecimal, formatUsd } from '../money.ts';

/** Hours of the month a bill is scaled to. */
const HOURS_PER_BILL_MONTH = DAYS_PER_MONTH.times(24);

/**
 * What a list saving is worth on this bill: billed cost x list saving / list cost, never more than the billed cost.
 *
 * Nor more than the list saving over a month of bill (30.44 days against 730 hours): a bill also puts storage, requests and
 * data transfer under the name of a resource whose list cost is its hours alone, and those do not make the saving larger.
 *
 * Cites list saving, list cost, billed cost. Source: Flexera policy templates, "actual cost x (1 - new list price / old list
 * price)" of the superseded-instances policies, 2026-08-20.
 */
export const EFFECTIVE_SAVING: Derivation = defineDerivation({
  package: 'finops',
  name: 'effective-saving',
  version: 1,
  compute: (cited) => formatUsd(effectiveSaving(cited)),
});

/**
 * The part of the effective saving that only frees a Savings Plan or reservation: its committed share.
 *
 * Cites list saving, list cost, billed cost, committed part of the billed cost.
 */
export const FREED_COMMITMENT: Derivation = defineDerivation({
  package: 'finops',
  name: 'freed-commitment',
  version: 1,
  compute: (cited) => formatUsd(freedCommitment(cited)),
});

/** The part of the effective saving that leaves the next invoice: all that frees no commitment. Cites as `freed-commitment`. */
export const CASH_NOW: Derivation = defineDerivation({
  package: 'finops',
  name: 'cash-now',
  version: 1,
  compute: (cited) =>
    formatUsd(new Decimal(EFFECTIVE_SAVING.compute(cited, {})).minus(formatUsd(freedCommitment(cited)))),
});

/** The billed cost of a resource in cents: no set of findings on it may save more. Cites the billed cost. */
export const BILLED_CAP: Derivation = defineDerivation({
  package: 'finops',
  name: 'billed-cap',
  version: 1,
  compute: (cited) => formatUsd(citedDecimal(cited, 0)),
});

/** Derivations of one resource's saving on its bill. */
export const BILLED_SAVING_DERIVATIONS: readonly Derivation[] = [
  EFFECTIVE_SAVING,
  FREED_COMMITMENT,
  CASH_NOW,
  BILLED_CAP,
];

function effectiveSaving(cited: readonly Cited[]): Decimal {
  const [saving, cost, billed] = [citedDecimal(cited, 0), citedDecimal(cited, 1), citedDecimal(cited, 2)];
  if (!cost.isPositive() || cost.isZero()) return new Decimal(0);
  const undiscounted = saving.times(HOURS_PER_BILL_MONTH).div(HOURS_PER_MONTH);
  return Decimal.max(0, Decimal.min(billed, undiscounted, billed.times(saving).div(cost)));
}

function freedCommitment(cited: readonly Cited[]): Decimal {
  const [billed, committed] = [citedDecimal(cited, 2), citedDecimal(cited, 3)];
  if (!billed.isPositive() || billed.isZero()) return new Decimal(0);
  const share = Decimal.max(0, Decimal.min(1, committed.div(billed)));
  return new Decimal(EFFECTIVE_SAVING.compute(cited, {})).times(share);
}
