import { defineCollector } from '../../collector.ts';

/** Machine images that the account owns, disabled ones too. Pages: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeImages = defineCollector({
  client: 'ec2',
  operation: 'DescribeImages',
  iam: ['ec2:DescribeImages'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeImagesCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  inputs: () => [{ Owners: ['self'], IncludeDisabled: true }],
  serves: 'EC2-18 unused images',
});
