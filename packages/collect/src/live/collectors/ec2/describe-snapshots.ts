import { defineCollector } from '../../collector.ts';

/** EBS snapshots that the account owns. Pages of 5 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeSnapshots = defineCollector({
  client: 'ec2',
  operation: 'DescribeSnapshots',
  iam: ['ec2:DescribeSnapshots'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeSnapshotsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  inputs: () => [{ OwnerIds: ['self'] }],
  serves: 'EBS-10 to EBS-12',
});
