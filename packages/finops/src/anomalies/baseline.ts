import type { DetectorSettings } from './detector-settings.ts';
import { median, robustDeviation } from './median.ts';

/** A day (since the epoch) and its value. */
export interface DayValue {
  readonly day: number;
  readonly value: number;
}

/** A day that was seen: `share` is its value over the median of the seven days up to it, `undefined` when that is nothing. */
export interface SeenDay extends DayValue {
  readonly share: number | undefined;
}

/** What a series is expected to be from one day on, by the days before it alone. */
export interface Baseline {
  readonly expected: (day: number) => number;
  /** One robust standard deviation of a day from that. */
  readonly deviation: number;
  /** What deviations are compared over: the level, and never nothing. */
  readonly level: number;
}

/**
 * A robust seasonal baseline: the level of the last days times the factor of the weekday.
 *
 * The factor of a weekday is the median share of its days; the level is the median of the last days without their factors.
 * `errors` are how far days before were from what was then expected, as a share of the level then.
 */
export function fitBaseline(
  history: readonly SeenDay[],
  errors: readonly number[],
  settings: DetectorSettings,
): Baseline {
  const factors = weekdayFactors(history);
  const factor = (day: number): number => factors[weekdayOf(day)] ?? 1;
  const plain = history
    .filter(({ day }) => factor(day) > SMALLEST_FACTOR)
    .map(({ day, value }) => ({ day, value: value / factor(day) }));
  const { found, perDay, middle } = levelOf(plain, settings.levelDays);
  const level = Math.max(found, settings.deviationFloor);
  const share = Math.max(robustDeviation(errors), settings.deviationFloorShare);
  return {
    expected: (day) => Math.max(0, found + perDay * Math.min(day - middle, settings.levelDays)) * factor(day),
    deviation: Math.max(share * level, settings.deviationFloor),
    level,
  };
}

/** The level of the last days, the day it is the level of, and how it moves: as it did since the first days of the history. */
function levelOf(plain: readonly DayValue[], days: number): { found: number; perDay: number; middle: number } {
  const middleOf = (part: readonly DayValue[]): DayValue => ({
    day: part[part.length >> 1]?.day ?? 0,
    value: median(part.map(({ value }) => value)),
  });
  const last = middleOf(plain.slice(-days));
  const first = middleOf(plain.slice(0, days));
  const apart = last.day - first.day;
  const perDay = apart < 2 * days ? 0 : (last.value - first.value) / apart;
  return { found: last.value, perDay, middle: last.day };
}

/** A day after others, with its share of the week that ends with it. */
export function seenDay(history: readonly SeenDay[], { day, value }: DayValue): SeenDay {
  const week = median([...history.slice(-6).map((one) => one.value), value]);
  return { day, value, share: history.length < 6 || week <= 0 ? undefined : value / week };
}

/** A weekday that costs less than this share of the level says nothing about the level. */
const SMALLEST_FACTOR = 0.05;

/** Fewer days of one weekday than this have no factor of their own. */
const FEWEST = 3;

const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;

function weekdayFactors(history: readonly SeenDay[]): number[] {
  const shares: number[][] = Array.from({ length: 7 }, () => []);
  for (const { day, share } of history) if (share !== undefined) shares[weekdayOf(day)]?.push(share);
  return shares.map((of) => (of.length < FEWEST ? 1 : median(of)));
}
