import { ProtocolError } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { StoreError } from '../errors.ts';
import { toStoreError } from './store-error.ts';

/** An error of ours, of another package. */
const ofAnother = (code: string) => Object.assign(new ProtocolError('BUS_PARSE', { message: 'x' }), { code });

const sdkError = (name: string, httpStatusCode?: number, message = name) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

// Names and statuses: error shapes of the botocore models of DynamoDB (2012-08-10) and S3 (2006-03-01).
test.each([
  [sdkError('ProvisionedThroughputExceededException', 400), 'THROTTLED', 'later'],
  [sdkError('ThrottlingException', 400), 'THROTTLED', 'later'],
  [sdkError('SlowDown', 503), 'THROTTLED', 'later'],
  [sdkError('InternalServerError', 500), 'UNAVAILABLE', 'later'],
  [sdkError('ServiceUnavailable', 503), 'UNAVAILABLE', 'later'],
  [sdkError('InsufficientStorage', 507), 'DISK_FULL', 'later'],
  [sdkError('TimeoutError'), 'UNAVAILABLE', 'later'],
  [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'UNAVAILABLE', 'later'],
  [sdkError('ResourceNotFoundException', 400), 'NOT_FOUND', 'never'],
  [sdkError('NoSuchBucket', 404), 'NOT_FOUND', 'never'],
  [sdkError('AccessDeniedException', 400), 'ACCESS_DENIED', 'never'],
  [sdkError('AccessDenied', 403), 'ACCESS_DENIED', 'never'],
  [sdkError('CredentialsProviderError'), 'ACCESS_DENIED', 'never'],
  [sdkError('OperationAborted', 409), 'CONFLICT', 'never'],
  [sdkError('EntityTooLarge', 400), 'TOO_LARGE', 'never'],
  [sdkError('ValidationException', 400, 'Item size has exceeded the maximum allowed size'), 'TOO_LARGE', 'never'],
  [sdkError('ValidationException', 400, 'Invalid UpdateExpression'), 'REJECTED', 'never'],
  [new TypeError('x is not a function'), 'REJECTED', 'never'],
  [ofAnother('STATE_LOST'), 'STATE_LOST', 'never'],
  ['text', 'REJECTED', 'never'],
])('calls %s by its code', (cause, code, retry) => {
  const error = toStoreError(cause, 'table item');

  expect(error).toMatchObject({ name: 'StoreError', code, retry, where: 'table item', cause });
});

test('leaves an error of its own as it is', () => {
  const error = new StoreError('EVIDENCE_MISSING', { message: 'x' });

  expect(toStoreError(error, 'y')).toBe(error);
});
