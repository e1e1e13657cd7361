import type { Entry } from '../model/rule.ts';
import { type Decimal, sum } from '../money.ts';
import type { Table } from './table.ts';
import { type PricedPart, priceQuantity } from './tiers.ts';
import type { Usage } from './usage.ts';

/** The monthly list cost of a thing: what it is made of, and what could not be priced. */
export interface Quote {
  readonly components: readonly PricedComponent[];
  /** Usages without a sourced price; never counted as 0. */
  readonly missing: readonly Usage[];
  /** USD a month, unrounded; `undefined` while anything is missing. */
  readonly usdMonth: Decimal | undefined;
}

/** One component of a thing with its cost and the table entries that say so. */
export interface PricedComponent extends Usage {
  /** What one unit of `quantity` is, as the price table spells it. */
  readonly unit: string;
  /** One part a price tier that the quantity reaches, in order. */
  readonly parts: readonly PricedPart[];
  /** USD a month, unrounded. */
  readonly usd: Decimal;
}

/**
 * Prices what a thing uses in a month at list price, component by component.
 *
 * Free tiers and discounts are not subtracted: both belong to an account, not to a thing. A key that has no entry, or that lacks the
 * entry of a tier the quantity reaches, is `missing`.
 * @throws FinopsError `VALUE_NOT_DECIMAL` when an entry is malformed.
 */
export function quote(usages: readonly Usage[], prices: Table): Quote {
  const priced = usages.map((usage) => priceComponent(usage, prices));
  const components = priced.filter((component) => component !== undefined);
  const missing = usages.filter((_, index) => priced[index] === undefined);
  const usdMonth = missing.length > 0 ? undefined : sum(components.map(({ usd }) => usd));
  return { components, missing, usdMonth };
}

/** Every table entry a quote rests on, in order of use; an entry that two components use appears once. */
export function entriesUsed(quoted: Quote): readonly Entry[] {
  return [...new Set(quoted.components.flatMap(({ parts }) => parts.map(({ entry }) => entry)))];
}

function priceComponent(usage: Usage, prices: Table): PricedComponent | undefined {
  const parts = priceQuantity(usage, prices);
  const unit = parts?.[0]?.entry.value['unit'];
  if (parts === undefined || typeof unit !== 'string') return undefined;
  return { ...usage, unit, parts, usd: sum(parts.map(({ usd }) => usd)) };
}
