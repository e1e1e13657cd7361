import { InfraFabricError, type ErrorKind } from '@infrafabric/protocol';

/** What can be wrong with an input, or with a pointer into it. The first word says where: the file, its columns, its values. */
export type CollectCode =
  | 'INPUT_NOT_FOUND'
  | 'INPUT_NOT_REGULAR'
  | 'INPUT_UNREADABLE'
  | 'INPUT_OUTSIDE'
  | 'INPUT_CHANGED'
  | 'INPUT_EMPTY'
  | 'INPUT_NO_ROWS'
  | 'INPUT_FORMAT_UNKNOWN'
  | 'INPUT_ENCODING'
  | 'INPUT_TRUNCATED'
  | 'INPUT_TOO_LARGE'
  | 'INPUT_TOO_DEEP'
  | 'INPUT_TOO_MANY'
  | 'INPUT_LINE_SHAPE'
  | 'INPUT_DECOMPRESSED_TOO_LARGE'
  | 'ARCHIVE_UNSAFE'
  | 'ESTATE_EMPTY'
  | 'SCHEMA_COLUMN_MISSING'
  | 'SCHEMA_COLUMN_DUPLICATE'
  | 'CSV_ROW_SHAPE'
  | 'VALUE_NOT_DECIMAL'
  | 'VALUE_DATE_RANGE'
  | 'CURRENCY_MIXED'
  | 'RATE_SHAPE'
  | 'RECONCILIATION_FAILED'
  | 'SNAPSHOT_AMBIGUOUS'
  | 'DUCKDB_MISSING'
  | 'ACCOUNT_ID_SHAPE'
  | 'CITATION_UNRESOLVED';

/**
 * An input that cannot be used, or a citation that points at nothing.
 *
 * `where` names the file (relative), then the byte offset, line or row; it never holds an absolute path or a value of the input.
 */
export class CollectError extends InfraFabricError<CollectCode> {
  readonly retry = 'never';

  get kind(): ErrorKind {
    if (this.code === 'DUCKDB_MISSING') return 'environment';
    return this.code === 'CITATION_UNRESOLVED' ? 'verification' : 'input';
  }
}
