import { type ErrorDetail, type ErrorKind, InfraFabricError } from '@infrafabric/protocol';

const CODES = {
  THROTTLED: { kind: 'environment', retry: 'later' },
  UNAVAILABLE: { kind: 'environment', retry: 'later' },
  ACCESS_DENIED: { kind: 'environment', retry: 'never' },
  NOT_FOUND: { kind: 'environment', retry: 'never' },
  CONFLICT: { kind: 'environment', retry: 'never' },
  REJECTED: { kind: 'bug', retry: 'never' },
  TOO_LARGE: { kind: 'input', retry: 'never' },
  QUERY_INVALID: { kind: 'usage', retry: 'never' },
  DUCKDB_MISSING: { kind: 'environment', retry: 'never' },
  EVIDENCE_MISSING: { kind: 'verification', retry: 'never' },
  EVIDENCE_CORRUPT: { kind: 'verification', retry: 'never' },
} as const satisfies Record<string, { kind: ErrorKind; retry: 'never' | 'later' }>;

/** What can go wrong while state and evidence are kept. Only `THROTTLED` and `UNAVAILABLE` are worth another try. */
export type StoreErrorCode = keyof typeof CODES;

/** The one error of this package; a driver translates its vendor's errors into it and nothing above sees another. */
export class StoreError extends InfraFabricError<StoreErrorCode> {
  override readonly kind: ErrorKind;
  override readonly retry: 'never' | 'later';

  constructor(code: StoreErrorCode, detail: ErrorDetail) {
    super(code, detail);
    this.kind = CODES[code].kind;
    this.retry = CODES[code].retry;
  }
}
