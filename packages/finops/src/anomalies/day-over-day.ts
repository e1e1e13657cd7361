import type { DailySeries } from './find-events.ts';

/** What the plain rule calls an anomaly: a change of more than this share from one day to the next. */
export const DAY_OVER_DAY_SHARE = 0.2;

/** The days (since the epoch) that differ from the day before by more than 20 % of it; a day after nothing always does. */
export function dayOverDay({
  firstDay,
  values,
}: DailySeries): { readonly day: number; readonly direction: 'up' | 'down' }[] {
  return values.flatMap((value, at) => {
    const before = values[at - 1];
    if (before === undefined || Math.abs(value - before) <= DAY_OVER_DAY_SHARE * Math.abs(before)) return [];
    return [{ day: firstDay + at, direction: value > before ? ('up' as const) : ('down' as const) }];
  });
}
