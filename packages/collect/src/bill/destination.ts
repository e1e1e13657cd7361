import type { EvidenceSink } from '../estate/read-estate.ts';

/** Where what travels of a bill goes, and the rates its currencies have; without a list currencies are not looked at. */
export interface Destination {
  readonly sink: EvidenceSink;
  readonly rates: readonly string[] | undefined;
  /** How many merged lines each part of a large bill may have; `MERGED_LIMITS.lines` by default. */
  readonly maxLines?: number;
}
