import type { InputFile } from '@infrafabric/finops';
import type { EvidenceSink } from '../estate/read-estate.ts';
import type { BillCoverage, LineMemory } from './line-watch.ts';

/** Where what travels of a bill goes, and the rates its currencies have; without a list currencies are not looked at. */
export interface Destination {
  readonly sink: EvidenceSink;
  readonly rates: readonly string[] | undefined;
  /** Every line of text that this reading has met. */
  readonly memory: LineMemory;
  /** How many merged lines each part of a large bill may have; `MERGED_LIMITS.lines` by default. */
  readonly maxLines?: number;
}

/** One file of a bill, read and stored, and what it is about. */
export interface ReadBill {
  readonly input: InputFile;
  readonly coverage: BillCoverage;
  /** Of a Parquet file: where it is, and its columns. */
  readonly parquet?: { readonly path: string; readonly columns: readonly string[] };
}
