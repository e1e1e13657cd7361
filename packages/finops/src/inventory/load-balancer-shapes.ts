import type { Shapes } from './shape.ts';

/** Answers of `@aws-sdk/client-elastic-load-balancing-v2`; ids are ARNs. Source: botocore elbv2 2015-12-01 model, read 2026-08-07. */
export const ELB_V2_SHAPES: Shapes = {
  DescribeLoadBalancers: [
    {
      type: 'LoadBalancer',
      at: 'LoadBalancers/*',
      id: 'LoadBalancerArn',
      name: 'LoadBalancerName',
      arn: 'LoadBalancerArn',
      refs: ['VpcId'],
    },
  ],
  DescribeTargetGroups: [
    {
      type: 'TargetGroup',
      at: 'TargetGroups/*',
      id: 'TargetGroupArn',
      name: 'TargetGroupName',
      arn: 'TargetGroupArn',
      refs: ['LoadBalancerArns/*'],
    },
  ],
  DescribeTargetHealth: [
    {
      type: 'TargetGroup',
      at: '',
      has: 'TargetHealthDescriptions',
      id: 'input:TargetGroupArn',
      arn: 'input:TargetGroupArn',
      refs: ['TargetHealthDescriptions/*/Target/Id'],
    },
  ],
};

/** Answers of `@aws-sdk/client-elastic-load-balancing`. Source: botocore elb 2012-06-01 model, read 2026-08-07. */
export const ELB_SHAPES: Shapes = {
  DescribeLoadBalancers: [
    {
      type: 'ClassicLoadBalancer',
      at: 'LoadBalancerDescriptions/*',
      id: 'LoadBalancerName',
      refs: ['Instances/*/InstanceId'],
    },
  ],
};
