import { type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { billedResourceId } from '../bill/resource-join.ts';
import { citeFigure } from '../figure-citation.ts';
import { computeFigure, fillStatement } from '../figures.ts';
import type { Finding, WaterfallStep } from '../model/finding.ts';
import { Decimal } from '../money.ts';
import { TOTAL } from '../savings/net-derivations.ts';
import { findingKey, type NetOfOverlap } from '../savings/waterfall.ts';
import { type Away, awayClaim, type Taken } from './away.ts';
import type { CommitmentResult } from './commitment-result.ts';
import type { HeldCommitment } from './held.ts';
import { type AdvisedPurchase, advisePurchase } from './purchase-claim.ts';
import { rateKey, scopeOf, type Terms, termsOf } from './terms.ts';
import type { CommitmentUsage } from './usage.ts';
import { COMMITMENT_SETS, type CommitmentSet, setOf } from './what-runs.ts';

/** One way to commit for a set: exclusive with all the others of the set. */
export interface CommitmentOption extends Terms {
  /** Whether the total counts it: one of a set at most. */
  readonly counted: boolean;
  readonly usd_month: string;
  readonly purchases: readonly AdvisedPurchase[];
  /** How many prices ran that have no sourced rate under these terms; their usage is left out. */
  readonly unpriced: number;
}

/** Terms for which nothing can be said: no price that ran has a sourced rate. */
export interface UnknownTerms extends Terms {
  readonly reason: 'NO_PRICE';
}

/** What to commit to once all other advice is followed, and the claims that hold its figures. */
export interface CommitmentAdvice {
  /** The hours looked at; absent when nothing ran on demand that a commitment could cover. */
  readonly usage?: Pick<CommitmentUsage, 'from' | 'hours' | 'precision'>;
  /** Commitments that the bill names, and how well they are used. */
  readonly held: readonly HeldCommitment[];
  readonly options: readonly CommitmentOption[];
  readonly unknown: readonly UnknownTerms[];
  /** Figure `saving`: what the counted options save together, beside the totals of the findings. */
  readonly total: Claim;
  readonly claims: readonly Claim[];
}

/** Steps that change how long or on what something runs; others save on what stands beside the hours. */
export const STEPS_OF_USE: ReadonlySet<WaterfallStep> = new Set([
  'terminate',
  'schedule',
  'generation',
  'rightsize',
  'licence',
]);

/**
 * Advises what to commit to on what the findings leave: one purchase for all that runs, not one a resource.
 *
 * For every set of usage each kind of commitment, length and payment is worked out; they exclude each other, and only the one of a year that saves
 * the most counts, or of three years where none of a year has a price (our own choice: the shortest tie). `findings` are those that count and `net` their
 * savings without overlap; purchases among them are no other advice. Nothing without a bill that says what ran.
 */
export function commitmentAdvice(
  result: CommitmentResult | undefined,
  { findings, net, claims }: { findings: readonly Finding[]; net: NetOfOverlap; claims: readonly Claim[] },
): CommitmentAdvice | undefined {
  if (result === undefined || (result.usage === undefined && result.held.length === 0)) return undefined;
  const { usage, held } = result;
  const changes = changesOf({ findings, net, claims });
  const all = usage === undefined ? [] : COMMITMENT_SETS.map((set) => adviseSet(set, { ...result, usage }, changes));
  const options = all.flatMap((one) => one.options);
  const made = all.flatMap((one) => one.claims);
  const total = totalClaim(options, made);
  return {
    ...(usage === undefined ? {} : { usage: { from: usage.from, hours: usage.hours, precision: usage.precision } }),
    held,
    options,
    unknown: all.flatMap((one) => one.unknown),
    total,
    claims: [...made, total],
  };
}

/** A result that has usage. */
type UsedResult = CommitmentResult & { readonly usage: CommitmentUsage };

function changesOf({
  findings,
  net,
  claims,
}: {
  findings: readonly Finding[];
  net: NetOfOverlap;
  claims: readonly Claim[];
}): Taken[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  return findings.flatMap((finding) => {
    const saved = net.nets.get(findingKey(finding));
    const isUse = finding.step !== undefined && STEPS_OF_USE.has(finding.step);
    if (saved === undefined || !isUse || !new Decimal(saved.effective).greaterThan(0)) return [];
    const figure = byId.get(finding.claim ?? '')?.figures.find((one) => one.name === 'billed_effective');
    const resource = figure?.derivation.params['resource_id'];
    if (typeof resource !== 'string') return [];
    const { cash_now: cash, freed_commitment: freed } = saved.citations;
    return [
      {
        resource: billedResourceId(resource),
        cash,
        freed,
        amounts: { cash: saved.cash_now, freed: saved.freed_commitment },
      },
    ];
  });
}

function adviseSet(
  set: CommitmentSet,
  result: UsedResult,
  changes: readonly Taken[],
): { options: CommitmentOption[]; unknown: UnknownTerms[]; claims: Claim[] } {
  const items = result.usage.items.filter((item) => setOf(item.key) === set);
  if (items.length === 0) return { options: [], unknown: [], claims: [] };
  const away = awayOf(set, result.usage, changes);
  const keys = [...new Set(items.map((item) => item.key))].toSorted();
  const made = termsOf(set).map((terms) => ({ terms, ...purchasesUnder(terms, keys, result, away) }));
  const best = bestOf(made.filter((one) => one.priced > 0));
  return {
    options: made
      .filter((one) => one.priced > 0)
      .map((one) => ({
        ...one.terms,
        counted: one === best,
        usd_month: sumOf(one.purchases),
        purchases: one.purchases,
        unpriced: keys.length - one.priced,
      })),
    unknown: made.filter((one) => one.priced === 0).map(({ terms }) => ({ ...terms, reason: 'NO_PRICE' as const })),
    claims: [away.claim, ...made.flatMap((one) => one.claims)],
  };
}

/**
 * What changes of resources of a set take away: off the invoice where the bill has hours of the resource on demand, or names none in its hours, as when it is
 * merged; and commitments freed by any of them, which then cover what else runs.
 */
function awayOf(set: CommitmentSet, usage: CommitmentUsage, changes: readonly Taken[]): Away {
  const items = usage.items.filter((item) => setOf(item.key) === set);
  const named = new Set(items.flatMap((item) => item.resource_id ?? []));
  const alike = changes.filter(({ resource }) => named.has(resource) || RESOURCES[set].test(resource));
  const onDemand = alike.filter(({ resource }) => named.size === 0 || named.has(resource));
  return awayClaim(set, onDemand, alike);
}

/** What ids of a set look like on a bill. */
const RESOURCES: Readonly<Record<CommitmentSet, RegExp>> = {
  ec2: /^i-/,
  rds: /:rds:/,
  elasticache: /:elasticache:/,
  opensearch: /:es:/,
  redshift: /:redshift:/,
};

function purchasesUnder(
  terms: Terms,
  keys: readonly string[],
  result: UsedResult,
  away: Away,
): { priced: number; purchases: AdvisedPurchase[]; claims: Claim[] } {
  const priced = keys.filter((key) => result.rates[rateKey(key, terms)] !== undefined);
  const scopes = [...Map.groupBy(priced, (key) => scopeOf(key, terms.plan))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const made = scopes.flatMap(
    ([scope, members]) => advisePurchase({ terms, scope, keys: members }, result, away) ?? [],
  );
  return { priced: priced.length, purchases: made.map((one) => one.purchase), claims: made.map((one) => one.claim) };
}

const sumOf = (purchases: readonly AdvisedPurchase[]): string =>
  purchases.reduce((sum, one) => sum.plus(one.saving), new Decimal(0)).toFixed(2);

function bestOf<T extends { readonly terms: Terms; readonly purchases: readonly AdvisedPurchase[] }>(
  made: readonly T[],
): T | undefined {
  const worth = made.filter((one) => one.purchases.length > 0);
  const ofAYear = worth.filter((one) => one.terms.years === 1);
  return (ofAYear.length > 0 ? ofAYear : worth).toSorted((a, b) =>
    new Decimal(sumOf(b.purchases)).comparedTo(sumOf(a.purchases)),
  )[0];
}

function totalClaim(options: readonly CommitmentOption[], claims: readonly Claim[]): Claim {
  const counted = options.filter((one) => one.counted).flatMap((one) => one.purchases);
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const citations = counted.flatMap(({ claim }) => {
    const proof = byId.get(claim);
    return proof === undefined ? [] : [citeFigure(proof, 'saving')];
  });
  const figure: Figure = computeFigure(
    { name: 'saving', unit: 'USD/month', derivation: TOTAL, params: {}, citations },
    () => counted.map((one) => one.saving),
  );
  return makeClaim({
    topic: 'commitment/total',
    statement: fillStatement(
      counted.length === 0
        ? 'No purchase of a commitment is advised: {saving}.'
        : 'Commitments for what is left once all other advice is followed save {saving} more.',
      [figure],
    ),
    figures: [figure],
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
}
