import { defineCollector } from '../../collector.ts';

/** Elastic file systems with their sizes by class. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const efsDescribeFileSystems = defineCollector({
  client: 'efs',
  operation: 'DescribeFileSystems',
  iam: ['elasticfilesystem:DescribeFileSystems'],
  scope: 'region',
  load: async () => {
    const { EFSClient: Client, DescribeFileSystemsCommand: Command } = await import('@aws-sdk/client-efs');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'MaxItems', page: 100, least: 1 } },
  serves: 'idle file systems',
});
