import { type IndexEntry, indexAnswer, indexMetricsChunk } from '@infrafabric/finops';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { openInventory } from './inventory.ts';

const where = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';

const indexed = (
  ...answer: [string, string, Parameters<typeof indexAnswer>[0]['document'], Record<string, string>?]
) => {
  const [client, operation, document, input = {}] = answer;
  const evidence = evidenceId(sha256Hex(operation));
  const found = indexAnswer({ client, operation, ...where, evidence, document, input });
  return 'entries' in found ? found.entries : [];
};

const subjectOf = (entries: readonly IndexEntry[], type: 'LoadBalancer' | 'S3Bucket') => {
  const inventory = openInventory(entries, []);
  const [one] = inventory.resources(new Set([type]));
  return inventory.subject(one!, new Set(['TargetGroup']));
};

it('hands a load balancer the health of its target groups, which names only the group', () => {
  const group = `${ARN}:targetgroup/web/6d0ecf831eec9f09`;
  const balancer = `${ARN}:loadbalancer/app/web/50dc6c495c0c9188`;
  const subject = subjectOf(
    [
      ...indexed('elbv2', 'DescribeLoadBalancers', { LoadBalancers: [{ LoadBalancerArn: balancer }] }),
      ...indexed('elbv2', 'DescribeTargetGroups', {
        TargetGroups: [
          { TargetGroupArn: group, LoadBalancerArns: [balancer] },
          { TargetGroupArn: `${group}0`, LoadBalancerArns: [] },
        ],
      }),
      ...indexed('elbv2', 'DescribeTargetHealth', { TargetHealthDescriptions: [] }, { TargetGroupArn: group }),
      ...indexed('elbv2', 'DescribeTargetHealth', { TargetHealthDescriptions: [] }, { TargetGroupArn: `${group}0` }),
    ],
    'LoadBalancer',
  );
  expect(subject.related.map((one) => [one.resource.id, one.place.pointer])).toStrictEqual(
    expect.arrayContaining([
      [group, ''],
      [group, '/TargetGroups/0'],
    ]),
  );
  expect(subject.related).toHaveLength(2);
});

it('hands a bucket of no known region the metrics of the region that measures it', () => {
  const series = {
    namespace: 'AWS/S3',
    metric: 'BucketSizeBytes',
    dimensions: { BucketName: 'logs', StorageType: 'StandardStorage' },
    stat: 'Average',
    period_seconds: 86_400,
    start: '2026-11-06T00:00:00Z',
    values: [1],
  };
  const evidence = evidenceId(sha256Hex('metrics'));
  const metrics = indexMetricsChunk({ text: JSON.stringify(series), ...where, evidence }).entries;
  const subject = subjectOf([...indexed('s3', 'ListBuckets', { Buckets: [{ Name: 'logs' }] }), ...metrics], 'S3Bucket');
  expect([subject.resource.region, subject.series.length]).toStrictEqual(['global', 1]);
});
