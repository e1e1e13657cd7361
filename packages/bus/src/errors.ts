import { CodedError, type ErrorDetail, type Recourse } from '@infrafabric/protocol';

const CODES = {
  THROTTLED: { kind: 'environment', retry: 'later' },
  UNAVAILABLE: { kind: 'environment', retry: 'later' },
  DISK_FULL: { kind: 'environment', retry: 'later' },
  ACCESS_DENIED: { kind: 'environment', retry: 'never' },
  NOT_FOUND: { kind: 'environment', retry: 'never' },
  STATE_LOST: { kind: 'environment', retry: 'never' },
  TOO_LARGE: { kind: 'bug', retry: 'never' },
  REJECTED: { kind: 'bug', retry: 'never' },
  ROLE_UNKNOWN: { kind: 'bug', retry: 'never' },
  CLOSED: { kind: 'bug', retry: 'never' },
} as const satisfies Record<string, Recourse>;

/** What can go wrong while messages move. Only `THROTTLED`, `UNAVAILABLE` and `DISK_FULL` are worth another try. */
export type BusErrorCode = keyof typeof CODES;

/** The one error of this package; a driver translates its vendor's errors into it and nothing above sees another. */
export class BusError extends CodedError<BusErrorCode> {
  constructor(code: BusErrorCode, detail: ErrorDetail) {
    super(code, detail, CODES[code]);
  }
}
