import { defineCollector } from '../../collector.ts';

/** Transit gateway attachments. Pages of 5 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeTransitGatewayAttachments = defineCollector({
  client: 'ec2',
  operation: 'DescribeTransitGatewayAttachments',
  iam: ['ec2:DescribeTransitGatewayAttachments'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeTransitGatewayAttachmentsCommand: Command } =
      await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  serves: 'NET-12 idle attachments',
});
