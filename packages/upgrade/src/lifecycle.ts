import { type JsonObject, isJsonObject } from '@infrafabric/protocol';
import { dayAfter } from './calendar-day.ts';

/** Where a version stands on a day; `PAST_EXTENDED` = past every kind of support, also where no extended support is sold. */
export type Phase = 'STANDARD' | 'EXTENDED_YEAR_1_2' | 'EXTENDED_YEAR_3' | 'PAST_EXTENDED' | 'UNKNOWN';

/** The dates of a life-cycle entry; `standard_end` and `extended_end` are last days, the others are first days. */
export const DATE_FIELDS = [
  'standard_end',
  'extended_billing_start',
  'year3_start',
  'extended_end',
  'block_create',
  'block_update',
] as const;

/** One date of a life-cycle entry. */
export type DateField = (typeof DATE_FIELDS)[number];

/** Where a version stands on a day, by the chosen dates and by every other date a source gives. */
export interface SupportState {
  readonly phase: Phase;
  /** The phase under every combination of the sources' dates, from STANDARD to UNKNOWN; more than one = contested. */
  readonly phases: readonly Phase[];
  /** Whether the extended-support surcharge is charged under every combination. */
  readonly isBilled: boolean;
  /** Last day of the phase by the chosen dates; absent when none is announced or the phase has no end. */
  readonly lastDay?: string;
}

/**
 * The support state of a version on a day.
 *
 * Boundaries: on `standard_end` a version is still STANDARD, on the day after it is not; the same holds for `extended_end`.
 * From `year3_start` (that day included) the year-3 price applies, from `extended_billing_start` (included) the surcharge
 * is charged; where no source names a billing start it is the day after `standard_end`. `standard_end` without a date =
 * no end announced = STANDARD. No source for the end of extended support = UNKNOWN once standard support is over.
 */
export function supportState(entry: JsonObject, asOf: string): SupportState {
  const chosen = chosenDates(entry);
  const phase = phaseOn(entry, chosen, asOf);
  const combinations = combine(entry, CHOICE_FIELDS, {});
  const seen = new Set(combinations.map((dates) => phaseOn(entry, dates, asOf)));
  const lastDay = lastDayOf(phase, chosen);
  return {
    phase,
    phases: PHASE_ORDER.filter((one) => seen.has(one)),
    isBilled: combinations.every((dates) => isBilledOn(entry, dates, asOf)),
    ...(lastDay === undefined ? {} : { lastDay }),
  };
}

/**
 * The phase whose price is charged on a day, or `undefined` when nothing is surely charged.
 *
 * Where sources differ only about the year-3 price it is the lower one: what every source agrees is at least charged.
 */
export function chargedPhase(entry: JsonObject, day: string): 'EXTENDED_YEAR_1_2' | 'EXTENDED_YEAR_3' | undefined {
  const { phases, isBilled } = supportState(entry, day);
  if (!isBilled) return undefined;
  return phases.includes('EXTENDED_YEAR_1_2') ? 'EXTENDED_YEAR_1_2' : 'EXTENDED_YEAR_3';
}

/** Every distinct date the sources give for a field, earliest first; empty when no source gives one. */
export function sourcedDates(entry: JsonObject, field: DateField): readonly string[] {
  return [...new Set(valuesOf(entry, field).filter((date) => typeof date === 'string'))].sort();
}

/** The chosen date of a field (newest source; of equally new ones the earlier date), or `undefined` when there is none. */
export function chosenDate(entry: JsonObject, field: DateField): string | undefined {
  const stated = entry[field];
  const date = isJsonObject(stated) ? stated['date'] : undefined;
  return typeof date === 'string' ? date : undefined;
}

/** How many independent sources give the chosen date of a field. */
export function agreeingSources(entry: JsonObject, field: DateField): number {
  const chosen = chosenDate(entry, field) ?? null;
  return valuesOf(entry, field).filter((date) => date === chosen).length;
}

const PHASE_ORDER: readonly Phase[] = ['STANDARD', 'EXTENDED_YEAR_1_2', 'EXTENDED_YEAR_3', 'PAST_EXTENDED', 'UNKNOWN'];

/** The fields a phase follows from. */
const CHOICE_FIELDS = ['standard_end', 'extended_billing_start', 'year3_start', 'extended_end'] as const;

/** A date; `null` = a source says there is none (no end announced, no year-3 price, support is over); absent = no source. */
type Dates = Partial<Record<DateField, string | null>>;

function phaseOn(entry: JsonObject, dates: Dates, day: string): Phase {
  if (dates.standard_end === undefined) return 'UNKNOWN';
  if (dates.standard_end === null || day <= dates.standard_end) return 'STANDARD';
  if (entry['extended_support'] === 'NONE' || dates.extended_end === null) return 'PAST_EXTENDED';
  if (dates.extended_end === undefined) return 'UNKNOWN';
  if (day > dates.extended_end) return 'PAST_EXTENDED';
  const isYear3 = typeof dates.year3_start === 'string' && day >= dates.year3_start;
  return isYear3 ? 'EXTENDED_YEAR_3' : 'EXTENDED_YEAR_1_2';
}

function isBilledOn(entry: JsonObject, dates: Dates, day: string): boolean {
  const phase = phaseOn(entry, dates, day);
  if (phase !== 'EXTENDED_YEAR_1_2' && phase !== 'EXTENDED_YEAR_3') return false;
  const start = dates.extended_billing_start ?? (dates.standard_end ? dayAfter(dates.standard_end) : undefined);
  return start !== undefined && day >= start;
}

function lastDayOf(phase: Phase, dates: Dates): string | undefined {
  if (phase === 'STANDARD') return dates.standard_end ?? undefined;
  return phase === 'EXTENDED_YEAR_1_2' || phase === 'EXTENDED_YEAR_3' ? (dates.extended_end ?? undefined) : undefined;
}

function chosenDates(entry: JsonObject): Dates {
  const dates: Dates = {};
  for (const field of CHOICE_FIELDS) {
    const stated = entry[field];
    if (isJsonObject(stated)) dates[field] = chosenDate(entry, field) ?? null;
  }
  return dates;
}

function combine(entry: JsonObject, fields: readonly DateField[], dates: Dates): Dates[] {
  const [field, ...rest] = fields;
  if (field === undefined) return [dates];
  const values = [...new Set(valuesOf(entry, field))];
  if (values.length === 0) return combine(entry, rest, dates);
  return values.flatMap((value) => combine(entry, rest, { ...dates, [field]: value }));
}

function valuesOf(entry: JsonObject, field: DateField): (string | null)[] {
  const stated = entry[field];
  const values = isJsonObject(stated) && Array.isArray(stated['values']) ? stated['values'] : [];
  return values.filter(isJsonObject).map((one) => (typeof one['date'] === 'string' ? one['date'] : null));
}
