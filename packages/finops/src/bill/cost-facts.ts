import type { Citation, DecimalString } from '@infrafabric/protocol';
import type { CostFacts } from '../model/cost-facts.ts';
import { DAYS_PER_MONTH, Decimal } from '../money.ts';
import type { BillTable } from './bill-table.ts';
import { DAY_MS } from './charge-instant.ts';
import { type EffectiveCostTrust, effectiveCostTrust } from './effective-cost-trust.ts';
import { MERGED_COLUMNS } from './merged-columns.ts';
import { billedResourceId } from './resource-join.ts';

/** The parts of what a resource costs. */
export type CostPart = 'effective' | 'on_demand' | 'committed';

/**
 * What the bill says about each resource, by resource id.
 *
 * Only usage counts (ChargeCategory `Usage`): purchases of commitments, taxes, credits, refunds and adjustments do not, so a
 * commitment is never counted twice. The cost of the days the resource has lines on is scaled to 30.44 days: a resource
 * that lived two days counts as if it had lived the month. EffectiveCost counts, or BilledCost where that column is not
 * believed for the provider of the line. A line paid by a commitment (PricingCategory `Committed`, or a
 * CommitmentDiscountStatus) is `committed`, every other one `on_demand`. A resource that two providers bill is left out.
 * `trust` is that of the whole bill.
 */
export function costFacts(
  bill: BillTable,
  citations: readonly Citation[],
  trust: readonly EffectiveCostTrust[] = effectiveCostTrust(bill),
): CostFacts[] {
  const provider = bill.dimension('ProviderName');
  const account = bill.dimension('SubAccountId');
  const doubted = new Set(trust.filter((one) => !one.believed).map((one) => one.provider));
  const basisOf = provider.labels.map((label) => (doubted.has(label) ? 'BilledCost' : 'EffectiveCost'));
  return [...usageByResource(bill)].flatMap(([resourceId, lines]) => {
    const providers = distinct(lines, provider.codes);
    const basis = basisOf[providers[0] ?? -1];
    if (basis === undefined || providers.length > 1) return [];
    const accounts = distinct(lines, account.codes).map((code) => account.labels[code] ?? null);
    return {
      resource_id: resourceId,
      ...(accounts.length === 1 && accounts[0] != null ? { account: accounts[0] } : {}),
      effective: monthlyCost(bill, lines, basis, 'effective'),
      on_demand: monthlyCost(bill, lines, basis, 'on_demand'),
      committed: monthlyCost(bill, lines, basis, 'committed'),
      ...listPart(bill, lines),
      days: coveredDays(bill, lines),
      basis,
      citations,
    };
  });
}

function listPart(bill: BillTable, lines: Int32Array): { readonly list?: string } {
  if (!bill.has('ListCost')) return {};
  const list = monthlyCost(bill, lines, 'ListCost', 'effective');
  return new Decimal(list).greaterThan(0) ? { list } : {};
}

/** The usage lines of every resource the bill names, as indices, by resource id in order. */
export function usageByResource(bill: BillTable): ReadonlyMap<string, Int32Array> {
  const known = RESOURCES.get(bill) ?? readResources(bill);
  RESOURCES.set(bill, known);
  return known;
}

const RESOURCES = new WeakMap<BillTable, ReadonlyMap<string, Int32Array>>();

function readResources(bill: BillTable): ReadonlyMap<string, Int32Array> {
  const { codes, labels } = bill.dimension('ResourceId');
  const usage = bill.dimension('ChargeCategory');
  const usageCode = usage.codeOf.get('Usage') ?? -1;
  const names = labels.map((label) => (label === null ? null : billedResourceId(label)));
  const lines = new Map<string, number[]>();
  for (const [line, code] of codes.entries()) {
    const name = names[code];
    if (name == null || usage.codes[line] !== usageCode) continue;
    const known = lines.get(name);
    if (known === undefined) lines.set(name, [line]);
    else known.push(line);
  }
  return new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, at]) => [id, Int32Array.from(at)]));
}

function distinct(lines: Int32Array, codes: Int32Array): number[] {
  return [...new Set(Array.from(lines, (line) => codes[line] ?? -1))];
}

/**
 * One part of what lines cost, scaled to a month of 30.44 days and rounded half-even to twelve decimals.
 *
 * `effective` is the sum of the two rounded parts, so the parts always add up.
 */
export function monthlyCost(bill: BillTable, lines: Int32Array, column: string, part: CostPart): DecimalString {
  if (part === 'effective') {
    const onDemand = new Decimal(monthlyCost(bill, lines, column, 'on_demand'));
    return onDemand.plus(monthlyCost(bill, lines, column, 'committed')).toFixed();
  }
  const { mantissas, scale } = bill.decimals(column);
  const isCommitted = committedLines(bill);
  let total = 0n;
  for (const line of lines) {
    if (isCommitted(line) === (part === 'committed')) total += mantissas[line] ?? 0n;
  }
  if (total === 0n) return '0';
  return new Decimal(total.toString())
    .times(DAYS_PER_MONTH)
    .div(new Decimal(10).pow(scale).times(coveredDays(bill, lines)))
    .toDecimalPlaces(12)
    .toFixed();
}

function committedLines(bill: BillTable): (line: number) => boolean {
  const pricing = bill.dimension('PricingCategory');
  const status = bill.dimension('CommitmentDiscountStatus');
  const committed = pricing.codeOf.get('Committed') ?? -1;
  const none = status.codeOf.get(null) ?? -1;
  return (line) => pricing.codes[line] === committed || status.codes[line] !== none;
}

/** How many days (UTC) the charge periods of lines touch, each day once; at least 1. Merged lines say it themselves. */
function coveredDays(bill: BillTable, lines: Int32Array): number {
  if (bill.has(MERGED_COLUMNS.days)) return mergedDays(bill, lines);
  const { startMs, endMs } = bill.periods();
  const spans = Array.from(lines, (line) => {
    const first = Math.floor((startMs[line] ?? 0) / DAY_MS);
    return { first, next: Math.max(first + 1, Math.ceil((endMs[line] ?? 0) / DAY_MS)) };
  }).sort((a, b) => a.first - b.first);
  let days = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { first, next } of spans) {
    days += Math.max(0, next - Math.max(first, reached));
    reached = Math.max(reached, next);
  }
  return Math.max(1, days);
}

/** The days of merged lines: every line of a resource carries the count of all of them. */
function mergedDays(bill: BillTable, lines: Int32Array): number {
  const { mantissas, scale } = bill.decimals(MERGED_COLUMNS.days);
  return lines.reduce((days, line) => Math.max(days, Number((mantissas[line] ?? 0n) / 10n ** BigInt(scale))), 1);
}
