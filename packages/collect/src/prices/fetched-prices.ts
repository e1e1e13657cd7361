import type { PriceEntry } from '@infrafabric/finops';
import { type NormalisedPrices, entriesOf } from './normalise.ts';

/** What was read: a part that failed is named, the others are complete. */
export interface FetchedPrices extends NormalisedPrices {
  readonly failed: readonly PriceFailure[];
  readonly calls: number;
  /** Questions the cache answered. */
  readonly cacheHits: number;
}

/** A service of a region without an answer, and what to do about it. */
export interface PriceFailure {
  readonly service: string;
  readonly region: string;
  readonly error_code: string;
  readonly fix: string;
}

/** The parts of one update as one. */
export function togetherPrices(parts: readonly FetchedPrices[]): FetchedPrices {
  const points = parts.flatMap(({ entries }) =>
    Object.entries(entries).map(([key, entry]: [string, PriceEntry]) => ({ key, entry })),
  );
  const all = entriesOf(points);
  return {
    entries: all.entries,
    conflicts: [...new Set([...all.conflicts, ...parts.flatMap(({ conflicts }) => conflicts)])].toSorted(),
    unlisted: parts.reduce((sum, { unlisted }) => sum + unlisted, 0),
    failed: parts.flatMap(({ failed }) => failed),
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
    cacheHits: parts.reduce((sum, { cacheHits }) => sum + cacheHits, 0),
  };
}
