import { defineCollector } from '../../collector.ts';

/** EBS volumes with their attachments. Pages of 5 to 500: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeVolumes = defineCollector({
  client: 'ec2',
  operation: 'DescribeVolumes',
  iam: ['ec2:DescribeVolumes'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeVolumesCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 500, least: 5 } },
  serves: 'EBS-01 to EBS-09, EBS-14',
});
