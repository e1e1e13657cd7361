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
  | 'BILL_OVERLAP'
  | 'DUCKDB_MISSING'
  | 'ACCOUNT_ID_SHAPE'
  | 'CITATION_UNRESOLVED'
  | 'AWS_OPERATION_FORBIDDEN'
  | 'AWS_ACCESS_DENIED'
  | 'AWS_CREDENTIALS'
  | 'AWS_REGION'
  | 'AWS_COST_EXPLORER_NOT_ENABLED'
  | 'AWS_SUPPORT_PLAN_REQUIRED'
  | 'DATE_RANGE_INVALID'
  | 'AWS_REQUEST_REFUSED'
  | 'AWS_THROTTLED'
  | 'AWS_UNAVAILABLE'
  | 'AWS_BUDGET_REACHED'
  | 'CACHE_UNREACHABLE';

/**
 * An input that cannot be used, a citation that points at nothing, or an account that cannot be read.
 *
 * `where` names the file (relative), then the byte offset, line or row; it never holds an absolute path or a value of the input.
 */
export class CollectError extends InfraFabricError<CollectCode> {
  get retry(): 'never' | 'later' {
    return this.code === 'AWS_THROTTLED' || this.code === 'AWS_UNAVAILABLE' ? 'later' : 'never';
  }

  get kind(): ErrorKind {
    return KINDS[this.code] ?? (this.code.startsWith('AWS_') ? 'environment' : 'input');
  }
}

/** Who has to act, where the code's first word does not say it: `AWS_` is the environment, anything else an input. */
const KINDS: Readonly<Partial<Record<CollectCode, ErrorKind>>> = {
  CITATION_UNRESOLVED: 'verification',
  AWS_OPERATION_FORBIDDEN: 'bug',
  AWS_BUDGET_REACHED: 'budget',
  DATE_RANGE_INVALID: 'usage',
  RATE_SHAPE: 'usage',
  DUCKDB_MISSING: 'environment',
  CACHE_UNREACHABLE: 'environment',
};
