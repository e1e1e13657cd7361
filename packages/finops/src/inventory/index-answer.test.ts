import { resolvePointer } from '@infrafabric/protocol';
import { expect, it, describe } from 'vitest';
import { anEvidenceId } from '../testing/observed.ts';
import type { IndexEntry } from '../model/index-entry.ts';
import { canonicalClient } from './catalogue.ts';
import { type Answer, indexAnswer } from './index-answer.ts';
import { indexMetricsChunk } from './index-metrics.ts';

const evidence = anEvidenceId('an answer');
const answer = (client: string, operation: string, document: Answer['document'], account?: string): Answer => ({
  client,
  operation,
  region: 'us-east-1',
  ...(account === undefined ? {} : { account }),
  evidence,
  document,
});
const entriesOf = (one: Answer) => {
  const indexed = indexAnswer(one);
  return 'entries' in indexed ? indexed.entries : [];
};

const withoutVersion = ({ version, ...entry }: IndexEntry) => (/^[0-9a-f]{64}$/.test(version) ? entry : version);

it('reads an instance with its account, name, place and the volumes it points to', () => {
  const document = {
    Reservations: [
      { OwnerId: '111122223333', Instances: [] },
      {
        OwnerId: '111122223333',
        Instances: [
          {
            InstanceId: 'i-1',
            ImageId: 'ami-1',
            Tags: [{ Key: 'Name', Value: 'web' }],
            BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-2' } }, { Ebs: { VolumeId: 'vol-1' } }, 7],
          },
        ],
      },
    ],
  };
  const entries = entriesOf(answer('ec2', 'DescribeInstances', document));
  expect(entries.map(withoutVersion)).toStrictEqual([
    {
      kind: 'resource',
      type: 'Ec2Instance',
      account: '111122223333',
      region: 'us-east-1',
      id: 'i-1',
      name: 'web',
      evidence,
      media_type: 'application/json',
      pointer: '/Reservations/1/Instances/0',
      refs: ['ami-1', 'vol-1', 'vol-2'],
    },
  ]);
  expect(resolvePointer(document, entries[0]!.pointer)).toMatchObject({ InstanceId: 'i-1' });
});

it('gives one function the same key from a list and from its detail', () => {
  const configuration = { FunctionName: 'f', FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' };
  const keys = [
    answer('lambda', 'ListFunctions', { Functions: [configuration] }),
    answer('lambda', 'GetFunction', { Code: {}, Configuration: configuration }),
    answer('lambda', 'GetFunctionConfiguration', configuration),
  ].flatMap((one) => entriesOf(one).map((entry) => [entry.account, entry.region, entry.type, entry.id, entry.pointer]));
  expect(keys).toStrictEqual([
    ['111122223333', 'eu-west-1', 'LambdaFunction', 'f', '/Functions/0'],
    ['111122223333', 'eu-west-1', 'LambdaFunction', 'f', '/Configuration'],
    ['111122223333', 'eu-west-1', 'LambdaFunction', 'f', ''],
  ]);
});

it('points to what an ARN names by the ARN and by the name', () => {
  const service = {
    serviceArn: 'arn:aws:ecs:us-east-1:1:service/c/s',
    clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/c',
  };
  expect(entriesOf(answer('ecs', 'DescribeServices', { services: [service] }))[0]?.refs).toStrictEqual([
    'arn:aws:ecs:us-east-1:1:cluster/c',
    'c',
  ]);
});

it.each([
  ['elbv2', 'elastic-load-balancing-v2'],
  ['elb', 'elastic-load-balancing'],
  ['logs', 'cloudwatch-logs'],
  ['es', 'elasticsearch-service'],
  ['autoscaling', 'auto-scaling'],
  ['stepfunctions', 'sfn'],
  ['@aws-sdk/client-ec2', 'ec2'],
  ['EC2', 'ec2'],
  ['constructor', 'constructor'],
])('reads the client name %s as %s', (name, canonical) => {
  expect(canonicalClient(name)).toBe(canonical);
});

it('gives one bucket one key, in the region global, from every answer about it', () => {
  const account = '111122223333';
  const keys = [
    answer('s3api', 'ListBuckets', { Buckets: [{ Name: 'b' }] }, account),
    answer('s3', 'ListBuckets', { Buckets: [{ Name: 'b', BucketRegion: 'eu-west-1' }] }, account),
    { ...answer('s3', 'GetBucketLifecycleConfiguration', { Rules: [] }, account), input: { Bucket: 'b' } },
    answer('s3', 'ListMultipartUploads', { Bucket: 'b', Uploads: [] }, account),
  ].flatMap((one) => entriesOf(one).map((entry) => [entry.account, entry.region, entry.type, entry.id].join('/')));
  expect(keys).toStrictEqual(Array(4).fill('111122223333/global/S3Bucket/b'));
});

describe('an answer that does not name what it is about', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/6d0ecf831eec9f09';
  const health = { TargetHealthDescriptions: [{ Target: { Id: 'i-1' }, TargetHealth: { State: 'healthy' } }] };

  it.each([
    ['elbv2', 'DescribeTargetHealth', { TargetGroupArn: arn }, health, 'TargetGroup', arn, '', ['i-1']],
    ['s3', 'GetBucketLifecycleConfiguration', { Bucket: 'b' }, { Rules: [] }, 'S3Bucket', 'b', '', []],
    ['eks', 'ListNodegroups', { clusterName: 'c' }, { nodegroups: [] }, 'EksCluster', 'c', '', []],
    [
      'dynamodb',
      'DescribeContinuousBackups',
      { TableName: 't' },
      { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED' } },
      'DynamoDbTable',
      't',
      '/ContinuousBackupsDescription',
      [],
    ],
  ])('is %s.%s of what was asked', (...[client, operation, input, document, ...expected]) => {
    const [entry] = entriesOf({ ...answer(client, operation, document, '111122223333'), input });
    expect([entry?.type, entry?.id, entry?.pointer, entry?.refs]).toStrictEqual(expected);
  });

  it('stands in the account and region of the ARN that was asked', () => {
    const entry = entriesOf({ ...answer('elbv2', 'DescribeTargetHealth', health), input: { TargetGroupArn: arn } })[0];
    expect([entry?.account, entry?.region]).toStrictEqual(['111122223333', 'eu-west-1']);
  });

  it('is named as unused when nobody says what was asked', () => {
    expect(indexAnswer(answer('elbv2', 'DescribeTargetHealth', health))).toStrictEqual({ unused: 'NO_INPUT' });
    expect(indexAnswer(answer('elbv2', 'DescribeTargetHealth', { Odd: 1 }))).toStrictEqual({ unused: 'UNKNOWN_SHAPE' });
  });
});

it('counts a shared image under the account that saw it, and under its owner when nobody says who asked', () => {
  const document = { Images: [{ ImageId: 'ami-1', OwnerId: '999988887777' }] };
  expect(entriesOf(answer('ec2', 'DescribeImages', document, '111122223333'))[0]?.account).toBe('111122223333');
  expect(entriesOf(answer('ec2', 'DescribeImages', document))[0]?.account).toBe('999988887777');
});

describe('what is not read', () => {
  it.each([
    ['nosuch', 'ListThings', {}, 'UNKNOWN_CLIENT'],
    ['__proto__', 'toString', {}, 'UNKNOWN_CLIENT'],
    ['ec2', 'DescribeKeyPairs', { KeyPairs: [] }, 'UNKNOWN_OPERATION'],
    ['ec2', 'constructor', {}, 'UNKNOWN_OPERATION'],
    ['ec2', 'DescribeVolumes', { Volume: [] }, 'UNKNOWN_SHAPE'],
    ['ec2', 'DescribeVolumes', [1, 2], 'UNKNOWN_SHAPE'],
    ['ec2', 'DescribeVolumes', null, 'UNKNOWN_SHAPE'],
    ['sagemaker', 'DescribeEndpoint', { Odd: true }, 'UNKNOWN_SHAPE'],
  ])('names the reason for %s.%s', (client, operation, document, unused) => {
    expect(indexAnswer(answer(client, operation, document))).toStrictEqual({ unused });
  });

  it('skips and counts items without an id, items that are no objects and text that JSON cannot carry', () => {
    const document = { Volumes: [null, 3, {}, { VolumeId: '' }, { VolumeId: 7 }, { VolumeId: 'v', X: '\uD800' }] };
    expect(indexAnswer(answer('ec2', 'DescribeVolumes', document))).toStrictEqual({ entries: [], skipped: 6 });
  });
});

it('lists each metric series with its line and the ids it measures', () => {
  const line = {
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    dimensions: { InstanceId: 'i-1' },
    stat: 'Average',
    period_seconds: 3600,
    start: '2026-11-06T00:00:00Z',
    values: [1, null, 2.5],
  };
  const text = [
    '{"not":"a series"}',
    JSON.stringify(line),
    '',
    '{broken',
    JSON.stringify({ ...line, values: ['1'] }),
  ].join('\n');
  const { entries, skipped } = indexMetricsChunk({ text, account: '111122223333', region: 'us-east-1', evidence });
  expect(skipped).toBe(3);
  expect(entries.map(withoutVersion)).toStrictEqual([
    {
      kind: 'series',
      type: 'Series',
      account: '111122223333',
      region: 'us-east-1',
      id: 'AWS/EC2/CPUUtilization/Average/{"InstanceId":"i-1"}',
      evidence,
      media_type: 'application/x-ndjson',
      pointer: '/1',
      refs: ['i-1'],
    },
  ]);
});
