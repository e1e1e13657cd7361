import { defineCollector } from '../../collector.ts';

/** What scales by itself: tables, services, endpoints, provisioned concurrency and clusters. Pages of 1 to 50: botocore 1.44.5 model, 2026-11-20. */
export const applicationAutoScalingDescribeScalableTargets = defineCollector({
  client: 'application-auto-scaling',
  operation: 'DescribeScalableTargets',
  iam: ['application-autoscaling:DescribeScalableTargets'],
  scope: 'region',
  load: async () => {
    const { ApplicationAutoScalingClient: Client, DescribeScalableTargetsCommand: Command } =
      await import('@aws-sdk/client-application-auto-scaling');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 50, least: 1 } },
  inputs: () =>
    (['dynamodb', 'ecs', 'lambda', 'rds', 'sagemaker'] as const).map((ServiceNamespace) => ({ ServiceNamespace })),
  serves: 'DDB-08, ECS-05, ML-04',
});
