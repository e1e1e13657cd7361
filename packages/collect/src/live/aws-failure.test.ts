import { describe, expect, test } from 'vitest';
import { sdkError } from '../testing/fake-aws.ts';
import { failureError, failureOf, isPassing } from './aws-failure.ts';

const CALL = { id: 'cost-explorer.GetCostAndUsage', iam: ['ce:GetCostAndUsage'] };

describe('errors of AWS', () => {
  test.each([
    [sdkError('AccessDeniedException', 400), 'AWS_ACCESS_DENIED'],
    [sdkError('UnauthorizedOperation', 403), 'AWS_ACCESS_DENIED'],
    [sdkError('SomethingNew', 403), 'AWS_ACCESS_DENIED'],
    [sdkError('ExpiredToken', 403), 'AWS_CREDENTIALS'],
    [sdkError('UnrecognizedClientException', 400), 'AWS_CREDENTIALS'],
    [Object.assign(new Error('no'), { name: 'CredentialsProviderError' }), 'AWS_CREDENTIALS'],
    [
      sdkError('AccessDeniedException', 400, 'User not enabled for cost explorer access'),
      'AWS_COST_EXPLORER_NOT_ENABLED',
    ],
    [sdkError('ValidationException', 400, 'Start date (and hour) should be before end date'), 'DATE_RANGE_INVALID'],
    [sdkError('ValidationException', 400, 'granularity is wrong'), 'AWS_REQUEST_REFUSED'],
    [sdkError('SubscriptionRequiredException', 400), 'AWS_SUPPORT_PLAN_REQUIRED'],
    [sdkError('ThrottlingException', 400), 'AWS_THROTTLED'],
    [sdkError('RequestLimitExceeded', 503), 'AWS_THROTTLED'],
    [sdkError('Whatever', 429), 'AWS_THROTTLED'],
    [sdkError('InternalFailure', 500), 'AWS_UNAVAILABLE'],
    [Object.assign(new Error('gone'), { code: 'ECONNRESET' }), 'AWS_UNAVAILABLE'],
    [Object.assign(new Error('two'), { code: 'ERR_HTTP2_ERROR' }), 'AWS_UNAVAILABLE'],
  ])('%s is %s', (error, code) => {
    expect(failureError(failureOf(error), CALL).code).toBe(code);
  });

  test('denied says which policy line is missing', () => {
    const { fix } = failureError(failureOf(sdkError('AccessDenied', 403)), CALL);
    expect(fix).toBe(
      'add to the policy of the role: {"Effect":"Allow","Action":["ce:GetCostAndUsage"],"Resource":"*"}',
    );
  });

  test('an account without Cost Explorer hears how long AWS needs', () => {
    const error = sdkError('AccessDeniedException', 400, 'User not enabled for cost explorer access');
    expect(failureError(failureOf(error), CALL).fix).toMatch(/24 hours/);
  });

  test('an answer that is no answer goes by its status', () => {
    expect(failureOf(sdkError('SyntaxError', 502)).error_code).toBe('Http502');
  });

  test('an error of our own code is thrown, not recorded', () => {
    expect(() => failureOf(new TypeError('x is not a function'))).toThrow('x is not a function');
  });

  test('only what passes by itself is tried again', () => {
    const errors = [sdkError('Throttling', 400), sdkError('X', 500), sdkError('AccessDenied', 403), sdkError('X', 404)];
    expect(errors.map(isPassing)).toStrictEqual([true, true, false, false]);
  });
});
