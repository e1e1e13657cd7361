import { defineCollector } from '../../collector.ts';

/** The organisation the account belongs to; an account on its own has none. */
export const organizationsDescribeOrganization = defineCollector({
  client: 'organizations',
  operation: 'DescribeOrganization',
  iam: ['organizations:DescribeOrganization'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { OrganizationsClient: Client, DescribeOrganizationCommand: Command } =
      await import('@aws-sdk/client-organizations');
    return { Client, Command };
  },
  absent: ['AWSOrganizationsNotInUseException'],
  serves: 'the choice of accounts',
});
