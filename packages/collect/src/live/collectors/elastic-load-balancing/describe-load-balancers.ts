import { defineCollector } from '../../collector.ts';

/** Classic load balancers with their instances. Pages of 1 to 400: botocore 1.44.5 model, 2026-11-20. */
export const elasticLoadBalancingDescribeLoadBalancers = defineCollector({
  client: 'elastic-load-balancing',
  operation: 'DescribeLoadBalancers',
  iam: ['elasticloadbalancing:DescribeLoadBalancers'],
  scope: 'region',
  load: async () => {
    const { ElasticLoadBalancingClient: Client, DescribeLoadBalancersCommand: Command } =
      await import('@aws-sdk/client-elastic-load-balancing');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'PageSize', page: 400, least: 1 } },
  serves: 'NET-10, NET-11',
});
