import type { Citation } from '@infrafabric/protocol';

/**
 * What the bill says about one resource, scaled to a month of 30.44 days (finops notes 1.0): decimal strings in USD.
 *
 * `effective` is the amortised cost; `on_demand` and `committed` are its parts by FOCUS PricingCategory (Committed = covered by a
 * Savings Plan or reservation). `days` is how many days of the bill have lines for the resource.
 */
export interface CostFacts {
  readonly resource_id: string;
  /** The SubAccountId of its lines as the bill writes it; absent when they name none or several. */
  readonly account?: string;
  readonly effective: string;
  readonly on_demand: string;
  readonly committed: string;
  /** The same lines at list price; absent where the bill has no ListCost for them. */
  readonly list?: string;
  readonly days: number;
  /** The column believed: EffectiveCost, or BilledCost where EffectiveCost failed the trust check of its provider. */
  readonly basis: 'EffectiveCost' | 'BilledCost';
  readonly citations: readonly Citation[];
}
