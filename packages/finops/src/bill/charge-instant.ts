/** Milliseconds of a day in UTC. */
export const DAY_MS = 86_400_000;

/** The span of dates a bill may hold; outside it a date is a defect (1970 and 9999 are common ones). */
export const BILL_DATE_RANGE = { from: '2000-01-01', to: '2100-01-01' } as const;

const FROM_MS = Date.parse(BILL_DATE_RANGE.from);
const TO_MS = Date.parse(BILL_DATE_RANGE.to);

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z| ?UTC|\+00:?00)?)?$/;

/**
 * Reads a date of a bill as milliseconds since the epoch, fractions of a second dropped.
 *
 * FOCUS 1.0 "Date/Time Format" is ISO 8601 in UTC, `YYYY-MM-DDTHH:mm:ssZ`; a space for the `T`, a missing `Z` (UTC is meant)
 * and a bare date are read too. `undefined` for anything else, for days that do not exist and outside {@link BILL_DATE_RANGE}.
 */
export function parseBillInstant(text: string): number | undefined {
  const match = INSTANT.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const ms = Date.parse(iso);
  const exists = !Number.isNaN(ms) && new Date(ms).toISOString() === iso.replace('Z', '.000Z');
  return exists && ms >= FROM_MS && ms < TO_MS ? ms : undefined;
}

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/;

/** Which number of `4/1/25` is the month. */
export type SlashOrder = 'month-first' | 'day-first';

/**
 * Reads a date as spreadsheets write it, `4/1/25` or `4/1/2025`, at midnight UTC; two digits of a year are of this century.
 *
 * Which number is the month cannot be seen in one date: see `slashOrder`. `undefined` as in {@link parseBillInstant}.
 */
export function parseSlashedDate(text: string, order: SlashOrder): number | undefined {
  const match = SLASHED.exec(text.trim());
  if (match === null) return undefined;
  const [, first = '', second = '', year = ''] = match;
  const [month, day] = order === 'month-first' ? [first, second] : [second, first];
  return parseBillInstant(`${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** Whether an instant is midnight (UTC) of the first day of a month. */
export const isMonthStart = (ms: number): boolean => ms % DAY_MS === 0 && dayOfMonth(dayOf(ms)) === 1;

/** The days since the epoch of an instant, in UTC. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/** A day since the epoch as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day of a month, from 1, of a day since the epoch. */
export const dayOfMonth = (day: number): number => new Date(day * DAY_MS).getUTCDate();

/** The month that holds a day: its first day and the first day of the next one, as days since the epoch. */
export function monthOf(day: number): { readonly first: number; readonly next: number } {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { first: dayOf(Date.UTC(year, month, 1)), next: dayOf(Date.UTC(year, month + 1, 1)) };
}
