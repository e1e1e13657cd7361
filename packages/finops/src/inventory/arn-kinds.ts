import type { ResourceRef, ResourceType } from '../model/resource.ts';

/** Which resource of the inventory an ARN names, by the id the inventory gives it; `undefined` for kinds the inventory has not. */
export function resourceOfArn(arn: string): ResourceRef | undefined {
  const [, service = '', region = '', account = '', name = ''] =
    /^arn:[^:]+:([^:]+):([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];
  for (const { type, of, named, whole } of KINDS) {
    const found = of === service ? named.exec(name) : null;
    if (found === null) continue;
    const id = whole === true ? arn : found.slice(1).join('/');
    return { account: account === '' ? 'unknown' : account, region: region === '' ? 'global' : region, type, id };
  }
  return undefined;
}

/** How ARNs of a service name a kind: the groups of `named` are its id, or the `whole` ARN is. */
interface Kind {
  readonly type: ResourceType;
  readonly of: string;
  readonly named: RegExp;
  readonly whole?: true;
}

const kind = (type: ResourceType, of: string, named: RegExp): Kind => ({ type, of, named });
const byArn = (type: ResourceType, of: string, named: RegExp): Kind => ({ type, of, named, whole: true });

/** Source: Service Authorization Reference, resource types of each service, 2026-11-21. */
const KINDS: readonly Kind[] = [
  kind('Ec2Instance', 'ec2', /^instance\/(.+)$/),
  kind('EbsVolume', 'ec2', /^volume\/(.+)$/),
  kind('EbsSnapshot', 'ec2', /^snapshot\/(.+)$/),
  kind('Ec2Image', 'ec2', /^image\/(.+)$/),
  kind('ElasticIp', 'ec2', /^elastic-ip\/(.+)$/),
  kind('NatGateway', 'ec2', /^natgateway\/(.+)$/),
  kind('VpcEndpoint', 'ec2', /^vpc-endpoint\/(.+)$/),
  kind('Ec2CapacityReservation', 'ec2', /^capacity-reservation\/(.+)$/),
  kind('Ec2Host', 'ec2', /^dedicated-host\/(.+)$/),
  kind('TransitGatewayAttachment', 'ec2', /^transit-gateway-attachment\/(.+)$/),
  byArn('LoadBalancer', 'elasticloadbalancing', /^loadbalancer\/(?:app|net|gwy)\//),
  kind('ClassicLoadBalancer', 'elasticloadbalancing', /^loadbalancer\/([^/]+)$/),
  byArn('TargetGroup', 'elasticloadbalancing', /^targetgroup\//),
  kind('Ec2AutoScalingGroup', 'autoscaling', /^autoScalingGroup:[^:]*:autoScalingGroupName\/(.+)$/),
  kind('RdsDbInstance', 'rds', /^db:(.+)$/),
  kind('RdsDbCluster', 'rds', /^cluster:(.+)$/),
  kind('RdsDbSnapshot', 'rds', /^snapshot:(.+)$/),
  kind('RdsDbClusterSnapshot', 'rds', /^cluster-snapshot:(.+)$/),
  kind('LambdaFunction', 'lambda', /^function:([^:]+)$/),
  kind('S3Bucket', 's3', /^([^/]+)$/),
  kind('DynamoDbTable', 'dynamodb', /^table\/([^/]+)$/),
  kind('EksCluster', 'eks', /^cluster\/(.+)$/),
  kind('EksNodegroup', 'eks', /^nodegroup\/([^/]+)\/([^/]+)\//),
  kind('EcsCluster', 'ecs', /^cluster\/(.+)$/),
  byArn('EcsService', 'ecs', /^service\//),
  byArn('EcsTaskDefinition', 'ecs', /^task-definition\//),
  kind('ElastiCacheCluster', 'elasticache', /^cluster:(.+)$/),
  kind('MemoryDbCluster', 'memorydb', /^cluster\/(.+)$/),
  kind('RedshiftCluster', 'redshift', /^cluster:(.+)$/),
  kind('OpenSearchDomain', 'es', /^domain\/(.+)$/),
  kind('SageMakerEndpoint', 'sagemaker', /^endpoint\/(.+)$/),
  kind('SageMakerEndpointConfig', 'sagemaker', /^endpoint-config\/(.+)$/),
  kind('SageMakerNotebook', 'sagemaker', /^notebook-instance\/(.+)$/),
  kind('LogGroup', 'logs', /^log-group:([^:]+)(?::\*)?$/),
  kind('CloudWatchAlarm', 'cloudwatch', /^alarm:(.+)$/),
  kind('KinesisStream', 'kinesis', /^stream\/([^/]+)$/),
  kind('EfsFileSystem', 'elasticfilesystem', /^file-system\/(.+)$/),
  kind('FsxFileSystem', 'fsx', /^file-system\/(.+)$/),
  kind('EcrRepository', 'ecr', /^repository\/(.+)$/),
  kind('KmsKey', 'kms', /^key\/(.+)$/),
  byArn('Secret', 'secretsmanager', /^secret:/),
];
