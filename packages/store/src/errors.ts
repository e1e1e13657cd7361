import { CodedError, type ErrorDetail, type Recourse } from '@infrafabric/protocol';

const CODES = {
  THROTTLED: { kind: 'environment', retry: 'later' },
  UNAVAILABLE: { kind: 'environment', retry: 'later' },
  DISK_FULL: { kind: 'environment', retry: 'later' },
  ACCESS_DENIED: { kind: 'environment', retry: 'never' },
  NOT_FOUND: { kind: 'environment', retry: 'never' },
  STATE_LOST: { kind: 'environment', retry: 'never' },
  CONFLICT: { kind: 'environment', retry: 'never' },
  REJECTED: { kind: 'bug', retry: 'never' },
  TOO_LARGE: { kind: 'input', retry: 'never' },
  QUERY_INVALID: { kind: 'usage', retry: 'never' },
  DUCKDB_MISSING: { kind: 'environment', retry: 'never' },
  EVIDENCE_MISSING: { kind: 'verification', retry: 'never' },
  EVIDENCE_CORRUPT: { kind: 'verification', retry: 'never' },
} as const satisfies Record<string, Recourse>;

/** What can go wrong while state and evidence are kept. Only `THROTTLED`, `UNAVAILABLE` and `DISK_FULL` are worth another try. */
export type StoreErrorCode = keyof typeof CODES;

/** The one error of this package; a driver translates its vendor's errors into it and nothing above sees another. */
export class StoreError extends CodedError<StoreErrorCode> {
  constructor(code: StoreErrorCode, detail: ErrorDetail) {
    super(code, detail, CODES[code]);
  }
}
