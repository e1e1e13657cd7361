import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
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
