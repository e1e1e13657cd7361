import type { ResourceType } from '@infrafabric/finops';
import type { JsonObject } from '@infrafabric/protocol';
import type { Draw } from './draw.ts';
import type { WasteKind } from '../truth.ts';

/** The day every estate is judged on, and the end of its metrics. */
export const AS_OF = '2026-11-20';

/** The account of every estate. */
export const ACCOUNT = '210987654321';

/** One line of `metrics.ndjson`. */
export type MetricLine = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, string>;
  readonly stat: string;
  readonly period_seconds: number;
  readonly start: string;
  readonly values: number[];
};

/** A part of an AWS answer: an item of a list under `member`, or an answer of its own with what was asked. */
export interface Piece {
  readonly client: string;
  readonly operation: string;
  readonly member?: string;
  readonly item: JsonObject;
  readonly input?: Readonly<Record<string, string>>;
}

/** Something a resource is charged for, at list price: by the hour, every hour, or by the month. */
export interface Charge {
  readonly service: string;
  readonly what: string;
  readonly usdHour?: number;
  readonly usdMonth?: number;
  /** Share of the hours that a Savings Plan pays. */
  readonly covered?: number;
}

/**
 * What is true about one kind of waste of a resource: USD a month the bill would lose by ending it alone, advice without
 * dollars, waste whose price our table does not have, or a workload about which people would disagree (not scored).
 */
export type Truth = number | 'advice' | 'unpriced' | 'unclear';

/** One resource: what AWS answers about it, what it did, what it is charged for, and what of it is waste. */
export interface Planned {
  readonly type: ResourceType;
  /** As the inventory names it. */
  readonly id: string;
  readonly region: string;
  /** What the machine did, in a word: printed with every miss. */
  readonly workload: string;
  readonly pieces: readonly Piece[];
  readonly lines: readonly MetricLine[];
  /** ResourceId of its lines of the bill; default: its id. */
  readonly billedAs?: string;
  readonly charges: readonly Charge[];
  /** Kinds of waste that are not here are not true of the resource. */
  readonly waste: Readonly<Partial<Record<WasteKind, Truth>>>;
  /** USD a month the best plan for the resource as a whole saves on the bill; absent: not known, not scored. */
  readonly best?: number;
  /** USD a month more that a smaller machine of another processor would save: two changes at once. */
  readonly rebuilt?: number;
  /** USD a month more that a plan would save which nobody can choose before the memory is measured. */
  readonly unmeasured?: number;
  /** Whether it would do its work as something else: a finding that names what would not is wrong, waste or no waste. */
  readonly mayBecome?: (name: string) => boolean;
}

/** What every maker of resources is given. */
export interface Site {
  readonly draw: Draw;
  /** Names the resource: seed, estate, kind and number. */
  readonly name: string;
  readonly region: string;
  readonly terms: Terms;
}

/** What the customer agreed with AWS. */
export interface Terms {
  /** Share taken off every list price (an Enterprise Discount Program). */
  readonly discount: number;
  /** Share of machines whose hours a Savings Plan covers, wholly or in part. */
  readonly covered: number;
}

/** An instant so many days before the estate is judged, as the reason of a state transition prints it. */
export const daysAgoGmt = (days: number): string =>
  `${new Date(Date.parse(`${AS_OF}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')} GMT`;
