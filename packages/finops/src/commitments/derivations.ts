import {
  type Cited,
  type DecimalString,
  type Derivation,
  defineDerivation,
  type JsonObject,
} from '@infrafabric/protocol';
import { z } from 'zod';
import { type BillTable, billOf } from '../bill/bill-table.ts';
import { FinopsError } from '../errors.ts';
import { citedDecimal, Decimal, formatDecimal, formatUsd } from '../money.ts';
import { heldUnused, heldUtilisation } from './held.ts';
import { type Purchase, purchaseFor, type Scope, type TakenAway } from './purchase.ts';
import { readUsage } from './read-usage.ts';
import { PAYMENTS, PLANS } from './terms.ts';
import type { CommitmentUsage } from './usage.ts';

/** Params of every figure of a purchase: its {@link Scope}, and the cost column of the bill. */
export const PurchaseParams = z.strictObject({
  plan: z.enum(PLANS),
  years: z.union([z.literal(1), z.literal(3)]),
  payment: z.enum(PAYMENTS),
  keys: z.array(z.string()).min(1),
  touched: z.array(z.string()),
  column: z.enum(['EffectiveCost', 'BilledCost']),
});
export type PurchaseParams = z.infer<typeof PurchaseParams>;

/** What a figure of a purchase says, and how it is written. */
const FIGURES = {
  commitment: ['commitment', (one) => formatDecimal(one.commitment)],
  saving: ['commitment-saving', (one) => formatUsd(one.saving)],
  saving_at_less_use: ['commitment-at-less-use', (one) => formatUsd(one.savingAtLessUse)],
  utilisation: ['commitment-utilisation', (one) => formatDecimal(one.utilisationPercent, 1)],
  break_even_month: ['commitment-break-even', (one) => formatDecimal(one.breakEvenMonth)],
  left: ['commitment-left', (one) => formatUsd(one.left)],
  cost: ['commitment-cost', (one) => formatUsd(one.cost)],
} as const satisfies Record<string, readonly [name: string, write: (one: Purchase) => DecimalString]>;

/** Names of the figures of a purchase. */
export type PurchaseFigure = keyof typeof FIGURES;

/** How a figure of a purchase is written. */
export const purchaseValue = (purchase: Purchase, name: PurchaseFigure): DecimalString => FIGURES[name][1](purchase);

/**
 * Figures of the best purchase for a scope: {@link purchaseFor} of the usage of the bill.
 *
 * Cites the whole bill, the rate of each of `keys` in order, and two amounts a month: what other advice takes off the invoice, and what it frees of commitments.
 */
export const PURCHASE_DERIVATIONS: Readonly<Record<PurchaseFigure, Derivation>> = {
  commitment: figureDerivation('commitment'),
  saving: figureDerivation('saving'),
  saving_at_less_use: figureDerivation('saving_at_less_use'),
  utilisation: figureDerivation('utilisation'),
  break_even_month: figureDerivation('break_even_month'),
  left: figureDerivation('left'),
  cost: figureDerivation('cost'),
};

/** Every derivation about commitments. */
export const COMMITMENT_DERIVATIONS: readonly Derivation[] = [
  ...Object.values(PURCHASE_DERIVATIONS),
  heldUtilisation,
  heldUnused,
];

function figureDerivation(figure: PurchaseFigure): Derivation {
  return defineDerivation({
    package: 'finops',
    name: FIGURES[figure][0],
    version: 1,
    compute: (cited, params) => purchaseValue(purchaseOf(cited, params), figure),
  });
}

function purchaseOf(cited: readonly Cited[], given: JsonObject): Purchase {
  const params = PurchaseParams.parse(given);
  const rest = params.keys.length + 2;
  const lines = cited.slice(0, -rest);
  const usage = usageOf(lines, params.column);
  const rates = cited.slice(-rest, -2).map((_, at) => citedDecimal(cited, cited.length - rest + at, '/usd'));
  const [cash, freed] = [2, 1].map((back) => citedDecimal(cited, cited.length - back));
  return rememberedPurchase(usage, params, rates, { cash: cash ?? new Decimal(0), freed: freed ?? new Decimal(0) });
}

/** The same values give the same view of a bill, so its usage is read once for all figures. */
function usageOf(lines: readonly Cited[], column: PurchaseParams['column']): CommitmentUsage {
  const bill = billOf(lines);
  const known = USAGES.get(bill)?.[column];
  if (known !== undefined) return known;
  const usage = readUsage(bill, column);
  if (usage === undefined) {
    throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected usage a commitment could cover, got none' });
  }
  USAGES.set(bill, { ...USAGES.get(bill), [column]: usage });
  return usage;
}

const USAGES = new WeakMap<BillTable, Partial<Record<PurchaseParams['column'], CommitmentUsage>>>();

/** The figures of one purchase are computed one after the other: it is worked out once. */
export function rememberedPurchase(
  usage: CommitmentUsage,
  params: PurchaseParams,
  rates: readonly Decimal[],
  away: TakenAway,
): Purchase {
  const known = PURCHASES.get(usage) ?? new Map<string, Purchase>();
  PURCHASES.set(usage, known);
  const key = JSON.stringify([params, rates, away]);
  const scope: Scope = params;
  const purchase = known.get(key) ?? purchaseFor(usage, scope, rates, away);
  known.set(key, purchase);
  return purchase;
}

const PURCHASES = new WeakMap<CommitmentUsage, Map<string, Purchase>>();
