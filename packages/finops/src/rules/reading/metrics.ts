import { type Cited, type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Series } from '../../model/resource.ts';
import type { Subject } from '../../model/rule.ts';
import { Decimal, isCsvTable } from '../../money.ts';
import { type Reading, read, stop, unknown } from './verdicts.ts';

const DAY_SECONDS = 86_400;

/** Look-back of idle and rightsizing rules, days. Source: AWS Compute Optimizer, default look-back 14 days, read 2026-08-21. */
export const LOOK_BACK_DAYS = 14;

/** Share of steps that must have a datum for a metric AWS publishes all the time. Own choice: at most 1.4 of 14 days may be missing. */
const MIN_COVERAGE = 0.9;

/** Days the last datum may lie before the date of judgement: one look-back; older metrics say nothing about today. */
const MAX_AGE_DAYS = 14;

/** One line of a metrics file. */
export const SeriesLine = z.object({
  metric: z.string(),
  stat: z.string(),
  period_seconds: z.int().positive(),
  start: z.string(),
  values: z.array(z.number().nullable()),
});
/** One line of a metrics file as derivations read it. */
export type SeriesLine = z.infer<typeof SeriesLine>;

/** Which metric a rule wants. */
export interface MetricSpec {
  readonly namespace: string;
  readonly metric: string;
  /** Statistics that will do, best first. */
  readonly stats: readonly string[];
  readonly minDays?: number;
  /** AWS publishes no datum when nothing happens: gaps are zeros, only the span counts. */
  readonly sparse?: boolean;
  /** Longest step that will do, seconds. */
  readonly maxPeriodSeconds?: number;
  /** Names of the dimensions a series must have, when it may have more than one; default: exactly one dimension. */
  readonly dimensions?: 'any';
}

/** A metric over a window long enough to judge: its lines, oldest first, and the statistic found. */
export interface MetricWindow {
  readonly series: readonly Series[];
  readonly stat: string;
}

/** Finds a metric that covers its window; else UNKNOWN NO_METRICS or METRICS_INCOMPLETE. */
export function readMetric(subject: Subject, spec: MetricSpec): Reading<MetricWindow> {
  const found = seriesOf(subject, spec);
  const label = `${spec.namespace} ${spec.metric}`;
  if (found.length === 0) {
    return stop(unknown('NO_METRICS', `No ${label} series with statistic ${spec.stats.join(' or ')}.`));
  }
  const minDays = spec.minDays ?? LOOK_BACK_DAYS;
  const span = spanOf(found);
  if (span.days < minDays) {
    return stop(unknown('METRICS_INCOMPLETE', `The ${label} series cover fewer than ${minDays} days.`));
  }
  if (spec.sparse !== true && span.coverage < MIN_COVERAGE) {
    return stop(unknown('METRICS_INCOMPLETE', `The ${label} series have data in fewer than 90 % of their steps.`));
  }
  if (Date.parse(`${subject.asOf}T00:00:00Z`) - span.endMs > MAX_AGE_DAYS * DAY_SECONDS * 1000) {
    return stop(
      unknown(
        'METRICS_INCOMPLETE',
        `The ${label} series end more than ${MAX_AGE_DAYS} days before the date of judgement.`,
      ),
    );
  }
  return read({ series: found, stat: found[0]?.stat ?? '' });
}

function seriesOf(subject: Subject, spec: MetricSpec): readonly Series[] {
  const fitting = subject.series.filter(
    (one) =>
      one.namespace === spec.namespace &&
      one.metric === spec.metric &&
      one.period_seconds <= (spec.maxPeriodSeconds ?? DAY_SECONDS) &&
      (spec.dimensions === 'any' || Object.keys(one.dimensions).length === 1),
  );
  for (const stat of spec.stats) {
    const found = fitting.filter((one) => one.stat === stat);
    if (found.length > 0) return found.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  }
  return [];
}

function spanOf(series: readonly SeriesSpan[]): { days: number; coverage: number; endMs: number } {
  const startMs = Math.min(...series.map((one) => Date.parse(one.start)));
  const endMs = Math.max(...series.map(endOf));
  const data = valuesOf(series).length;
  const step = Math.min(...series.map((one) => one.period_seconds));
  const steps = (endMs - startMs) / 1000 / step;
  return { days: (endMs - startMs) / 1000 / DAY_SECONDS, coverage: data / steps, endMs };
}

/** The part of a series that says when and how much. */
type SeriesSpan = Pick<Series, 'start' | 'period_seconds' | 'values'>;

const endOf = (one: SeriesSpan): number => Date.parse(one.start) + one.values.length * one.period_seconds * 1000;

/** A datum: start of its step and value. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** The data of series in time order, gaps left out; where two lines speak about one step the larger value counts. */
export function pointsOf(series: readonly SeriesSpan[]): readonly Point[] {
  const [only, second] = series;
  if (only !== undefined && second === undefined) return stepsOf(only);
  const byTime = new Map<number, number>();
  for (const { atMs, value } of series.flatMap(stepsOf)) byTime.set(atMs, Math.max(value, byTime.get(atMs) ?? value));
  return [...byTime].map(([atMs, value]) => ({ atMs, value })).toSorted((a, b) => a.atMs - b.atMs);
}

function stepsOf({ start, period_seconds, values }: SeriesSpan): Point[] {
  const startMs = Date.parse(start);
  const points: Point[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === 'number') points.push({ atMs: startMs + index * period_seconds * 1000, value });
  }
  return points;
}

/** Reads cited metric lines; throws when there is none or one is not a metric line. */
export function linesOf(cited: readonly Cited[]): readonly SeriesLine[] {
  return cited.length > 0 && cited.every(isKnownLine) ? cited : SeriesLines.parse(cited);
}

const SeriesLines = z.array(SeriesLine).min(1);

/** Lines found to be ones, by the object itself: several figures cite each. */
const KNOWN_LINES = new WeakSet<object>();

function isKnownLine(cited: Cited): cited is SeriesLine & JsonObject {
  if (typeof cited !== 'object' || cited === null) return false;
  if (KNOWN_LINES.has(cited)) return true;
  const isKnown = isLine(cited);
  if (isKnown) KNOWN_LINES.add(cited);
  return isKnown;
}

/** The same question as the schema's, which takes 30 times as long over hundreds of values. */
function isLine(cited: Cited): cited is SeriesLine & JsonObject {
  if (isCsvTable(cited) || !isJsonObject(cited)) return false;
  const { metric, stat, period_seconds: period, start, values } = cited;
  const isNamed = typeof metric === 'string' && typeof stat === 'string' && typeof start === 'string';
  const isSpaced = typeof period === 'number' && Number.isSafeInteger(period) && period > 0;
  return isNamed && isSpaced && Array.isArray(values) && values.every(isDatum);
}

const isDatum = (value: JsonValue): boolean => value === null || (typeof value === 'number' && Number.isFinite(value));

/** The values of the data of series in time order, gaps left out; where two lines speak about one step the larger counts. */
export function valuesOf(series: readonly SeriesSpan[]): readonly number[] {
  const [only, second] = series;
  if (only === undefined || second !== undefined) return pointsOf(series).map((point) => point.value);
  return hasNoGap(only.values) ? only.values : only.values.filter((value) => value !== null);
}

const hasNoGap = (values: readonly (number | null)[]): values is readonly number[] => !values.includes(null);

/** The values of the data of each UTC day; steps two lines of a group share count once. */
export function valuesByDay(groups: readonly (readonly SeriesSpan[])[]): readonly (readonly number[])[] {
  const days = new Map<number, number[]>();
  for (const group of groups) {
    const [only, second] = group;
    if (only !== undefined && second === undefined) addSteps(only, days);
    else for (const { atMs, value } of pointsOf(group)) dayOf(atMs, days).push(value);
  }
  return [...days.values()];
}

function addSteps({ start, period_seconds, values }: SeriesSpan, days: Map<number, number[]>): void {
  const startMs = Date.parse(start);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'number') dayOf(startMs + index * period_seconds * 1000, days).push(value);
  }
}

function dayOf(atMs: number, days: Map<number, number[]>): number[] {
  const day = Math.floor(atMs / (DAY_SECONDS * 1000));
  const known = days.get(day) ?? [];
  if (known.length === 0) days.set(day, known);
  return known;
}

/** Days from the first step of the lines to the end of the last. */
export function daysOf(lines: readonly SeriesLine[]): Decimal {
  const startMs = Math.min(...lines.map((one) => Date.parse(one.start)));
  return new Decimal(Math.max(...lines.map(endOf)) - startMs).div(DAY_SECONDS * 1000);
}
