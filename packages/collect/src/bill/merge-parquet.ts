import type { InputFile } from '@infrafabric/finops';
import type { Database } from '../duckdb.ts';
import { CollectError } from '../errors.ts';
import type { ParquetShape } from '../parquet.ts';
import type { BillFile } from './bill-file.ts';
import type { Destination } from './destination.ts';

/** Not yet. */
export function mergeParquet(
  file: BillFile,
  _open: { readonly database: Database; readonly shape: ParquetShape },
  _to: Destination,
): Promise<InputFile> {
  return Promise.reject(
    new CollectError('INPUT_TOO_LARGE', { message: 'expected at most 67108864 bytes, got more', where: file.name }),
  );
}
