import { isJsonObject, type JsonValue } from '@infrafabric/protocol';

/** The numbers a detector of cost anomalies works by. The same ones for every series. */
export interface DetectorSettings {
  /** Runs of how many days are judged, each by its mean: the last day, and the last few. */
  readonly runDays: readonly number[];
  /** A run stands out when its mean is this many robust standard deviations of such a mean from what was expected. */
  readonly scoreThreshold: number;
  /** And further from it than any run of its length before, by this share of the range of all of them. */
  readonly rangeMargin: number;
  /** What only shows below a service stands out there by this many robust standard deviations of the service. */
  readonly partThreshold: number;
  /** The least a standard deviation is taken for, as a share of the level of the series. */
  readonly deviationFloorShare: number;
  /** The least a standard deviation is taken for, in units of the series (USD). */
  readonly deviationFloor: number;
  /** Days of a series before the first that is judged. */
  readonly minHistoryDays: number;
  /** Days that say what is usual. */
  readonly historyDays: number;
  /** Days that say how high the series is now. */
  readonly levelDays: number;
  /** Days without deviation after which an event is over; deviations closer together are one event. */
  readonly refractoryDays: number;
  /** Days of an event after which what it brought is taken as usual, when most of them deviate, and when some do. */
  readonly adaptDays: number;
  readonly adaptSlowlyDays: number;
}

/**
 * The settings used unless others are given.
 *
 * Thresholds and margin were chosen on generated bills of seeds 1001 to 1025, none of which a score is stated of; they start from
 * 3.5 modified z-scores (Iglewicz and Hoaglin 1993, in NIST/SEMATECH e-Handbook 1.3.5.17), too few for days of cost, whose tails
 * are heavier than normal. 28 and 56 days are whole weeks, enough to see each weekday four and eight times. A week as refractory
 * time joins what happens at each weekend. Floors and days to adapt are choices: less than 1 USD or 1 % of a day is never news.
 */
export const DETECTOR_SETTINGS: DetectorSettings = {
  runDays: [1, 3, 7],
  scoreThreshold: 4.5,
  rangeMargin: 0.75,
  partThreshold: 2.5,
  deviationFloorShare: 0.01,
  deviationFloor: 1,
  minHistoryDays: 28,
  historyDays: 56,
  levelDays: 14,
  refractoryDays: 7,
  adaptDays: 14,
  adaptSlowlyDays: 28,
};

/** The settings used, with the ones given as decimal strings by their names in place of theirs. */
export function detectorSettings(given: JsonValue | undefined): DetectorSettings {
  if (!isJsonObject(given)) return DETECTOR_SETTINGS;
  const threshold = Number(given['score_threshold'] ?? DETECTOR_SETTINGS.scoreThreshold);
  return { ...DETECTOR_SETTINGS, scoreThreshold: threshold };
}
