/** Amounts a second arithmetic is exact in: billionths, as integers. */
export const NANO = 1_000_000_000n;

/** Usage of one price in equal hours: from which hour of the span, for how many, and its quantity and cost in each, as decimals of nine places. */
export type Run = readonly [from: number, hours: number, quantity: string, cost: string];

/** What ran on demand under one on-demand price key, of one resource where the bill names it. */
export interface UsageItem {
  readonly key: string;
  readonly resource_id?: string;
  readonly runs: readonly Run[];
}

/** What ran on demand that a commitment could have covered, hour by hour. */
export interface CommitmentUsage {
  /** ISO 8601 Z: where hour 0 starts. */
  readonly from: string;
  /** How many hours the span has. */
  readonly hours: number;
  /** The longest charge period read: with days or longer, an hour is taken to be as busy as the others of its period. */
  readonly precision: 'hour' | 'day' | 'longer';
  readonly items: readonly UsageItem[];
}

/** Quantity and cost of one price in every hour, in billionths: of resources that other advice changes, and of all the others. */
export interface HourlyUsage {
  readonly key: string;
  readonly quantity: readonly bigint[];
  readonly cost: readonly bigint[];
  readonly touchedQuantity: readonly bigint[];
  readonly touchedCost: readonly bigint[];
}

/** Adds up usage by price and hour; `touched` are the resource ids of the bill that other advice changes. */
export function byHour(usage: CommitmentUsage, keys: readonly string[], touched: ReadonlySet<string>): HourlyUsage[] {
  const byKey = Map.groupBy(usage.items, (item) => item.key);
  return keys.map((key) => {
    const items = byKey.get(key) ?? [];
    const [changed = [], open = []] = [true, false].map((is) =>
      items.filter(({ resource_id: id }) => (id !== undefined && touched.has(id)) === is),
    );
    return {
      key,
      quantity: added(open, 2, usage.hours),
      cost: added(open, 3, usage.hours),
      touchedQuantity: added(changed, 2, usage.hours),
      touchedCost: added(changed, 3, usage.hours),
    };
  });
}

function added(items: readonly UsageItem[], at: 2 | 3, hours: number): bigint[] {
  const changes = Array.from({ length: hours + 1 }, () => 0n);
  for (const run of items.flatMap((item) => item.runs)) {
    const amount = nano(run[at]);
    changes[run[0]] = (changes[run[0]] ?? 0n) + amount;
    const end = run[0] + run[1];
    changes[end] = (changes[end] ?? 0n) - amount;
  }
  let level = 0n;
  return changes.slice(0, hours).map((change) => (level += change));
}

/** A decimal of at most nine places in billionths. */
export function nano(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  const sign = whole.startsWith('-') ? -1n : 1n;
  return BigInt(whole) * NANO + sign * BigInt(part.slice(0, 9).padEnd(9, '0'));
}
