import { isInfraFabricError } from '@infrafabric/protocol';
import { BusError, type BusErrorCode } from '../errors.ts';

/** What the SNS and SQS clients call the errors that their HTTP status does not tell apart. */
const BY_NAME: Readonly<Record<string, BusErrorCode>> = {
  AccessDeniedException: 'ACCESS_DENIED',
  AuthorizationErrorException: 'ACCESS_DENIED',
  BatchRequestTooLong: 'TOO_LARGE',
  CredentialsProviderError: 'ACCESS_DENIED',
  NotFoundException: 'NOT_FOUND',
  OverLimit: 'THROTTLED',
  QueueDoesNotExist: 'NOT_FOUND',
  RequestThrottled: 'THROTTLED',
  ThrottledException: 'THROTTLED',
  ThrottlingException: 'THROTTLED',
};

const BY_STATUS: Readonly<Record<number, BusErrorCode>> = {
  401: 'ACCESS_DENIED',
  403: 'ACCESS_DENIED',
  413: 'TOO_LARGE',
  429: 'THROTTLED',
  507: 'DISK_FULL',
};

const FIX: Partial<Record<BusErrorCode, string>> = {
  ACCESS_DENIED: 'check the credentials and what their role may do',
  DISK_FULL: 'free some space where INFRAFABRIC_HOME is; an unfinished session goes on with sessions resume',
  NOT_FOUND: 'create the topic and the queues first',
};

/** The one translation of what the SNS and SQS clients throw. `where` names the queue or topic. */
export function toBusError(cause: unknown, where: string): BusError {
  if (cause instanceof BusError) return cause;
  if (isInfraFabricError(cause) && cause.code === 'STATE_LOST') {
    return new BusError('STATE_LOST', { message: cause.message, where: cause.where ?? where, fix: cause.fix, cause });
  }
  const code = codeOf(cause);
  const name = cause instanceof Error ? cause.name : typeof cause;
  return new BusError(code, { message: `expected an answer from ${where}, got ${name}`, where, fix: FIX[code], cause });
}

/** The translation of one failed entry of a batch. Faults of the sender never pass by themselves. */
export function entryError(entry: FailedEntry | undefined, where: string): BusError {
  const name = entry?.Code ?? 'no answer';
  const code = BY_NAME[name] ?? (entry?.SenderFault === true ? 'REJECTED' : 'UNAVAILABLE');
  return new BusError(code, { message: `expected an accepted entry, got ${name}`, where, fix: FIX[code] });
}

/** A failed entry as SNS and SQS report it. */
export interface FailedEntry {
  readonly Id?: string | undefined;
  readonly Code?: string | undefined;
  readonly SenderFault?: boolean | undefined;
}

function codeOf(cause: unknown): BusErrorCode {
  if (!(cause instanceof Error)) return 'REJECTED';
  const metadata: unknown = Reflect.get(cause, '$metadata');
  const status: unknown = Reflect.get(Object(metadata), 'httpStatusCode');
  const known = BY_NAME[cause.name] ?? BY_STATUS[Number(status)];
  if (known !== undefined) return known;
  // Errors of the SDK carry `$metadata`, those of sockets a `code`; others are our own.
  if (typeof status !== 'number') return metadata === undefined && !('code' in cause) ? 'REJECTED' : 'UNAVAILABLE';
  return status < 500 ? 'REJECTED' : 'UNAVAILABLE';
}
