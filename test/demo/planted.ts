import { type Fraction, add, cents, divide, fixed, fraction, least, multiply, subtract } from './fraction.ts';
import type { Planted } from './sample.ts';

/*
 * The hand arithmetic of planted.json, by the method the product states: list prices are taken over 730 hours a month, the
 * bill over 30.44 days; amounts are rounded half-even to cents where they become a figure.
 */

/** Hours of a month of list price: AWS Pricing Calculator. */
const LIST_HOURS = fraction(730);

/** Hours of a month of bill: 30.44 days of 24 hours. */
const BILL_HOURS = fraction('730.56');

/**
 * What a month of the bill says of a monthly price: the bill has 31 days of October at 1/31 and 19 of November at 1/30 of
 * it, fifty days in all, scaled to 30.44.
 */
const BILLED_SHARE_OF_MONTH = multiply(
  add(fraction(1), divide(fraction(19), fraction(30))),
  divide(fraction('30.44'), fraction(50)),
);

/** USD a month at list price of something priced by the hour. */
export const listMonth = (usdAnHour: Fraction): Fraction => cents(multiply(usdAnHour, LIST_HOURS));

/** USD a month the bill shows for something charged by the hour, every hour. */
export const billedHours = (usdAnHour: Fraction): Fraction => multiply(usdAnHour, BILL_HOURS);

/** USD a month the bill shows for something charged by the month. */
export const billedMonths = (usdAMonth: Fraction): Fraction => multiply(usdAMonth, BILLED_SHARE_OF_MONTH);

/** A saving of a resource: at list price, of which list cost, and what the bill shows for the resource. */
export interface Situation {
  readonly listSaving: Fraction;
  readonly listCost: Fraction;
  readonly billed: Fraction;
}

/**
 * What a list saving is worth on the bill: the same share of what was really paid. Charges the list cost does not stand for,
 * such as the storage of a database, do not make it larger: a month of bill has 730.56 hours, not more.
 */
export const onBill = ({ listSaving, listCost, billed }: Situation): Fraction =>
  cents(
    least(
      billed,
      divide(multiply(billed, cents(listSaving)), cents(listCost)),
      divide(multiply(cents(listSaving), BILL_HOURS), LIST_HOURS),
    ),
  );

/** What deleting something saves that is charged by the hour. */
export function deleted(usdAnHour: Fraction): Fraction {
  const list = listMonth(usdAnHour);
  return onBill({ listSaving: list, listCost: list, billed: billedHours(usdAnHour) });
}

/** A finding with dollars. */
export const finding = (resource: string, rule: string, usd: Fraction): Planted => ({
  resource,
  rule,
  usd_month: fixed(usd, 2),
});

/** A finding without dollars. */
export const advice = (resource: string, rule: string): Planted => ({ resource, rule, usd_month: null });

/** The findings on one resource that overlap, in the order in which the work is done. */
export interface Step {
  /** Rules that exclude each other and what each would save alone; the largest counts, the others add nothing. */
  readonly options: readonly (readonly [rule: string, usd: Fraction])[];
}

/** Each step saves its share of what the steps before it left of the resource's cost. */
export function waterfall(resource: string, cost: Fraction, steps: readonly Step[]): Planted[] {
  const cap = cents(cost);
  let left = cap;
  return steps.flatMap(({ options }) => {
    const [best] = options;
    if (best === undefined) return [];
    const largest = options.reduce((a, b) => (subtract(b[1], a[1]).over > 0n ? b : a), best);
    const net = cents(divide(multiply(left, largest[1]), cap));
    left = subtract(left, net);
    return options.map((one) => finding(resource, one[0], one === largest ? net : fraction(0)));
  });
}
