import { defineCollector } from '../../collector.ts';

/** Default and latest versions of every launch template, which keep images in use; user data is replaced before it is stored. Pages of at most 200: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeLaunchTemplateVersions = defineCollector({
  client: 'ec2',
  operation: 'DescribeLaunchTemplateVersions',
  iam: ['ec2:DescribeLaunchTemplateVersions'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeLaunchTemplateVersionsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 200, least: 1 } },
  inputs: () => [{ Versions: ['$Default', '$Latest'] }],
  serves: 'EC2-18 images a template uses',
});
