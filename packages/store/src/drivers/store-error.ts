import { isInfraFabricError } from '@infrafabric/protocol';
import { StoreError, type StoreErrorCode } from '../errors.ts';

/** What the S3 and DynamoDB clients call the errors that their HTTP status does not tell apart. */
const BY_NAME: Readonly<Record<string, StoreErrorCode>> = {
  AccessDeniedException: 'ACCESS_DENIED',
  CredentialsProviderError: 'ACCESS_DENIED',
  EntityTooLarge: 'TOO_LARGE',
  ExpiredTokenException: 'ACCESS_DENIED',
  NoSuchBucket: 'NOT_FOUND',
  ProvisionedThroughputExceededException: 'THROTTLED',
  RequestLimitExceeded: 'THROTTLED',
  ResourceNotFoundException: 'NOT_FOUND',
  SlowDown: 'THROTTLED',
  ThrottlingException: 'THROTTLED',
  UnrecognizedClientException: 'ACCESS_DENIED',
};

const BY_STATUS: Readonly<Record<number, StoreErrorCode>> = {
  401: 'ACCESS_DENIED',
  403: 'ACCESS_DENIED',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  429: 'THROTTLED',
  507: 'DISK_FULL',
};

const FIX: Partial<Record<StoreErrorCode, string>> = {
  ACCESS_DENIED: 'check the credentials and what their role may do',
  DISK_FULL: 'free some space where INFRAFABRIC_HOME is; an unfinished session goes on with sessions resume',
  NOT_FOUND: 'create the bucket and the table first',
};

/** The one translation of what the S3 and DynamoDB clients throw. `where` names the item or object. */
export function toStoreError(cause: unknown, where: string): StoreError {
  if (cause instanceof StoreError) return cause;
  if (isInfraFabricError(cause) && cause.code === 'STATE_LOST') {
    return new StoreError('STATE_LOST', { message: cause.message, where: cause.where ?? where, fix: cause.fix, cause });
  }
  const code = codeOf(cause);
  const name = cause instanceof Error ? cause.name : typeof cause;
  return new StoreError(code, {
    message: `expected an answer for ${where}, got ${name}`,
    where,
    fix: FIX[code],
    cause,
  });
}

/** The HTTP status an SDK error carries. */
export function statusOf(cause: unknown): number | undefined {
  const status: unknown = Reflect.get(Object(metadataOf(cause)), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function codeOf(cause: unknown): StoreErrorCode {
  if (!(cause instanceof Error)) return 'REJECTED';
  const status = statusOf(cause);
  if (isItemTooLarge(cause)) return 'TOO_LARGE';
  const known = BY_NAME[cause.name] ?? BY_STATUS[status ?? 0];
  if (known !== undefined) return known;
  if (status === undefined) return isFromTheWire(cause) ? 'UNAVAILABLE' : 'REJECTED';
  return status < 500 ? 'REJECTED' : 'UNAVAILABLE';
}

/** DynamoDB calls an item above 400 KB a ValidationException: "Item size has exceeded the maximum allowed size". */
function isItemTooLarge(cause: Error): boolean {
  return cause.name === 'ValidationException' && /item size/i.test(cause.message);
}

/** Errors of the SDK carry `$metadata`, those of sockets a `code`; others are our own. */
function isFromTheWire(cause: Error): boolean {
  return metadataOf(cause) !== undefined || 'code' in cause;
}

const metadataOf = (cause: unknown): unknown => Reflect.get(Object(cause), '$metadata');
