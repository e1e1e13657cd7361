import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HttpRequest } from '@smithy/core/protocols';
import { expect, test } from 'vitest';
import { openAwsLocal } from './aws-local.ts';
import { trimForThisProcess } from './trimmed-client.ts';

const stepsOf = (client: { middlewareStack: { identify(): string[] } }): string[] =>
  client.middlewareStack.identify().map((step) => step.split(' ')[0] ?? '');

test.each([
  ['DynamoDB', () => new DynamoDBClient({ region: 'us-east-1' })],
  ['S3', () => new S3Client({ region: 'us-east-1' })],
  ['SNS', () => new SNSClient({ region: 'us-east-1' })],
  ['SQS', () => new SQSClient({ region: 'us-east-1' })],
])('%s loses three steps of its own and no other', (_name, open) => {
  const client = open();
  const whole = stepsOf(client);
  trimForThisProcess(client);
  const made = stepsOf(client);

  expect(whole.filter((step) => !made.includes(step))).toStrictEqual([
    'loggerMiddleware',
    'getUserAgentMiddleware',
    'recursionDetectionMiddleware',
  ]);
  expect(made).toStrictEqual(whole.filter((step) => made.includes(step)));
});

test('a trimmed client understands what comes over a socket', async () => {
  const aws = openAwsLocal({ file: ':memory:' });
  const gate = await aws.listen({ accessKeyId: 'AKIATEST' });
  const overSocket = new DynamoDBClient({ region: 'us-east-1' }).config.requestHandler;
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' },
    requestHandler: {
      ...aws.requestHandler(),
      handle: (request: HttpRequest) => overSocket.handle(Object.assign(request, { port: gate.port })),
    },
  };
  const [dynamodb, sns, sqs] = [new DynamoDBClient(config), new SNSClient(config), new SQSClient(config)];
  trimForThisProcess(dynamodb, sns, sqs);

  expect((await dynamodb.send(new ListTablesCommand())).TableNames).toStrictEqual([]);
  expect((await sns.send(new ListTopicsCommand())).Topics).toStrictEqual([]);
  expect((await sqs.send(new ListQueuesCommand())).$metadata.httpStatusCode).toBe(200);
  const missing = dynamodb.send(new DescribeTableCommand({ TableName: 'missing' }));
  await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  overSocket.destroy?.();
  await gate.close();
  await aws.close();
});
