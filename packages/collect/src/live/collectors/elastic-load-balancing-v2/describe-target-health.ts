import { type InputContext, defineCollector } from '../../collector.ts';
import { itemsOf, textsIn } from '../answered.ts';

/** Targets of each target group that a load balancer uses, with their health; the answer does not name the group, its input does. */
export const elasticLoadBalancingV2DescribeTargetHealth = defineCollector({
  client: 'elastic-load-balancing-v2',
  operation: 'DescribeTargetHealth',
  iam: ['elasticloadbalancing:DescribeTargetHealth'],
  scope: 'region',
  load: async () => {
    const { ElasticLoadBalancingV2Client: Client, DescribeTargetHealthCommand: Command } =
      await import('@aws-sdk/client-elastic-load-balancing-v2');
    return { Client, Command };
  },
  after: ['elastic-load-balancing-v2.DescribeTargetGroups'],
  inputs: targetGroups,
  probe: {
    TargetGroupArn:
      'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/infrafabric-probe/0000000000000000',
  },
  serves: 'NET-10 load balancers without healthy targets',
});

function targetGroups({ answers }: InputContext) {
  return itemsOf(answers('elastic-load-balancing-v2.DescribeTargetGroups'), 'TargetGroups/*')
    .filter((group) => textsIn(group, 'LoadBalancerArns/*').length > 0)
    .flatMap((group) => textsIn(group, 'TargetGroupArn').map((TargetGroupArn) => ({ TargetGroupArn })));
}
