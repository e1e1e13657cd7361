import type { BillTable } from '../bill/bill-table.ts';
import { dayOf } from '../bill/charge-instant.ts';
import { costFacts, usageByResource } from '../bill/cost-facts.ts';
import { formatScaled } from '../bill/decimal-column.ts';
import { MERGED_COLUMNS } from '../bill/merged-columns.ts';
import { costIndex } from '../bill/resource-join.ts';
import { dailyHistory, lastDayOf } from '../budget/daily-history.ts';
import type { Decision } from '../model/decision.ts';
import { RESOURCE_TYPES, type ResourceRef } from '../model/resource.ts';
import { DAYS_PER_MONTH, Decimal, sum } from '../money.ts';

/** Days looked at before a decision, and of the end of the bill, at most. */
const WINDOW_DAYS = 30;

/** Fewer days than this say nothing of a month. Source: our own choice, a week. */
const MIN_DAYS = 7;

/** What accepted findings on one resource claimed, and what the bill shows since; USD a month of 30.44 days. */
export interface RealisedSaving {
  readonly claimed: Decimal;
  readonly before: Decimal;
  /** Whether `before` is of this bill, or of the report the finding was accepted in. */
  readonly beforeIsBilled: boolean;
  readonly after: Decimal;
  readonly realised: Decimal;
}

/** Accepted findings on one resource, the first decided first. */
export type Accepted = readonly [Decision, ...Decision[]];

/**
 * Compares what a resource cost before its findings were accepted with what it costs at the end of the bill, both amortised.
 *
 * Before: the 30 days up to the first decision, or the cost the report claimed where the bill has fewer than 7 of them. After:
 * the last 30 complete days before `asOf` that come after the last decision. A day without lines costs nothing, so what was
 * deleted costs nothing. A text says why it cannot be measured.
 */
export function realisedSaving(bill: BillTable, accepted: Accepted, asOf: string): RealisedSaving | string {
  if (bill.has(MERGED_COLUMNS.lines)) return 'the bill is too large to be read by day and resource';
  const history = dailyHistory(bill, { column: 'BilledCost' }, asOf);
  const resource = resourceOf(accepted[0].resource);
  if (history === undefined || resource === undefined) return 'the bill has no complete day';
  if (!bill.dimension('SubAccountId').codeOf.has(resource.account))
    return `the bill has no charge of account ${resource.account}`;
  const days = accepted.map(({ at }) => dayOf(Date.parse(at)));
  const [decided, settled] = [Math.min(...days), Math.max(...days)];
  const last = lastDayOf(history);
  const after = { first: Math.max(settled + 1, last - WINDOW_DAYS + 1, history.firstDay), next: last + 1 };
  if (after.next - after.first < MIN_DAYS) return `the bill has fewer than ${MIN_DAYS} days after it was accepted`;
  const before = { first: Math.max(history.firstDay, decided - WINDOW_DAYS), next: Math.min(decided, last + 1) };
  const beforeIsBilled = before.next - before.first >= MIN_DAYS;
  const costOf = resourceCost(bill, resource);
  const claimed = sum(accepted.map((one) => new Decimal(one.claimed?.effective ?? 0)));
  const stated = Decimal.max(0, ...accepted.map((one) => new Decimal(one.claimed?.cost ?? 0)));
  const amounts = { claimed, before: beforeIsBilled ? costOf(before) : stated, after: costOf(after) };
  return { ...amounts, beforeIsBilled, realised: amounts.before.minus(amounts.after) };
}

/** The resource of a key `account/region/type/id`. */
function resourceOf(key: string): ResourceRef | undefined {
  const [account = '', region = '', kind = '', ...rest] = key.split('/');
  const type = RESOURCE_TYPES.find((one) => one === kind);
  return type === undefined ? undefined : { account, region, type, id: rest.join('/') };
}

interface Days {
  readonly first: number;
  readonly next: number;
}

/** What a resource costs a month by the days of a window. */
function resourceCost(bill: BillTable, resource: ResourceRef): (days: Days) => Decimal {
  const facts = costIndex(costFacts(bill, [])).of(resource);
  const lines = facts === undefined ? [] : (usageByResource(bill).get(facts.resource_id) ?? []);
  const { mantissas, scale } = bill.decimals(facts?.basis ?? 'EffectiveCost');
  const { startMs } = bill.periods();
  return ({ first, next }) => {
    let total = 0n;
    for (const line of lines) {
      const day = dayOf(startMs[line] ?? 0);
      if (day >= first && day < next) total += mantissas[line] ?? 0n;
    }
    return new Decimal(formatScaled(total, scale)).times(DAYS_PER_MONTH).div(next - first);
  };
}
