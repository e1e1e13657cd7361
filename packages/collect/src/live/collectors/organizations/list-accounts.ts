import { defineCollector } from '../../collector.ts';

/** Accounts of the organisation. Pages of 1 to 20: botocore 1.44.5 model, 2026-11-20. */
export const organizationsListAccounts = defineCollector({
  client: 'organizations',
  operation: 'ListAccounts',
  iam: ['organizations:ListAccounts'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { OrganizationsClient: Client, ListAccountsCommand: Command } = await import('@aws-sdk/client-organizations');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 20, least: 1 } },
  absent: ['AWSOrganizationsNotInUseException'],
  serves: 'the choice of accounts',
});
