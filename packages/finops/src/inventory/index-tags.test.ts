import { expect, test } from 'vitest';
import { anEvidenceId } from '../testing/index.ts';
import { resourceOfArn } from './arn-kinds.ts';
import { indexTags } from './index-tags.ts';

const A = '111122223333';

test.each([
  [`arn:aws:ec2:us-east-1:${A}:volume/vol-1`, 'EbsVolume', 'vol-1'],
  [`arn:aws-cn:rds:us-east-1:${A}:snapshot:rds:shop-2026`, 'RdsDbSnapshot', 'rds:shop-2026'],
  [`arn:aws:eks:us-east-1:${A}:nodegroup/shop/workers/1a2b`, 'EksNodegroup', 'shop/workers'],
  [`arn:aws:elasticloadbalancing:us-east-1:${A}:loadbalancer/old`, 'ClassicLoadBalancer', 'old'],
  [
    `arn:aws:elasticloadbalancing:us-east-1:${A}:loadbalancer/app/web/1a`,
    'LoadBalancer',
    `arn:aws:elasticloadbalancing:us-east-1:${A}:loadbalancer/app/web/1a`,
  ],
  [`arn:aws:logs:us-east-1:${A}:log-group:/aws/lambda/pdf:*`, 'LogGroup', '/aws/lambda/pdf'],
  [`arn:aws:ecr:us-east-1:${A}:repository/team/web`, 'EcrRepository', 'team/web'],
])('%s names the %s %s', (arn, type, id) => {
  expect(resourceOfArn(arn)).toStrictEqual({ account: A, region: 'us-east-1', type, id });
});

test('a bucket has no account and no region of its own', () => {
  const bucket = { account: 'unknown', region: 'global', type: 'S3Bucket', id: 'logs' };
  expect(resourceOfArn('arn:aws:s3:::logs')).toStrictEqual(bucket);
});

test.each([`arn:aws:glue:us-east-1:${A}:job/x`, `arn:aws:lambda:us-east-1:${A}:layer:x`, 'vol-1', ''])(
  '%j is of no kind we have',
  (arn) => {
    expect(resourceOfArn(arn)).toBeUndefined();
  },
);

test('the entry stands where the tags are, and odd mappings are left out', () => {
  const evidence = anEvidenceId('t');
  const ResourceTagMappingList = [
    { ResourceARN: `arn:aws:glue:us-east-1:${A}:job/x`, Tags: [] },
    null,
    { ResourceARN: `arn:aws:ec2:us-east-1:${A}:volume/vol-1`, Tags: [{ Key: 'env', Value: 'prod' }] },
    { ResourceARN: 'arn:aws:s3:::logs', Tags: [] },
    { ResourceARN: `arn:aws:ec2:us-east-1:${A}:volume/vol-2` },
  ];
  const answer = { client: 'resourcegroupstaggingapi', operation: 'GetResources', region: 'us-east-1', account: A };
  const found = indexTags({ ...answer, evidence, document: { ResourceTagMappingList } });
  expect(found.map(({ kind, account, region, id, pointer }) => [kind, account, region, id, pointer])).toStrictEqual([
    ['tags', A, 'us-east-1', 'vol-1', '/ResourceTagMappingList/2'],
    ['tags', A, 'global', 'logs', '/ResourceTagMappingList/3'],
  ]);
  expect(indexTags({ ...answer, client: 'ec2', evidence, document: { ResourceTagMappingList } })).toStrictEqual([]);
});
