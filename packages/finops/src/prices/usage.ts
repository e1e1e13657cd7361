import { Decimal } from '../money.ts';

/** An amount as callers have it: a whole number, a decimal string or a Decimal. Never a computed float. */
export type Amount = Decimal | string | number;

/** How much of one metered component a thing uses in a month. */
export interface Usage {
  /** What is metered, in the words of the AWS price list or bill. */
  readonly component: string;
  /** The price table key of its first tier. */
  readonly key: string;
  /** In units of the entry at `key`. */
  readonly quantity: Decimal;
}

/** One metered component; the building block of every thing, and enough by itself where AWS charges quantity times price. */
export function meter(component: string, key: string, quantity: Amount): Usage {
  return { component, key, quantity: new Decimal(quantity) };
}

/** A metered component that only exists when its amount is stated and above zero. */
export function meterIfUsed(component: string, key: string, quantity: Amount | undefined): readonly Usage[] {
  if (quantity === undefined || new Decimal(quantity).lessThanOrEqualTo(0)) return [];
  return [meter(component, key, quantity)];
}
