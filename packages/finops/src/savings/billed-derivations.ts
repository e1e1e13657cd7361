import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { DAYS_PER_MONTH, Decimal, HOURS_PER_MONTH, citedDecimal, formatUsd } from '../money.ts';

/** Hours of the month a bill is scaled to. */
const HOURS_PER_BILL_MONTH = DAYS_PER_MONTH.times(24);

/**
 * What a list saving is worth on this bill: billed cost x list saving / list cost, never more than the billed cost.
 *
 * Nor more than the list saving over a month of bill (30.44 days against 730 hours) less the discount the bill gives on the
 * resource: a bill also puts storage, requests and data transfer under the name of a resource whose list cost is its hours
 * alone, and those do not make the saving larger. Without a billed list cost no discount is known and none is taken off.
 *
 * Cites list saving, list cost, billed cost, and the billed list cost where the bill has one. Source: Flexera policy templates, "actual cost x (1 - new list price / old list
 * price)" of the superseded-instances policies, 2026-08-20.
 */
export const EFFECTIVE_SAVING: Derivation = defineDerivation({
  package: 'finops',
  name: 'effective-saving',
  version: 2,
  compute: (cited) => formatUsd(effectiveSaving(cited, 3)),
});

/**
 * The part of the effective saving that only frees a Savings Plan or reservation: its committed share.
 *
 * Cites list saving, list cost, billed cost, committed part of the billed cost, and the billed list cost where there is one.
 */
export const FREED_COMMITMENT: Derivation = defineDerivation({
  package: 'finops',
  name: 'freed-commitment',
  version: 2,
  compute: (cited) => formatUsd(freedCommitment(cited)),
});

/** The part of the effective saving that leaves the next invoice: all that frees no commitment. Cites as `freed-commitment`. */
export const CASH_NOW: Derivation = defineDerivation({
  package: 'finops',
  name: 'cash-now',
  version: 2,
  compute: (cited) =>
    formatUsd(new Decimal(formatUsd(effectiveSaving(cited, 4))).minus(formatUsd(freedCommitment(cited)))),
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

/** `listAt` is where the billed list cost stands, if it is cited. */
function effectiveSaving(cited: readonly Cited[], listAt: number): Decimal {
  const [saving, cost, billed] = [citedDecimal(cited, 0), citedDecimal(cited, 1), citedDecimal(cited, 2)];
  if (!cost.isPositive() || cost.isZero()) return new Decimal(0);
  const undiscounted = saving.times(HOURS_PER_BILL_MONTH).div(HOURS_PER_MONTH);
  const discounted = undiscounted.times(paidShare(cited, billed, listAt));
  return Decimal.max(0, Decimal.min(billed, discounted, billed.times(saving).div(cost)));
}

/** What is paid of the list price of the resource's lines: 1 where no discount is known. */
function paidShare(cited: readonly Cited[], billed: Decimal, listAt: number): Decimal {
  const list = cited.length > listAt ? citedDecimal(cited, listAt) : new Decimal(0);
  return list.isPositive() && !list.isZero() ? Decimal.min(1, billed.div(list)) : new Decimal(1);
}

function freedCommitment(cited: readonly Cited[]): Decimal {
  const [billed, committed] = [citedDecimal(cited, 2), citedDecimal(cited, 3)];
  if (!billed.isPositive() || billed.isZero()) return new Decimal(0);
  const share = Decimal.max(0, Decimal.min(1, committed.div(billed)));
  return new Decimal(formatUsd(effectiveSaving(cited, 4))).times(share);
}
