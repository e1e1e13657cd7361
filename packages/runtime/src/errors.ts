import { CodedError, type ErrorDetail, type ErrorKind } from '@infrafabric/protocol';

const KINDS = {
  CONFIG_INVALID: 'usage',
  CONFIG_UNKNOWN_KEY: 'usage',
  CONFIG_YAML_UNSAFE: 'usage',
  CONFIG_DUPLICATE_KEY: 'usage',
  CONFIG_FORBIDDEN_KEY: 'usage',
  BUDGET_INVALID: 'usage',
  SESSION_ID_INVALID: 'usage',
  SESSION_NOT_FOUND: 'usage',
  SESSION_NOT_REPORTED: 'usage',
  SESSION_RUNNING: 'usage',
  DEAD_LETTER_NOT_FOUND: 'usage',
  IDEMPOTENCY_CONFLICT: 'usage',
  UPLOAD_TOO_LARGE: 'input',
  UPLOAD_HASH_MISMATCH: 'input',
  UPLOAD_MISSING: 'usage',
  UPLOAD_QUOTA: 'input',
  OBJECT_MISSING: 'usage',
  INPUT_PATH_FORBIDDEN: 'usage',
  SESSION_LIMIT: 'usage',
  SCHEDULE_INVALID: 'usage',
  SCHEDULE_LIMIT: 'usage',
  SCHEDULES_UNREADABLE: 'environment',
  API_KEY_INVALID: 'usage',
  API_KEY_EXISTS: 'usage',
  API_KEY_UNKNOWN: 'usage',
  KEY_FILE_PERMISSIONS: 'usage',
  KEY_SECRET_INVALID: 'environment',
  KEY_MISSING: 'usage',
  KEY_UNKNOWN: 'usage',
  NODE_VERSION: 'usage',
  OUT_NOT_EMPTY: 'usage',
  INPUT_NONE: 'usage',
  RECONCILIATION_FAILED: 'input',
  DECISIONS_UNREADABLE: 'input',
  DECISION_INVALID: 'usage',
  HISTORY_QUESTION_INVALID: 'usage',
  MESSAGE_UNKNOWN: 'usage',
  FINDING_UNKNOWN: 'usage',
  RULE_UNKNOWN: 'usage',
  PRICE_SERVICE_UNKNOWN: 'usage',
  PRICE_KEY_UNKNOWN: 'usage',
  PRICE_TABLE_UNREADABLE: 'environment',
  PRICES_UNREACHABLE: 'environment',
  CATEGORY_UNKNOWN: 'usage',
  STATE_LOCKED: 'environment',
  STATE_DIR_READONLY: 'environment',
  DISK_FULL: 'environment',
  CLOCK_SKEW: 'environment',
  PORT_IN_USE: 'environment',
  STATE_LOST: 'environment',
  REDIS_UNREACHABLE: 'environment',
  REDIS_EVICTS: 'environment',
  OUT_NOT_WRITABLE: 'environment',
  OPENER_FAILED: 'environment',
  SESSION_ABANDONED: 'environment',
  SESSION_FAILED: 'environment',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, ErrorKind>;

/** What the wiring refuses: configuration, the data folder, the machine. */
export type RuntimeErrorCode = keyof typeof KINDS;

/** An error of the wiring; all but `SESSION_LIMIT` are final until a person changes something. */
export class RuntimeError extends CodedError<RuntimeErrorCode> {
  constructor(code: RuntimeErrorCode, detail: ErrorDetail) {
    super(code, detail, { kind: KINDS[code], retry: code === 'SESSION_LIMIT' ? 'later' : 'never' });
  }
}
