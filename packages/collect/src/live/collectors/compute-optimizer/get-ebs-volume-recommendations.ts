import { defineCollector } from '../../collector.ts';

/** What Compute Optimizer recommends for EBS volumes; an account that has not opted in has no recommendations. Pages of at most 1,000: botocore 1.44.5 model, 2026-11-20; needed actions: Service Authorization Reference, 2026-11-20. */
export const computeOptimizerGetEBSVolumeRecommendations = defineCollector({
  client: 'compute-optimizer',
  operation: 'GetEBSVolumeRecommendations',
  iam: ['compute-optimizer:GetEBSVolumeRecommendations', 'ec2:DescribeVolumes'],
  scope: 'region',
  load: async () => {
    const { ComputeOptimizerClient: Client, GetEBSVolumeRecommendationsCommand: Command } =
      await import('@aws-sdk/client-compute-optimizer');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  absent: ['OptInRequiredException'],
  serves: 'a second opinion on EBS-02, EBS-07',
});
