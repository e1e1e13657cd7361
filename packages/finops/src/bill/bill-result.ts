import { type Claim, makeClaim } from '@infrafabric/protocol';
import type { BillResult } from '../model/result.ts';
import { Decimal, formatUsd } from '../money.ts';
import { billMonthClaim } from './bill-month.ts';
import { billFigure } from './bill-figure.ts';
import { beyondNotes, billNotes, equalNotes } from './bill-notes.ts';
import { billOf } from './bill-table.ts';
import type { CitedBill } from './cited-bill.ts';
import { costFacts } from './cost-facts.ts';
import { billAccounts } from './coverage.ts';
import { billCurrency } from './currency.ts';
import { billSum, zeroedLineCount } from './derivations.ts';
import { type EffectiveCostTrust, effectiveCostTrust } from './effective-cost-trust.ts';
import { shownLabel } from './label.ts';
import { reconciliation } from './reconciliation.ts';

/** What `billResult` reads. */
export interface BillQuestion {
  readonly lines: CitedBill;
  /** The same bill by resource, where it is too large to travel line by line; `lines` else. */
  readonly resources?: CitedBill | undefined;
  /** How many lines equal an earlier one in every column, where the format names no line items. */
  readonly equalLines?: number | undefined;
  /** YYYY-MM-DD; without it no day is called provisional. */
  readonly asOf?: string | undefined;
}

/**
 * What a bill tells the tasks that judge: accounts, cost facts by resource, its totals side by side, and what about it is not
 * believed.
 *
 * Cost facts are in USD, so a bill in another currency without a rate has none, and a note says so.
 */
export function billResult({ lines, resources = lines, equalLines = 0, asOf }: BillQuestion): BillResult {
  const bill = billOf(lines.cited);
  const trust = effectiveCostTrust(bill);
  const doubted = trust.filter((one) => !one.believed);
  return {
    kind: 'bill',
    claims: [
      reconciliation(lines),
      ...billMonthClaim(lines, billCurrency(bill), trust),
      ...doubted.map((one) => doubtClaim(lines, one)),
    ],
    accounts: billAccounts(bill),
    costs: billCurrency(bill) === 'USD' ? costFacts(billOf(resources.cited), resources.citations, trust) : [],
    notes: [
      ...doubted.map((one) => ({ code: 'EFFECTIVE_COST_NOT_BELIEVED', detail: doubtText(one) })),
      ...billNotes(bill, asOf),
      ...beyondNotes(billOf(resources.cited)),
      ...equalNotes(equalLines),
    ],
  };
}

function doubtClaim(lines: CitedBill, trust: EffectiveCostTrust): Claim {
  const filter = { ProviderName: trust.provider };
  const unit = billCurrency(billOf(lines.cited));
  const sum = (name: string, column: string) =>
    billFigure(lines, { name, unit, derivation: billSum, params: { column, filter } });
  const params = { provider: trust.provider };
  return makeClaim({
    topic: 'bill/effective-cost',
    statement: doubtText(trust),
    figures: [
      sum('effective', 'EffectiveCost'),
      sum('billed', 'BilledCost'),
      billFigure(lines, { name: 'zeroed_lines', unit: 'count', derivation: zeroedLineCount, params }),
    ],
    citations: [...lines.citations],
    confidence: '0.95',
    role: 'collector',
  });
}

function doubtText({ provider, zeroed, effective, billed }: EffectiveCostTrust): string {
  const [e, b] = [formatUsd(new Decimal(effective)), formatUsd(new Decimal(billed))];
  return (
    `EffectiveCost of ${shownLabel(provider, 'lines without ProviderName')} is integer-rounded and not believed: ` +
    `${zeroed} rows with BilledCost > 0 and EffectiveCost 0, sums ${e} vs ${b}; whole on every usage row ` +
    'with a fractional BilledCost. BilledCost stands in for it.'
  );
}
