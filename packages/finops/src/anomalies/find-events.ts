import { type Baseline, type DayValue, fitBaseline, seenDay, type SeenDay } from './baseline.ts';
import type { DetectorSettings } from './detector-settings.ts';
import { isOutside } from './range-vote.ts';

/** The values of consecutive days. */
export interface DailySeries {
  /** Days since the epoch. */
  readonly firstDay: number;
  readonly values: readonly number[];
}

/** Days of a series that are one deviation from what was expected. */
export interface SeriesEvent {
  readonly first: number;
  readonly last: number;
  readonly direction: 'up' | 'down';
  /** The largest distance of a day from what was expected, in robust standard deviations. */
  readonly score: number;
  /** The largest distance of a day from what was expected, in units of the series. */
  readonly distance: number;
  readonly actual: number;
  readonly expected: number;
  /** Whether it lasted until what it brought was taken as usual. */
  readonly stays: boolean;
  /** Whether the last judged day is part of it. */
  readonly open: boolean;
}

/**
 * Finds what happened to a series, each day judged by the days before it alone.
 *
 * An event begins on a day that two votes agree on: it is `scoreThreshold` deviations or more from the seasonal baseline, and
 * further from it, as a share of the level, than any day of the history was. It goes on while days deviate the same way.
 */
export function findEvents(series: DailySeries, settings: DetectorSettings): readonly SeriesEvent[] {
  return watched(series, settings).events;
}

/** What a day of a series is expected to be by the days before `day` alone. */
export function baselineBefore(series: DailySeries, day: number, settings: DetectorSettings): Baseline {
  const { baselines } = watched(series, settings);
  const at = Math.min(Math.max(0, day - series.firstDay), baselines.length - 1);
  return baselines[at] ?? fitBaseline([], [], settings);
}

/** The smallest deviation a day of a series was judged by. */
export function leastDeviation(series: DailySeries, settings: DetectorSettings): number {
  const { baselines } = watched(series, settings);
  return baselines
    .slice(settings.minHistoryDays)
    .reduce((least, { deviation }) => Math.min(least, deviation), Number.POSITIVE_INFINITY);
}

interface Watched {
  readonly events: readonly SeriesEvent[];
  /** By day of the series, before it was seen, and one after the last. */
  readonly baselines: readonly Baseline[];
}

const WATCHED = new WeakMap<DailySeries, { readonly settings: DetectorSettings; readonly watched: Watched }>();

function watched(series: DailySeries, settings: DetectorSettings): Watched {
  const known = WATCHED.get(series);
  if (known?.settings === settings) return known.watched;
  const watch = new Watch(settings);
  const baselines = series.values.map((value, at) => {
    const before = watch.baseline();
    watch.see({ day: series.firstDay + at, value });
    return before;
  });
  const found = { baselines: [...baselines, watch.baseline()], events: watch.end() };
  WATCHED.set(series, { settings, watched: found });
  return found;
}

/** An event that goes on: `days` are all its days so far, `hits` those that deviate. */
interface Going {
  readonly baseline: Baseline;
  readonly sign: 1 | -1;
  readonly days: DayValue[];
  readonly hits: DayValue[];
  score: number;
}

class Watch {
  readonly #settings: DetectorSettings;
  readonly #events: SeriesEvent[] = [];
  #history: SeenDay[] = [];
  #errors: number[] = [];
  #going: Going | undefined;
  #fitted: Baseline | undefined;

  constructor(settings: DetectorSettings) {
    this.#settings = settings;
  }

  /** What the next day is expected to be; while an event goes on, what it was before. */
  baseline(): Baseline {
    if (this.#going !== undefined) return this.#going.baseline;
    this.#fitted ??= fitBaseline(this.#history, this.#errors, this.#settings);
    return this.#fitted;
  }

  see(at: DayValue): void {
    if (this.#going !== undefined) this.#goOn(at, this.#going);
    else if (this.#history.length < this.#settings.minHistoryDays) this.#learn(at);
    else this.#judge(at);
  }

  end(): SeriesEvent[] {
    if (this.#going !== undefined) this.#close(this.#going, { stays: false, isLast: true });
    return this.#events;
  }

  /** The first days: nothing is judged, and how far they are from each other says how far days are. */
  #learn(at: DayValue): void {
    this.#history.push(seenDay(this.#history, at));
    this.#fitted = undefined;
    if (this.#history.length < this.#settings.minHistoryDays) return;
    const { expected, level } = fitBaseline(this.#history, [], this.#settings);
    const n = this.#history.length;
    const widen = Math.sqrt((n + FITTED) / (n - FITTED));
    this.#errors = this.#history.map(({ day, value }) => ((value - expected(day)) / level) * widen);
  }

  #judge(at: DayValue): void {
    const baseline = this.baseline();
    const run = this.#runOf(at, baseline);
    this.#remember(at, baseline);
    if (run !== undefined) this.#going = this.#begin(run);
  }

  /** The shortest run that ends with a day and stands out by both votes. */
  #runOf(at: DayValue, baseline: Baseline): { readonly days: number; readonly sign: 1 | -1 } | undefined {
    const { runDays, scoreThreshold, refractoryDays, rangeMargin } = this.#settings;
    const deviation = baseline.deviation / baseline.level;
    for (const days of runDays) {
      const run = [...this.#errors.slice(this.#errors.length - days + 1), errorOf(at, baseline)];
      const mean = run.reduce((sum, error) => sum + error, 0) / days;
      if (Math.abs(mean) < scoreThreshold * deviation * this.#widthOf(days)) continue;
      const before = runMeans(this.#errors.slice(0, -refractoryDays), days);
      if (isOutside(mean, before, rangeMargin)) return { days, sign: mean > 0 ? 1 : -1 };
    }
    return undefined;
  }

  /** One standard deviation of the mean of a run, in those of a day: of its days, and of the median they are compared with. */
  #widthOf(days: number): number {
    return Math.sqrt(1 / days + Math.PI / 2 / this.#settings.levelDays);
  }

  /** Takes the days of a run out of what is remembered, so that what was expected of them is what was before. */
  #begin({ days: length, sign }: { readonly days: number; readonly sign: 1 | -1 }): Going {
    const days = this.#history.slice(-length);
    this.#fitted = undefined;
    this.#history = this.#history.slice(0, -length);
    this.#errors = this.#errors.slice(0, -length);
    const baseline = fitBaseline(this.#history, this.#errors, this.#settings);
    const scores = days.map((at) => scoreOf(at, baseline) * sign);
    const largest = Math.max(...scores);
    const hits = days.filter((_, n) => scores[n] === largest || (scores[n] ?? 0) >= this.#settings.scoreThreshold / 2);
    return { baseline, sign, days, hits, score: largest };
  }

  #goOn(at: DayValue, going: Going): void {
    const { refractoryDays, scoreThreshold, adaptDays, adaptSlowlyDays } = this.#settings;
    const { baseline, sign, days, hits } = going;
    const score = scoreOf(at, baseline) * sign;
    if (this.#turns(at, going)) {
      this.#close(going, { stays: false, isLast: false });
      this.#judge(at);
      return;
    }
    days.push(at);
    if (score >= scoreThreshold / 2) {
      hits.push(at);
      going.score = Math.max(going.score, score);
    }
    const quiet = at.day - (hits.at(-1)?.day ?? at.day);
    const mostly = days.length >= adaptDays && hits.length > days.length * MOST;
    if (quiet >= refractoryDays) this.#close(going, { stays: false, isLast: false });
    else if (mostly || days.length >= adaptSlowlyDays) this.#close(going, { stays: true, isLast: false });
  }

  /** Whether a day stands out the other way. */
  #turns(at: DayValue, { baseline, sign }: Going): boolean {
    const error = errorOf(at, baseline);
    const score = scoreOf(at, baseline) * sign;
    return score <= -this.#settings.scoreThreshold && isOutside(error, this.#errors, this.#settings.rangeMargin);
  }

  #close({ baseline, sign, days, hits, score }: Going, how: { stays: boolean; isLast: boolean }): void {
    const [first, last] = [hits[0]?.day ?? 0, hits.at(-1)?.day ?? 0];
    const part = days.filter(({ day }) => day >= first && day <= last);
    this.#events.push({
      first,
      last,
      direction: sign === 1 ? 'up' : 'down',
      score,
      distance: score * baseline.deviation,
      actual: part.reduce((sum, { value }) => sum + value, 0),
      expected: part.reduce((sum, { day }) => sum + baseline.expected(day), 0),
      stays: how.stays,
      open: how.isLast && last === days.at(-1)?.day,
    });
    this.#going = undefined;
    if (how.stays) this.#relearn(days);
    else for (const at of days) this.#remember(at, baseline);
  }

  /** What an event brought is usual now: the days before it say nothing any more. */
  #relearn(days: readonly DayValue[]): void {
    this.#fitted = undefined;
    this.#history = [];
    for (const at of days) this.#history.push(seenDay(this.#history, at));
  }

  #remember(at: DayValue, baseline: Baseline): void {
    const { historyDays } = this.#settings;
    this.#fitted = undefined;
    this.#history = [...this.#history, seenDay(this.#history, at)].slice(-historyDays);
    this.#errors = [...this.#errors, errorOf(at, baseline)].slice(-historyDays);
  }
}

/** What a fit takes from its own days: seven weekdays and a level. Days after them are further from it by this much. */
const FITTED = 8;

/** More than this share of its days deviate: an event is a new level, not something that comes and goes. */
const MOST = 0.7;

/** The means of every run of so many numbers, in order. */
function runMeans(values: readonly number[], length: number): number[] {
  return values.slice(length - 1).map((_, at) => {
    let sum = 0;
    for (let n = at; n < at + length; n += 1) sum += values[n] ?? 0;
    return sum / length;
  });
}

const scoreOf = ({ day, value }: DayValue, baseline: Baseline): number =>
  (value - baseline.expected(day)) / baseline.deviation;

const errorOf = ({ day, value }: DayValue, baseline: Baseline): number =>
  (value - baseline.expected(day)) / baseline.level;
