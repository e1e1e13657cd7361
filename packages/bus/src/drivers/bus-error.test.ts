import { ProtocolError } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { BusError } from '../errors.ts';
import { entryError, toBusError } from './bus-error.ts';

/** An error of ours, of another package. */
const ofAnother = (code: string) => Object.assign(new ProtocolError('BUS_PARSE', { message: 'x' }), { code });

const sdkError = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

// Names and statuses: error shapes of the botocore models of SQS (2012-11-05) and SNS (2010-03-31).
test.each([
  [sdkError('RequestThrottled', 403), 'THROTTLED', 'later'],
  [sdkError('OverLimit', 403), 'THROTTLED', 'later'],
  [sdkError('ThrottledException', 429), 'THROTTLED', 'later'],
  [sdkError('InternalError', 500), 'UNAVAILABLE', 'later'],
  [sdkError('InsufficientStorage', 507), 'DISK_FULL', 'later'],
  [sdkError('TimeoutError'), 'UNAVAILABLE', 'later'],
  [Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 'UNAVAILABLE', 'later'],
  [sdkError('QueueDoesNotExist', 400), 'NOT_FOUND', 'never'],
  [sdkError('NotFoundException', 404), 'NOT_FOUND', 'never'],
  [sdkError('AuthorizationErrorException', 403), 'ACCESS_DENIED', 'never'],
  [sdkError('BatchRequestTooLong', 400), 'TOO_LARGE', 'never'],
  [sdkError('InvalidMessageContents', 400), 'REJECTED', 'never'],
  [new TypeError('x is not a function'), 'REJECTED', 'never'],
  [ofAnother('STATE_LOST'), 'STATE_LOST', 'never'],
])('calls %s by its code', (cause, code, retry) => {
  expect(toBusError(cause, 'queue')).toMatchObject({ name: 'BusError', code, retry, where: 'queue', cause });
});

test.each([
  [{ Code: 'InternalError', SenderFault: false }, 'UNAVAILABLE'],
  [{ Code: 'RequestThrottled', SenderFault: true }, 'THROTTLED'],
  [{ Code: 'InvalidParameter', SenderFault: true }, 'REJECTED'],
  [undefined, 'UNAVAILABLE'],
])('calls a failed entry %o by its code', (entry, code) => {
  expect(entryError(entry, 'topic')).toMatchObject({ code });
});

test('leaves an error of its own as it is', () => {
  const error = new BusError('CLOSED', { message: 'x' });

  expect(toBusError(error, 'y')).toBe(error);
});
