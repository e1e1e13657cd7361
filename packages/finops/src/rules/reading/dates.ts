const DAY_MS = 86_400_000;

/** Whole days from an ISO 8601 instant to the start of the day `asOf` (YYYY-MM-DD, UTC); NaN when it is not a date. */
export function daysBefore(asOf: string, instant: string): number {
  return Math.floor((Date.parse(`${asOf}T00:00:00Z`) - Date.parse(instant)) / DAY_MS);
}
