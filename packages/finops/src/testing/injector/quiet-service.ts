import type { Seeded } from './seeded.ts';

/** Days of an injected bill. */
export const DAYS = 180;

/** One place where a service is used: an account, a region and a usage type, and what it costs by day in USD. */
export interface Leaf {
  readonly service: string;
  readonly account: string;
  readonly region: string;
  readonly usageType: string;
  readonly daily: number[];
}

/** A service as it is without an event: its leaves, and how much it varies from day to day. */
export interface QuietService {
  readonly leaves: Leaf[];
  /** Median absolute deviation of a day of the whole service from its own course, USD. */
  readonly dailyMad: number;
}

/**
 * A service that grows or shrinks slowly, works less at weekends, and varies from day to day, now and then more than usual.
 *
 * Level 10 to 3,000 USD a day; change over the 180 days -10 % to +25 %; weekends at 30 % to 110 %; standard deviation of
 * a day 1.5 % to 8 % of it, one day in twenty 1.8 times that; 1 to 6 leaves.
 */
export function quietService(service: string, random: Seeded): QuietService {
  const level = random.logBetween(10, 3000);
  const growth = random.between(-0.1, 0.25);
  const weekend = random.between(0.3, 1.1);
  const deviation = random.between(0.015, 0.08);
  const parts = partsOf(service, random);
  const noises: number[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const course = level * (1 + (growth * day) / DAYS) * (isWeekend(day) ? weekend : 1);
    let noise = 0;
    for (const { leaf, share } of parts) {
      const wide = random.between(0, 1) < 0.05 ? 1.8 : 1;
      const own = course * share * deviation * Math.sqrt(parts.length) * wide * random.normal();
      noise += own;
      leaf.daily.push(Math.max(0, course * share + own));
    }
    noises.push(Math.abs(noise));
  }
  return { leaves: parts.map(({ leaf }) => leaf), dailyMad: medianOf(noises) };
}

/** The first day of an injected bill, 2026-01-01, is a Thursday. */
export const isWeekend = (day: number): boolean => [2, 3].includes(day % 7);

function partsOf(service: string, random: Seeded): { readonly leaf: Leaf; readonly share: number }[] {
  const accounts = ['111111111111', '222222222222', '333333333333'].slice(0, random.whole(1, 3));
  const types = ['Hours', 'Storage'].slice(0, random.whole(1, 2));
  const leaves = accounts.flatMap((account) =>
    types.map((type): Leaf => {
      const region = random.whole(0, 3) === 0 ? 'eu-west-1' : 'us-east-1';
      return { service, account, region, usageType: `${service}:${type}`, daily: [] };
    }),
  );
  const weights = leaves.map(() => random.between(0.4, 1.6));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return leaves.map((leaf, at) => ({ leaf, share: (weights[at] ?? 0) / whole }));
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
