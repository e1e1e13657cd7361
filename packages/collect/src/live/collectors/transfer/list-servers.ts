import { defineCollector } from '../../collector.ts';

/** Transfer Family servers, which cost by the hour while they exist. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const transferListServers = defineCollector({
  client: 'transfer',
  operation: 'ListServers',
  iam: ['transfer:ListServers'],
  scope: 'region',
  load: async () => {
    const { TransferClient: Client, ListServersCommand: Command } = await import('@aws-sdk/client-transfer');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 1 } },
  serves: 'idle file transfer servers',
});
