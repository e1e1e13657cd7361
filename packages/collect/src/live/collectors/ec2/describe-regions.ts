import { defineCollector } from '../../collector.ts';

/** Regions that are enabled for the account; the operation lists no others by default. */
export const ec2DescribeRegions = defineCollector({
  client: 'ec2',
  operation: 'DescribeRegions',
  iam: ['ec2:DescribeRegions'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { EC2Client: Client, DescribeRegionsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  serves: 'the choice of regions',
});
