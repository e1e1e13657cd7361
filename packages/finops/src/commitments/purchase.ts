import { DAYS_PER_MONTH, Decimal } from '../money.ts';
import { type Hours, bestCommitment, outcomeOf, type Outcome } from './best-commitment.ts';
import { isBound, type Terms } from './terms.ts';
import { byHour, type CommitmentUsage, type HourlyUsage, NANO } from './usage.ts';
import { setOf } from './what-runs.ts';

/** What one purchase is for. */
export interface Scope extends Omit<Terms, 'set'> {
  /** On-demand keys of what it covers, each with a rate. */
  readonly keys: readonly string[];
  /** Resource ids of the bill that other advice changes, in the whole set. */
  readonly touched: readonly string[];
}

/** What other advice takes away, USD a month of the bill: from the touched resources, and from commitments that then cover something else. */
export interface TakenAway {
  readonly cash: Decimal;
  readonly freed: Decimal;
}

/** The best purchase for a scope, USD a month unless said otherwise. */
export interface Purchase {
  /** USD an hour of a Savings Plan, or how many reservations. */
  readonly commitment: Decimal;
  /** On-demand cost that could be covered once other advice is followed. */
  readonly left: Decimal;
  readonly covered: Decimal;
  readonly cost: Decimal;
  readonly saving: Decimal;
  readonly savingAtLessUse: Decimal;
  readonly utilisationPercent: Decimal;
  /** The month in which the whole cost of the term is earned; beyond the term when it never is. */
  readonly breakEvenMonth: Decimal;
}

/** Hours of the month a bill is scaled to. */
const HOURS_PER_BILL_MONTH = DAYS_PER_MONTH.times(24);

/** Usage that remains when a fifth of it goes away, per mille. */
const FEWER = 800n;

/** A Savings Plan is bought in thousandths of a dollar an hour, so that a person can read it (AWS takes five places); reservations one by one. */
const STEPS = { plan: NANO / 1000n, reservation: NANO } as const;

/** Billionths lost to the rounding of hourly amounts: a demand that close to a whole step counts as whole. */
const ROUNDING = 10n;

/**
 * The purchase for a scope that saves the most on what other advice leaves; `rates` are hourly, in the order of `keys`.
 *
 * Never commits to more than what remains. A plan that follows any usage covers what is left of touched resources; one that is bound to a family or a
 * price leaves them out. What a commitment that is freed then covers is taken from everything of the set alike.
 */
export function purchaseFor(
  usage: CommitmentUsage,
  scope: Scope,
  rates: readonly Decimal[],
  away: TakenAway,
): Purchase {
  const all = byHour(usage, scope.keys, new Set(scope.touched));
  const left = leftOf({ usage, scope, all }, away);
  const hours = hoursOf(all, left, { rates, isReservation: scope.plan === 'reservation', count: usage.hours });
  const step = scope.plan === 'reservation' ? STEPS.reservation : STEPS.plan;
  const commitment = ((bestCommitment(hours) + ROUNDING) / step) * step;
  const outcome = outcomeOf(hours, commitment);
  const monthly = (amount: bigint): Decimal => usd(amount).times(HOURS_PER_BILL_MONTH).div(usage.hours);
  const saved = ({ covered, paid }: Outcome): Decimal => monthly(covered - paid);
  const committed = commitment * BigInt(usage.hours);
  const months = scope.years * 12;
  return {
    commitment: usd(commitment),
    left: monthly(hours.demand.flat().reduce((sum, { cost }) => sum + cost, 0n)),
    covered: monthly(outcome.covered),
    cost: monthly(outcome.paid),
    saving: saved(outcome),
    savingAtLessUse: saved(outcomeOf(hours, commitment, FEWER)),
    utilisationPercent: committed === 0n ? new Decimal(0) : usd(outcome.used).times(100).div(usd(committed)),
    breakEvenMonth:
      outcome.covered === 0n
        ? new Decimal(months + 1)
        : usd(outcome.paid).times(months).div(usd(outcome.covered)).ceil(),
  };
}

const usd = (amount: bigint): Decimal => new Decimal(amount.toString()).div(NANO.toString());

/** What is left of touched resources and of everything, per billion. */
interface Left {
  readonly touched: bigint;
  readonly all: bigint;
}

function leftOf(
  {
    usage,
    scope,
    all,
  }: { readonly usage: CommitmentUsage; readonly scope: Scope; readonly all: readonly HourlyUsage[] },
  away: TakenAway,
): Left {
  const monthly = (of: readonly HourlyUsage[], part: 'cost' | 'touchedCost'): Decimal =>
    usd(total(of.flatMap((one) => one[part])))
      .times(HOURS_PER_BILL_MONTH)
      .div(usage.hours);
  const set = setOf(scope.keys[0] ?? '');
  const setKeys = [...new Set(usage.items.map((item) => item.key))].filter((key) => setOf(key) === set);
  const whole = byHour(usage, setKeys, new Set(scope.touched));
  const [open, touchedOfSet, touched] = [
    monthly(whole, 'cost'),
    monthly(whole, 'touchedCost'),
    monthly(all, 'touchedCost'),
  ];
  const keys = new Set(scope.keys);
  const isNamed = usage.items.some((item) => keys.has(item.key) && item.resource_id !== undefined);
  if (isBound(scope.plan) && isNamed) return { touched: 0n, all: share(away.freed, open) };
  const gone = Decimal.min(away.cash, touched);
  const elsewhere = touched.isZero() ? away.cash.plus(away.freed) : away.freed;
  return { touched: share(gone, touched), all: share(elsewhere, open.plus(touchedOfSet).minus(gone)) };
}

/** What is left of a whole once a part is gone, per billion, rounded down. */
function share(part: Decimal, whole: Decimal): bigint {
  if (!whole.greaterThan(0)) return NANO;
  const left = Decimal.max(0, Decimal.min(1, new Decimal(1).minus(part.div(whole))));
  return BigInt(left.times(NANO.toString()).toFixed(0, Decimal.ROUND_DOWN));
}

interface Rated {
  readonly rates: readonly Decimal[];
  readonly isReservation: boolean;
  readonly count: number;
}

/** The demand of every hour, the price with the largest discount first, as AWS covers it (Savings Plans user guide, "How Savings Plans apply to your usage", read 2026-11-21). */
function hoursOf(all: readonly HourlyUsage[], left: Left, { rates, isReservation, count }: Rated): Hours {
  const ranked = all
    .map((one, at) => ({ one, rate: nanoOf(rates[at] ?? new Decimal(0)) }))
    .map((priced) => ({ ...priced, discount: discountOf(priced.one, priced.rate) }))
    .toSorted((a, b) => b.discount.comparedTo(a.discount) || (a.one.key < b.one.key ? -1 : 1));
  const demand = Array.from({ length: count }, (_, hour) =>
    ranked.map(({ one, rate }) => {
      const quantity = amountLeft(one.quantity[hour], one.touchedQuantity[hour], left);
      const cost = amountLeft(one.cost[hour], one.touchedCost[hour], left);
      return { takes: isReservation ? quantity : (quantity * rate) / NANO, cost };
    }),
  );
  return { demand, unitCost: isReservation ? (ranked[0]?.rate ?? 0n) : NANO };
}

const amountLeft = (open = 0n, touched = 0n, left: Left): bigint =>
  ((open + (touched * left.touched) / NANO) * left.all) / NANO;

/** On-demand cost for each dollar of rate, over all hours. */
function discountOf({ quantity, cost, touchedQuantity, touchedCost }: HourlyUsage, rate: bigint): Decimal {
  const takes = total([...quantity, ...touchedQuantity]) * rate;
  return takes === 0n ? new Decimal(0) : new Decimal(total([...cost, ...touchedCost]).toString()).div(takes.toString());
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

const nanoOf = (value: Decimal): bigint => BigInt(value.times(NANO.toString()).toFixed(0));
