import { defineCollector } from '../../collector.ts';

/** Target groups with the load balancers that use them. Pages of 1 to 400: botocore 1.44.5 model, 2026-11-20. */
export const elasticLoadBalancingV2DescribeTargetGroups = defineCollector({
  client: 'elastic-load-balancing-v2',
  operation: 'DescribeTargetGroups',
  iam: ['elasticloadbalancing:DescribeTargetGroups'],
  scope: 'region',
  load: async () => {
    const { ElasticLoadBalancingV2Client: Client, DescribeTargetGroupsCommand: Command } =
      await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'PageSize', page: 400, least: 1 } },
  serves: 'NET-10 load balancers without targets',
});
