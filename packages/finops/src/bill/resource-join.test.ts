import { describe, expect, test } from 'vitest';
import type { CostFacts } from '../model/cost-facts.ts';
import type { ResourceRef, ResourceType } from '../model/resource.ts';
import { billedResourceId, costIndex } from './resource-join.ts';

const ACCOUNT = '111122223333';

const facts = (resource_id: string, account: string | undefined = ACCOUNT): CostFacts => ({
  resource_id,
  ...(account === undefined ? {} : { account }),
  effective: '1',
  on_demand: '1',
  committed: '0',
  days: 1,
  basis: 'EffectiveCost',
  citations: [],
});

const resource = (type: ResourceType, id: string, account = ACCOUNT): ResourceRef => ({
  account,
  region: 'us-east-1',
  type,
  id,
});

const joined = (billed: readonly CostFacts[], ref: ResourceRef): string | undefined =>
  costIndex(billed).of(ref)?.resource_id;

describe('a bill and an estate', () => {
  test.each<[ResourceType, string, string]>([
    ['Ec2Instance', 'i-0123456789abcdef0', 'i-0123456789abcdef0'],
    ['EbsVolume', 'vol-01234567', 'vol-01234567'],
    ['Ec2Host', 'h-0123456789abcdef0', 'h-0123456789abcdef0'],
    ['Ec2CapacityReservation', 'cr-0123456789abcdef0', 'cr-0123456789abcdef0'],
    ['TransitGatewayAttachment', 'tgw-attach-0123456789abcdef0', 'tgw-attach-0123456789abcdef0'],
    ['S3Bucket', 'my-bucket', 'my-bucket'],
    ['S3Bucket', 'my-bucket', 'arn:aws:s3:::my-bucket'],
    ['RdsDbInstance', 'db1', `arn:aws:rds:us-east-1:${ACCOUNT}:db:db1`],
    ['RdsDbInstance', `arn:aws:rds:us-east-1:${ACCOUNT}:db:db1`, `arn:aws:rds:us-east-1:${ACCOUNT}:db:db1`],
    ['LambdaFunction', 'job', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:job`],
    ['LoadBalancer', 'web', `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/web/50dc6c495c0c9188`],
    ['ClassicLoadBalancer', 'web', `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/web`],
    ['LogGroup', '/aws/lambda/job', `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/job`],
    ['EksCluster', 'prod', `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/prod`],
  ])('meet at %s %s, billed as %s', (type, id, billed) => {
    expect(joined([facts(billed)], resource(type, id))).toBe(billed);
  });

  test.each<[string, CostFacts, ResourceRef]>([
    ['another id', facts('i-0123456789abcdef0'), resource('Ec2Instance', 'i-0123456789abcdef1')],
    ['another kind', facts(`arn:aws:eks:us-east-1:${ACCOUNT}:cluster/prod`), resource('EcsCluster', 'prod')],
    [
      'the same last word',
      facts(`arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/job`),
      resource('LambdaFunction', 'job'),
    ],
    [
      'another account in the ARN',
      facts('arn:aws:rds:us-east-1:444455556666:db:db1'),
      resource('RdsDbInstance', 'db1'),
    ],
    ['another region', facts(`arn:aws:rds:eu-west-1:${ACCOUNT}:db:db1`), resource('RdsDbInstance', 'db1')],
    [
      'another sub-account',
      facts('i-0123456789abcdef0', '444455556666'),
      resource('Ec2Instance', 'i-0123456789abcdef0'),
    ],
    ['a bare name', facts('job'), resource('LambdaFunction', 'job')],
    [
      'a name in an estate without accounts',
      facts(`arn:aws:rds:us-east-1:${ACCOUNT}:db:db1`),
      resource('RdsDbInstance', 'db1', 'unknown'),
    ],
    ['an id of another kind', facts('vol-01234567'), resource('RdsDbInstance', 'vol-01234567')],
  ])('do not meet at %s', (_, billed, ref) => {
    expect(joined([billed], ref)).toBe(undefined);
  });

  test('meet at an EC2 id when the estate names no account', () => {
    const ref = resource('Ec2Instance', 'i-0123456789abcdef0', 'unknown');
    expect(joined([facts('i-0123456789abcdef0')], ref)).toBe('i-0123456789abcdef0');
  });

  test('meet when a spreadsheet dropped the zeros of the account', () => {
    const ref = resource('Ec2Instance', 'i-0123456789abcdef0', '001234567890');
    expect(joined([facts('i-0123456789abcdef0', '1234567890')], ref)).toBe('i-0123456789abcdef0');
  });

  test('do not meet when two load balancers of the bill had the name', () => {
    const arn = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/web`;
    const billed = [facts(`${arn}/50dc6c495c0c9188`), facts(`${arn}/60dc6c495c0c9188`)];
    expect(joined(billed, resource('LoadBalancer', 'web'))).toBe(undefined);
  });
});

test.each([
  ['arn:aws:ec2:us-east-1:111122223333:natgateway/nat-0123456789abcdef0', 'nat-0123456789abcdef0'],
  ['arn:aws:rds:us-east-1:111122223333:db:db1', 'arn:aws:rds:us-east-1:111122223333:db:db1'],
  [
    'arn:aws:ec2:us-east-1:111122223333:client-vpn-endpoint/office',
    'arn:aws:ec2:us-east-1:111122223333:client-vpn-endpoint/office',
  ],
  ['arn:aws:eks:us-east-1:111122223333:cluster/i-01234567', 'arn:aws:eks:us-east-1:111122223333:cluster/i-01234567'],
  ['my-bucket', 'my-bucket'],
])('%s is billed as %s', (text, id) => {
  expect(billedResourceId(text)).toBe(id);
});
