import type { Shape, Shapes } from './shape.ts';

/** Answers of `@aws-sdk/client-auto-scaling`. Source: botocore autoscaling 2011-01-01 model, read 2026-08-07. */
export const AUTO_SCALING_SHAPES: Shapes = {
  DescribeAutoScalingGroups: [
    {
      type: 'Ec2AutoScalingGroup',
      at: 'AutoScalingGroups/*',
      id: 'AutoScalingGroupName',
      arn: 'AutoScalingGroupARN',
      refs: ['Instances/*/InstanceId', 'TargetGroupARNs/*', 'LoadBalancerNames/*'],
    },
  ],
};

const lambdaFunction = (at: string): Shape => ({
  type: 'LambdaFunction',
  at: at,
  id: 'FunctionName',
  arn: 'FunctionArn',
  refs: ['LoggingConfig/LogGroup', 'KMSKeyArn', 'FileSystemConfigs/*/Arn'],
});

/** Answers of `@aws-sdk/client-lambda`. Source: botocore lambda 2015-03-31 model, read 2026-08-07. */
export const LAMBDA_SHAPES: Shapes = {
  ListFunctions: [lambdaFunction('Functions/*')],
  GetFunction: [lambdaFunction('Configuration')],
  GetFunctionConfiguration: [lambdaFunction('')],
};

const eksCluster: Shape = { type: 'EksCluster', at: 'cluster', id: 'name', arn: 'arn' };

/** A list of what belongs to a cluster, as a further description of the cluster: a member alone does not say that others are missing. */
const ofEksCluster = (has: string): Shape => ({ type: 'EksCluster', at: '', has, id: 'input:clusterName' });

/** Answers of `@aws-sdk/client-eks`; a node group's id is `<cluster>/<node group>`. Source: botocore eks 2017-11-01 model, read 2026-08-07. */
export const EKS_SHAPES: Shapes = {
  DescribeCluster: [eksCluster],
  ListNodegroups: [ofEksCluster('nodegroups')],
  ListFargateProfiles: [ofEksCluster('fargateProfileNames')],
  ListInsights: [ofEksCluster('insights')],
  DescribeNodegroup: [
    {
      type: 'EksNodegroup',
      at: 'nodegroup',
      id: 'nodegroupName',
      within: 'clusterName',
      name: 'nodegroupName',
      arn: 'nodegroupArn',
      refs: ['clusterName', 'resources/autoScalingGroups/*/name'],
    },
  ],
};

/** Answers of `@aws-sdk/client-ecs`; a service's id is its ARN, for names repeat across clusters. Source: botocore ecs 2014-11-13 model, read 2026-08-07. */
export const ECS_SHAPES: Shapes = {
  DescribeClusters: [{ type: 'EcsCluster', at: 'clusters/*', id: 'clusterName', arn: 'clusterArn' }],
  DescribeServices: [
    {
      type: 'EcsService',
      at: 'services/*',
      id: 'serviceArn',
      name: 'serviceName',
      arn: 'serviceArn',
      refs: ['clusterArn', 'loadBalancers/*/targetGroupArn', 'taskDefinition'],
    },
  ],
  DescribeTaskDefinition: [
    { type: 'EcsTaskDefinition', at: 'taskDefinition', id: 'taskDefinitionArn', arn: 'taskDefinitionArn' },
  ],
};
