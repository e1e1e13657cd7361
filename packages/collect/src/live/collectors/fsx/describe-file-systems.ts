import { defineCollector } from '../../collector.ts';

/** FSx file systems. Pages: botocore 1.44.5 model, 2026-11-20. */
export const fsxDescribeFileSystems = defineCollector({
  client: 'fsx',
  operation: 'DescribeFileSystems',
  iam: ['fsx:DescribeFileSystems'],
  scope: 'region',
  load: async () => {
    const { FSxClient: Client, DescribeFileSystemsCommand: Command } = await import('@aws-sdk/client-fsx');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'idle file systems',
});
