import { type Citation, type Claim, type ClaimId, type Figure, makeClaim } from '@infrafabric/protocol';
import { citeFigure } from '../figure-citation.ts';
import { fillStatement } from '../figures.ts';
import { Decimal } from '../money.ts';
import type { Away } from './away.ts';
import type { CommitmentRate, CommitmentResult } from './commitment-result.ts';
import {
  PURCHASE_DERIVATIONS,
  type PurchaseFigure,
  type PurchaseParams,
  purchaseValue,
  rememberedPurchase,
} from './derivations.ts';
import type { Purchase } from './purchase.ts';
import { rateKey, type Terms } from './terms.ts';
import type { CommitmentUsage } from './usage.ts';
import { setOf } from './what-runs.ts';

/** One purchase: what it covers, and its figures as its claim states them. */
export interface AdvisedPurchase {
  /** `all regions`, a family in a region, or the on-demand price key of what is reserved. */
  readonly scope: string;
  readonly claim: ClaimId;
  /** USD an hour of a Savings Plan, or how many reservations. */
  readonly commitment: string;
  /** USD a month. */
  readonly cost: string;
  readonly saving: string;
  readonly saving_at_less_use: string;
  /** Percent. */
  readonly utilisation: string;
  readonly break_even_month: string;
  /** On-demand cost that is left to cover, USD a month. */
  readonly left: string;
}

/** What a purchase is asked for. */
interface Asked {
  readonly terms: Terms;
  readonly scope: string;
  /** On-demand keys, each with a rate under the terms. */
  readonly keys: readonly string[];
}

/** The best purchase for a scope with its claim; none where nothing would be saved. */
export function advisePurchase(
  { terms, scope, keys }: Asked,
  result: CommitmentResult & { readonly usage: CommitmentUsage },
  away: Away,
): { purchase: AdvisedPurchase; claim: Claim } | undefined {
  const rates = keys.flatMap((key) => result.rates[rateKey(key, terms)] ?? []);
  const params = paramsOf({ terms, scope, keys }, result, away);
  const best = rememberedPurchase(
    result.usage,
    params,
    rates.map((rate) => new Decimal(rate.usd)),
    { cash: new Decimal(away.cash), freed: new Decimal(away.freed) },
  );
  if (!new Decimal(purchaseValue(best, 'saving')).greaterThan(0)) return undefined;
  const citations = [
    ...result.bill,
    ...rates.map((rate) => rate.citation),
    citeFigure(away.claim, 'cash'),
    citeFigure(away.claim, 'freed'),
  ];
  const claim = claimOf({ terms, scope, keys }, { best, params, citations, rates, usage: result.usage });
  const value = (name: PurchaseFigure): string => purchaseValue(best, name);
  return {
    claim,
    purchase: {
      scope,
      claim: claim.id,
      commitment: value('commitment'),
      cost: value('cost'),
      saving: value('saving'),
      saving_at_less_use: value('saving_at_less_use'),
      utilisation: value('utilisation'),
      break_even_month: value('break_even_month'),
      left: value('left'),
    },
  };
}

function paramsOf({ terms, keys }: Asked, { usage, column }: CommitmentResult, away: Away): PurchaseParams {
  const ids = (usage?.items ?? []).flatMap((item) => (setOf(item.key) === terms.set ? (item.resource_id ?? []) : []));
  return {
    plan: terms.plan,
    years: terms.years,
    payment: terms.payment,
    keys: [...keys],
    touched: [...new Set(ids)].filter((id) => away.touched.has(id)).toSorted(),
    column,
  };
}

interface Stated {
  readonly best: Purchase;
  readonly params: PurchaseParams;
  readonly citations: Citation[];
  readonly rates: readonly CommitmentRate[];
  readonly usage: CommitmentUsage;
}

function claimOf(asked: Asked, { best, params, citations, rates, usage }: Stated): Claim {
  const { terms } = asked;
  const figures = UNITS.map(([name, unit]): Figure => ({
    name,
    value: purchaseValue(best, name),
    unit: name === 'commitment' && terms.plan === 'reservation' ? 'count' : unit,
    derivation: { id: PURCHASE_DERIVATIONS[name].id, params: { ...params } },
    citations,
  }));
  return makeClaim({
    topic: 'commitment/purchase',
    statement: fillStatement(statementOf(asked, rates, usage), figures),
    figures,
    citations: [],
    confidence: confidenceOf(rates, usage),
    role: 'coordinator',
  });
}

const UNITS: readonly (readonly [figure: PurchaseFigure, unit: string])[] = [
  ['commitment', 'USD/hour'],
  ['saving', 'USD/month'],
  ['saving_at_less_use', 'USD/month'],
  ['utilisation', '%'],
  ['break_even_month', 'count'],
  ['left', 'USD/month'],
  ['cost', 'USD/month'],
];

function statementOf({ terms, scope }: Asked, rates: readonly CommitmentRate[], usage: CommitmentUsage): string {
  const dates = [...new Set(rates.map((rate) => rate.as_of))].toSorted();
  const what =
    terms.plan === 'reservation' ? '{commitment} reserved of' : `a ${PLAN_NAMES[terms.plan]} of {commitment} for`;
  const years = terms.years === 1 ? 'one year' : 'three years';
  return (
    `For ${years}, ${terms.payment.replace('-', ' ')}: ${what} ${scope} costs {cost} and saves {saving} of the {left} that other advice leaves on demand, ` +
    `at rates of ${dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : dates[0]}. {utilisation} of it is used; it has paid for itself in month {break_even_month}; ` +
    `with a fifth less use it gives {saving_at_less_use} (below zero: a loss). ${PRECISION[usage.precision]}`
  );
}

const PLAN_NAMES = {
  'compute-savings-plan': 'Compute Savings Plan',
  'ec2-instance-savings-plan': 'EC2 Instance Savings Plan',
} as const;

const PRECISION: Readonly<Record<CommitmentUsage['precision'], string>> = {
  hour: 'By the hours of the bill.',
  day: 'The bill has days only, each taken to be equally busy in all its hours: where it is not, buy less.',
  longer:
    'The bill has longer periods than days, each taken to be equally busy in all its hours: where it is not, buy less.',
};

/** Source: our own choice; an hourly bill shows what a commitment meets, one of days hides the hours, and old rates take what they take from findings. */
const CONFIDENCE = { hour: '0.80', day: '0.60', longer: '0.50' } as const;
const STALE_PENALTY = '0.10';

function confidenceOf(rates: readonly CommitmentRate[], { precision }: CommitmentUsage): string {
  const least = Decimal.min(CONFIDENCE[precision], ...rates.map((rate) => rate.confidence ?? '1'));
  return (rates.some((rate) => rate.is_stale) ? least.minus(STALE_PENALTY) : least).toFixed(2);
}
