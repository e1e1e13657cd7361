import { Role } from '@infrafabric/protocol';
import { LAMBDA_CONSTANTS, LAMBDA_FUNCTIONS } from '@infrafabric/runtime/lambda-functions';
import { expect, test } from 'vitest';
import { type Json, ofType, synthesized } from './testing/template.ts';

const apiTokenSha256 = 'ab'.repeat(32);
const resources = synthesized({ apiTokenSha256 });
const properties = (type: string): readonly Json[] => ofType(resources, type).map((one) => one.properties);
const byName = (type: string, key: string): Map<string, Json> =>
  new Map(properties(type).map((one) => [String(one[key]), one]));

const queues = byName('AWS::SQS::Queue', 'QueueName');
const functions = byName('AWS::Lambda::Function', 'FunctionName');
const arnOf = (queueName: string): string => `arn:aws:sqs:eu-central-1:123456789012:${queueName}`;

test('every queue, topic, table and bucket is encrypted at rest', () => {
  expect([...queues.values()].map((one) => one.SqsManagedSseEnabled)).toStrictEqual(Array(12).fill(true));
  expect(properties('AWS::SNS::Topic').map((one) => one.KmsMasterKeyId)).toStrictEqual([
    expect.stringContaining('alias/aws/sns'),
    expect.stringContaining('alias/aws/sns'),
    expect.stringContaining('AlarmKey'),
  ]);
  expect(properties('AWS::DynamoDB::Table')[0].SSESpecification).toStrictEqual({ SSEEnabled: true });
  expect(properties('AWS::S3::Bucket')[0].BucketEncryption.ServerSideEncryptionConfiguration).toStrictEqual([
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]);
});

test('nobody reaches a queue, topic or the bucket without TLS', () => {
  const refused: readonly string[] = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy']
    .flatMap(properties)
    .flatMap((one) => one.PolicyDocument.Statement)
    .filter(({ Effect, Condition }) => Effect === 'Deny' && Condition.Bool?.['aws:SecureTransport'] === 'false')
    .flatMap(({ Resource }) => Resource);
  const all = [
    ...[...queues.keys()].map(arnOf),
    ...properties('AWS::SNS::Topic').map((one) => `arn:aws:sns:eu-central-1:123456789012:${one.TopicName}`),
    'arn:aws:s3:::infrafabric-results-123456789012-eu-central-1',
    'arn:aws:s3:::infrafabric-results-123456789012-eu-central-1/*',
  ];

  expect(refused.toSorted()).toStrictEqual(all.toSorted());
});

test.each(Role.options)(
  'a message to %s is hidden for six timeouts of the function that reads it, which reports what failed',
  (role) => {
    const mapping = properties('AWS::Lambda::EventSourceMapping').find(
      (one) => one.EventSourceArn === arnOf(`infrafabric-${role}`),
    );
    const { Timeout } = functions.get(mapping.FunctionName);

    expect(queues.get(`infrafabric-${role}`).VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    expect(mapping.FunctionResponseTypes).toStrictEqual(['ReportBatchItemFailures']);
  },
);

test.each(Role.options)(
  'what %s cannot handle and what cannot be delivered to it goes to one dead-letter queue',
  (role) => {
    const deadLetterTargetArn = arnOf(`infrafabric-${role}-dead`);
    const subscription = properties('AWS::SNS::Subscription').find(
      (one) => one.Endpoint === arnOf(`infrafabric-${role}`),
    );

    expect(queues.get(`infrafabric-${role}`).RedrivePolicy).toStrictEqual({ deadLetterTargetArn, maxReceiveCount: 10 });
    expect(subscription.RedrivePolicy).toStrictEqual({ deadLetterTargetArn });
    expect(queues.get(`infrafabric-${role}-dead`).MessageRetentionPeriod).toBe(1_209_600);
  },
);

test('state can be restored to any second and removing the stack leaves state, evidence and keys', () => {
  const [table] = properties('AWS::DynamoDB::Table');
  expect(table).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
  });
  const retained = resources.filter(({ deletion }) => deletion === 'Retain').map(({ type }) => type);
  expect(retained.toSorted()).toStrictEqual([
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    ...Array<string>(6).fill('AWS::SecretsManager::Secret'),
  ]);
});

test('no rule of the bucket deletes evidence, and each kind of object has its retention', () => {
  const [bucket] = properties('AWS::S3::Bucket');
  expect(bucket.VersioningConfiguration).toStrictEqual({ Status: 'Enabled' });
  expect(Object.values(bucket.PublicAccessBlockConfiguration)).toStrictEqual([true, true, true, true]);
  const days = bucket.LifecycleConfiguration.Rules.map((rule: Json) => [rule.Prefix, rule.ExpirationInDays]);

  expect(days).toStrictEqual([
    ['t/local/evidence/', undefined],
    ['t/local/s/', 400],
    ['t/local/report/', 400],
    ['t/local/claim/', 400],
    ['t/local/quarantine/', 30],
    [undefined, undefined],
  ]);
});

test('an analysis starts at two every night and stuck sessions are looked for every minute', () => {
  expect(properties('AWS::Events::Rule').map((one) => [one.Name, one.ScheduleExpression])).toStrictEqual([
    ['infrafabric-start', 'cron(0 2 * * ? *)'],
    ['infrafabric-sweeper', 'rate(1 minute)'],
  ]);
});

test('the nightly start says what to analyse, and names its event so that a second delivery starts nothing', () => {
  const [target] = properties('AWS::Events::Rule').find((one) => one.Name === 'infrafabric-start').Targets;

  expect(target.InputTransformer).toStrictEqual({
    InputPathsMap: { id: '$.id' },
    InputTemplate:
      '{"regions":["all"],"analysis_period_days":30,"include_cost_data":true,"save_report":true,"idempotency_key":<id>}',
  });
});

test('every function logs into a group of its own that forgets after 30 days', () => {
  const groups = byName('AWS::Logs::LogGroup', 'LogGroupName');
  const used = LAMBDA_FUNCTIONS.map(({ name }) => functions.get(`infrafabric-${name}`).LoggingConfig.LogGroup);

  expect(new Set(used)).toStrictEqual(new Set(groups.keys()));
  expect(used).toContain('/infrafabric/agents/pricing');
  expect(used).toContain('/infrafabric/services/start');
  expect([...groups.values()].map((one) => one.RetentionInDays)).toStrictEqual(Array(9).fill(30));
});

test.each(LAMBDA_FUNCTIONS)('$name runs on Node 24, arm64, with the variables it reads', (declared) => {
  const { Runtime, Architectures, Timeout, MemorySize, Environment } = functions.get(`infrafabric-${declared.name}`);

  expect([Runtime, Architectures, Timeout, MemorySize]).toStrictEqual([
    'nodejs24.x',
    ['arm64'],
    declared.timeoutSeconds,
    declared.memoryMib,
  ]);
  expect(Environment.Variables).toStrictEqual({
    ...LAMBDA_CONSTANTS,
    ...Object.fromEntries(declared.environment.map((name) => [name, expect.stringMatching(/./)])),
  });
});

test('there is an API only when there is a token it can ask for', () => {
  const api = 'infrafabric-api';
  expect(functions.get(api).Environment.Variables.API_TOKEN_SHA256).toBe(apiTokenSha256);
  expect(properties('AWS::Lambda::Url').map((one) => one.TargetFunctionArn)).toStrictEqual([
    `arn:aws:lambda:eu-central-1:123456789012:function:${api}`,
  ]);

  const closed = synthesized();
  expect(ofType(closed, 'AWS::Lambda::Url')).toStrictEqual([]);
  const names = ofType(closed, 'AWS::Lambda::Function').map((one) => one.properties.FunctionName);
  expect(new Set(names)).toStrictEqual(new Set([...functions.keys()].filter((name) => name !== api)));
});
