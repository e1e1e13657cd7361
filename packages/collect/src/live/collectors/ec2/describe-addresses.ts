import { defineCollector } from '../../collector.ts';

/** Elastic IP addresses, associated or not; one page. */
export const ec2DescribeAddresses = defineCollector({
  client: 'ec2',
  operation: 'DescribeAddresses',
  iam: ['ec2:DescribeAddresses'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeAddressesCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  serves: 'NET-01 idle addresses',
});
