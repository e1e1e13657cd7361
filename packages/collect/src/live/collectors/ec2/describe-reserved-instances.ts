import { defineCollector } from '../../collector.ts';

/** Reserved instances that the account bought, past ones too; one page. */
export const ec2DescribeReservedInstances = defineCollector({
  client: 'ec2',
  operation: 'DescribeReservedInstances',
  iam: ['ec2:DescribeReservedInstances'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeReservedInstancesCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  serves: 'COM-01, COM-05, COM-06',
});
