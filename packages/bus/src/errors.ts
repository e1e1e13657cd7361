import { type ErrorDetail, type ErrorKind, InfraFabricError } from '@infrafabric/protocol';

const CODES = {
  THROTTLED: { kind: 'environment', retry: 'later' },
  UNAVAILABLE: { kind: 'environment', retry: 'later' },
  ACCESS_DENIED: { kind: 'environment', retry: 'never' },
  NOT_FOUND: { kind: 'environment', retry: 'never' },
  TOO_LARGE: { kind: 'bug', retry: 'never' },
  REJECTED: { kind: 'bug', retry: 'never' },
  ROLE_UNKNOWN: { kind: 'bug', retry: 'never' },
  CLOSED: { kind: 'bug', retry: 'never' },
} as const satisfies Record<string, { kind: ErrorKind; retry: 'never' | 'later' }>;

/** What can go wrong while messages move. Only `THROTTLED` and `UNAVAILABLE` are worth another try. */
export type BusErrorCode = keyof typeof CODES;

/** The one error of this package; a driver translates its vendor's errors into it and nothing above sees another. */
export class BusError extends InfraFabricError<BusErrorCode> {
  override readonly kind: ErrorKind;
  override readonly retry: 'never' | 'later';

  constructor(code: BusErrorCode, detail: ErrorDetail) {
    super(code, detail);
    this.kind = CODES[code].kind;
    this.retry = CODES[code].retry;
  }
}
