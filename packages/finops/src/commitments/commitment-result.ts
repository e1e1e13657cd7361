import type { Citation, Claim } from '@infrafabric/protocol';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import { effectiveCostTrust } from '../bill/effective-cost-trust.ts';
import { isPriceStale } from '../prices/price-age.ts';
import type { Table } from '../prices/table.ts';
import { type HeldCommitment, heldCommitments } from './held.ts';
import { readUsage } from './read-usage.ts';
import { rateKey, termsOf } from './terms.ts';
import type { CommitmentUsage } from './usage.ts';
import { setOf } from './what-runs.ts';

/** The hourly rate under a commitment, where the price table has it. */
export interface CommitmentRate {
  readonly usd: string;
  readonly as_of: string;
  readonly is_stale: boolean;
  /** How far a price quoted by public texts only is believed. */
  readonly confidence?: string;
  readonly citation: Citation;
}

/** What `pricing.commitments` returns: what ran on demand by hour, and the sourced rates of all it could have run under. */
export interface CommitmentResult {
  readonly kind: 'commitments';
  /** Absent when the bill says nothing that a commitment could cover, or is not in USD. */
  readonly usage?: CommitmentUsage;
  readonly column: 'EffectiveCost' | 'BilledCost';
  readonly bill: readonly Citation[];
  /** By price key. */
  readonly rates: Readonly<Record<string, CommitmentRate>>;
  /** How well commitments that the bill names are used, and the claims that say so. */
  readonly held: readonly HeldCommitment[];
  readonly claims: readonly Claim[];
}

/** Reads what advice about commitments needs; how much to buy is worked out once it is known what other advice leaves. */
export function commitmentResult(bill: CitedBill, prices: Table, asOf: string): CommitmentResult {
  const table = billOf(bill.cited);
  const column = effectiveCostTrust(table).every((one) => one.believed) ? 'EffectiveCost' : 'BilledCost';
  const isUsd = billCurrency(table) === 'USD';
  const usage = isUsd ? readUsage(table, column) : undefined;
  return {
    kind: 'commitments',
    ...(usage === undefined ? {} : { usage }),
    column,
    bill: bill.citations,
    rates: usage === undefined ? {} : ratesOf(usage, prices, asOf),
    ...(isUsd ? heldCommitments(bill, column) : { held: [], claims: [] }),
  };
}

function ratesOf(usage: CommitmentUsage, prices: Table, asOf: string): Record<string, CommitmentRate> {
  const keys = [...new Set(usage.items.map((item) => item.key))];
  const wanted = keys.flatMap((key) => {
    const set = setOf(key);
    return set === undefined ? [] : termsOf(set).map((terms) => rateKey(key, terms));
  });
  return Object.fromEntries(
    [...new Set(wanted)].toSorted().flatMap((key) => {
      const entry = prices(key);
      const { usd, as_of: date, confidence } = entry?.value ?? {};
      if (entry === undefined || typeof usd !== 'string' || typeof date !== 'string') return [];
      const sure = typeof confidence === 'string' ? { confidence } : {};
      return [[key, { usd, as_of: date, is_stale: isPriceStale(entry, asOf), ...sure, citation: entry.citation }]];
    }),
  );
}
