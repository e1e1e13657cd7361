import type { Citation, JsonObject } from '@infrafabric/protocol';

/** Kinds of AWS resource the catalogue can judge, spelled as in the Cost Optimization Hub `ResourceType` where it has the kind; `Commitment` is a Savings Plan or a reservation of any service. */
export const RESOURCE_TYPES = [
  'Ec2Instance',
  'Ec2AutoScalingGroup',
  'Ec2Image',
  'Ec2CapacityReservation',
  'Ec2Host',
  'EbsVolume',
  'EbsSnapshot',
  'ElasticIp',
  'NatGateway',
  'VpcEndpoint',
  'TransitGatewayAttachment',
  'LoadBalancer',
  'ClassicLoadBalancer',
  'TargetGroup',
  'RdsDbInstance',
  'RdsDbCluster',
  'RdsDbSnapshot',
  'RdsDbClusterSnapshot',
  'LambdaFunction',
  'S3Bucket',
  'DynamoDbTable',
  'EksCluster',
  'EksNodegroup',
  'EcsCluster',
  'EcsService',
  'EcsTaskDefinition',
  'ElastiCacheCluster',
  'MemoryDbCluster',
  'RedshiftCluster',
  'OpenSearchDomain',
  'SageMakerEndpoint',
  'SageMakerEndpointConfig',
  'SageMakerNotebook',
  'LogGroup',
  'CloudWatchAlarm',
  'KinesisStream',
  'EfsFileSystem',
  'FsxFileSystem',
  'EcrRepository',
  'KmsKey',
  'Secret',
  'Commitment',
] as const;

/** One kind of AWS resource. */
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** Which resource: the key is account/region/type/id. `account` is 12 digits, or `unknown` when no input says it. */
export interface ResourceRef {
  readonly account: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly id: string;
  readonly name?: string;
}

/** The key under which answers about one resource meet. */
export const resourceKey = (resource: ResourceRef): string =>
  `${resource.account}/${resource.region}/${resource.type}/${resource.id}`;

/** A resource as one AWS answer describes it: the item exactly as AWS printed it, and where that stands. */
export interface Observed {
  readonly resource: ResourceRef;
  readonly item: JsonObject;
  readonly citation: Citation;
}

/** One CloudWatch series: equal steps from `start`; `null` = no datum in that step. */
export interface Series {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: string;
  readonly period_seconds: number;
  /** ISO 8601 Z. */
  readonly start: string;
  readonly values: readonly (number | null)[];
  readonly citation: Citation;
}
