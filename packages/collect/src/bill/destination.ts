import type { EvidenceSink } from '../estate/read-estate.ts';

/** Where what travels of a bill goes, and the rates its currencies have. */
export interface Destination {
  readonly sink: EvidenceSink;
  readonly rates: readonly string[];
}
