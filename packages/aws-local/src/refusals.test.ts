import { CreateTableCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateExportTaskCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SubscribeCommand, TagResourceCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListDeadLetterSourceQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from 'vitest';
import { openAwsLocal } from './aws-local.ts';
import { contractClients } from './testing/clients.ts';
import { subscribedQueue } from './testing/messaging.ts';

const aws = openAwsLocal({ file: ':memory:' });
const clients = contractClients({ requestHandler: aws.requestHandler() });
afterAll(() => aws.close());
const { sns, sqs, s3, dynamodb, cloudwatch, logs } = clients;
const { url, topic, arn } = await subscribedQueue(clients, {});

const KEYED = {
  TableName: 'table',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
} as const;

/** Each call with the error name and the word of its message that says what is refused. */
const REFUSED: readonly [what: string, call: () => Promise<unknown>, name: string, said: string][] = [
  [
    'an SQS operation',
    () => sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url })),
    'InvalidAction',
    'ListDeadLetterSourceQueues',
  ],
  ['a FIFO queue', () => sqs.send(new CreateQueueCommand({ QueueName: 'q.fifo' })), 'NotImplemented', '.fifo'],
  [
    'queue tags',
    () => sqs.send(new CreateQueueCommand({ QueueName: 'q', tags: { a: 'b' } })),
    'NotImplemented',
    'tags',
  ],
  [
    'a queue attribute',
    () => sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { KmsMasterKeyId: 'k' } })),
    'NotImplemented',
    'KmsMasterKeyId',
  ],
  [
    'a message group',
    () => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageGroupId: 'a group' })),
    'InvalidParameterValue',
    'MessageGroupId',
  ],
  [
    'an SNS action',
    () => sns.send(new TagResourceCommand({ ResourceArn: topic, Tags: [] })),
    'InvalidAction',
    'TagResource',
  ],
  ['a FIFO topic', () => sns.send(new CreateTopicCommand({ Name: 't.fifo' })), 'NotImplemented', '.fifo'],
  [
    'a protocol',
    () => sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'email', Endpoint: 'a@b' })),
    'NotImplemented',
    'email',
  ],
  [
    'a message structure',
    () => sns.send(new PublishCommand({ TopicArn: topic, Message: '{}', MessageStructure: 'json' })),
    'NotImplemented',
    'MessageStructure',
  ],
  [
    'a filter scope',
    () =>
      sns.send(
        new SubscribeCommand({
          TopicArn: topic,
          Protocol: 'sqs',
          Endpoint: arn,
          Attributes: { FilterPolicyScope: 'MessageBody' },
        }),
      ),
    'NotImplemented',
    'MessageBody',
  ],
  ['listing buckets', () => s3.send(new ListBucketsCommand({})), 'NotImplemented', 'GET bucket'],
  ['deleting a bucket', () => s3.send(new DeleteBucketCommand({ Bucket: 'bkt' })), 'NotImplemented', 'DELETE bucket'],
  [
    'a sub-resource of a bucket',
    () => s3.send(new PutBucketVersioningCommand({ Bucket: 'bkt', VersioningConfiguration: {} })),
    'NotImplemented',
    'versioning',
  ],
  [
    'a sub-resource of an object',
    () => s3.send(new GetObjectTaggingCommand({ Bucket: 'bkt', Key: 'k' })),
    'NotImplemented',
    'tagging',
  ],
  ['the old listing', () => s3.send(new ListObjectsCommand({ Bucket: 'bkt' })), 'NotImplemented', 'ListObjects'],
  [
    'multipart uploads',
    () => s3.send(new CreateMultipartUploadCommand({ Bucket: 'bkt', Key: 'k' })),
    'NotImplemented',
    'uploads',
  ],
  [
    'copies',
    () => s3.send(new CopyObjectCommand({ Bucket: 'bkt', Key: 'k', CopySource: 'bkt/x' })),
    'NotImplemented',
    'x-amz-copy-source',
  ],
  [
    'a storage class',
    () => s3.send(new PutObjectCommand({ Bucket: 'bkt', Key: 'k', Body: 'x', StorageClass: 'GLACIER' })),
    'NotImplemented',
    'x-amz-storage-class',
  ],
  [
    'transactions',
    () => dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })),
    'UnknownOperationException',
    'TransactWriteItems',
  ],
  [
    'secondary indexes',
    () =>
      dynamodb.send(
        new CreateTableCommand({
          ...KEYED,
          AttributeDefinitions: [...KEYED.AttributeDefinitions],
          KeySchema: [...KEYED.KeySchema],
          GlobalSecondaryIndexes: [],
        }),
      ),
    'NotImplemented',
    'GlobalSecondaryIndexes',
  ],
  [
    'legacy conditions',
    () => dynamodb.send(new UpdateItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } }, AttributeUpdates: {} })),
    'NotImplemented',
    'AttributeUpdates',
  ],
  [
    'capacity reports',
    () =>
      dynamodb.send(
        new UpdateItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } }, ReturnConsumedCapacity: 'TOTAL' }),
      ),
    'NotImplemented',
    'ReturnConsumedCapacity',
  ],
  [
    'alarms',
    () =>
      cloudwatch.send(
        new PutMetricAlarmCommand({ AlarmName: 'a', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 }),
      ),
    'UnknownOperationException',
    'PutMetricAlarm',
  ],
  [
    'exports of logs',
    () => logs.send(new CreateExportTaskCommand({ logGroupName: 'g', from: 0, to: 1, destination: 'b' })),
    'UnknownOperationException',
    'CreateExportTask',
  ],
  [
    'interleaving',
    () => logs.send(new FilterLogEventsCommand({ logGroupName: 'g', interleaved: true })),
    'NotImplemented',
    'interleaved',
  ],
];

test.for(REFUSED)('%s: refused by name', async ([, call, name, said]) => {
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name });
  expect(String(error)).toContain(said);
});

test('a refused parameter is not retried: its status is 501', async () => {
  await expect(sqs.send(new CreateQueueCommand({ QueueName: 'q.fifo' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 501, attempts: 1 },
  });
});
