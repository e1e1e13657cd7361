import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { expect, test } from 'vitest';
import type { SdkRequestHandler } from './handler.ts';
import { trimForThisProcess } from './trimmed-client.ts';

const THROTTLED = 'ProvisionedThroughputExceededException';

/** A trimmed client of a service that answers with these errors in turn, and after the last with success. */
function clientOf(errors: readonly string[]) {
  let asked = 0;
  const requestHandler: SdkRequestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle() {
      const error = errors[(asked += 1) - 1];
      const body = Buffer.from(JSON.stringify(error === undefined ? { TableNames: ['t'] } : { __type: error }));
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return Promise.resolve({
        response: new HttpResponse({ statusCode: error === undefined ? 200 : 400, headers, body }),
      });
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  const backoff = { computeNextBackoffDelay: () => 0, setDelayBase: () => undefined };
  const retryStrategy = new StandardRetryStrategy({ maxAttempts: 3, baseDelay: 0, backoff });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' },
    requestHandler,
    retryStrategy,
  });
  trimForThisProcess(client);
  return {
    list: () => client.send(new ListTablesCommand()),
    asked: () => asked,
    left: () => retryStrategy.getCapacity(),
  };
}

test.each([
  ['a call that succeeds is made once', []],
  ['a throttled call is tried again', [THROTTLED]],
  ['and again', [THROTTLED, THROTTLED]],
])('%s', async (_name, errors) => {
  const { list, asked } = clientOf(errors);
  const { TableNames, $metadata } = await list();
  expect([TableNames, $metadata.attempts, asked()]).toStrictEqual([['t'], errors.length + 1, errors.length + 1]);
});

test.each([
  ['a call is given up after the last attempt', [THROTTLED, THROTTLED, THROTTLED, THROTTLED], 3],
  ['a call that can never succeed is not tried again', ['ResourceNotFoundException'], 1],
])('%s', async (_name, errors, attempts) => {
  const { list, asked } = clientOf(errors);
  await expect(list()).rejects.toMatchObject({ name: errors[0], $metadata: { attempts } });
  expect(asked()).toBe(attempts);
});

test('calls that succeed at once earn the retries back that a storm has spent', async () => {
  const { list, left } = clientOf([THROTTLED, THROTTLED, THROTTLED]);
  await expect(list()).rejects.toMatchObject({ name: THROTTLED });
  const spent = left();
  await list();
  expect(left()).toBe(spent + 1);
});
