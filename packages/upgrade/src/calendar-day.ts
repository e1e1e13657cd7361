import { UpgradeError } from './errors.ts';

const DAY_MS = 86_400_000;
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Whole days from one calendar day to another, both YYYY-MM-DD (UTC); negative when `to` is earlier.
 *
 * @throws UpgradeError `DATE_MALFORMED` for anything that is not a day of the calendar, such as 2030-02-29.
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayMs(to) - dayMs(from)) / DAY_MS);
}

/** The calendar day after `day`. @throws UpgradeError `DATE_MALFORMED`. */
export function dayAfter(day: string): string {
  return isoDay(dayMs(day) + DAY_MS);
}

function dayMs(day: string): number {
  const ms = CALENDAR_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoDay(ms) !== day) {
    throw new UpgradeError('DATE_MALFORMED', { message: `expected a day such as 2026-11-20, got ${day}` });
  }
  return ms;
}

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
