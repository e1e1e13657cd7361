import { expect, test } from 'vitest';
import { functionPolicy, type FunctionPlaces } from './function-policy.ts';
import { LAMBDA_FUNCTIONS } from './lambda-functions.ts';

const PLACES: FunctionPlaces = {
  tenant: 'acme',
  topicArn: 'topic',
  completionTopicArn: 'completion',
  queueArn: 'queue',
  deadLetterQueueArn: 'dead',
  deadLetterQueueArns: ['dead', 'dead too'],
  tableArn: 'table',
  bucketArn: 'bucket',
  keySecretArn: 'secret',
  logGroupArn: 'logs',
};

const READS = ['ec2:DescribeVolumes'];

test('each declared grant is one statement on one resource, and table, bucket and logs are narrowed to what is its own', () => {
  const declared = {
    readsAccount: false,
    grants: [
      { resource: 'dead-letter-queue', actions: ['sqs:SendMessage'] },
      { resource: 'table', actions: ['dynamodb:GetItem'] },
      { resource: 'bucket/s/*', actions: ['s3:GetObject'] },
    ],
  } as const;

  expect(functionPolicy(declared, PLACES, READS)).toStrictEqual([
    { Sid: 'DeadLetterQueue', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: 'dead' },
    {
      Sid: 'Table',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem'],
      Resource: 'table',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['t#acme#*'] } },
    },
    { Sid: 'BucketS', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'bucket/t/acme/s/*' },
    { Sid: 'SeesAbsence', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: 'bucket' },
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'logs:log-stream:*',
    },
  ]);
});

test('only what reads the account may read it, and only with the actions of a collection', () => {
  const readers = LAMBDA_FUNCTIONS.filter((one) =>
    functionPolicy(one, PLACES, READS).some(({ Resource }) => Resource === '*'),
  );

  expect(readers.map(({ name }) => name)).toStrictEqual(['start', 'collector']);
  expect(functionPolicy(readers[0]!, PLACES, READS).at(-1)).toStrictEqual({
    Sid: 'InfraFabricReadOnly',
    Effect: 'Allow',
    Action: READS,
    Resource: '*',
  });
});

test.each(LAMBDA_FUNCTIONS)('the statements of $name have names of their own, as IAM asks', (declared) => {
  const sids = functionPolicy(declared, PLACES, READS).map(({ Sid }) => Sid);

  expect(new Set(sids).size).toBe(sids.length);
  expect(sids.join('')).toMatch(/^[A-Za-z0-9]+$/);
});
