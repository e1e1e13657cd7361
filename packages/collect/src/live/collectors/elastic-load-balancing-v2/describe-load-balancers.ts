import { defineCollector } from '../../collector.ts';

/** Application, network and gateway load balancers. Pages of 1 to 400: botocore 1.44.5 model, 2026-11-20. */
export const elasticLoadBalancingV2DescribeLoadBalancers = defineCollector({
  client: 'elastic-load-balancing-v2',
  operation: 'DescribeLoadBalancers',
  iam: ['elasticloadbalancing:DescribeLoadBalancers'],
  scope: 'region',
  load: async () => {
    const { ElasticLoadBalancingV2Client: Client, DescribeLoadBalancersCommand: Command } =
      await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'PageSize', page: 400, least: 1 } },
  serves: 'NET-10, NET-11',
});
