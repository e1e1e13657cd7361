import type { ResourceType } from '@infrafabric/finops';
import { type JsonObject, isJsonObject } from '@infrafabric/protocol';

/** One metric asked for a kind of resource. */
export interface MetricOf {
  readonly namespace: string;
  readonly metric: string;
  readonly stats: readonly string[];
  /** The dimensions of the resource's series, exactly; `undefined` when this resource has none. */
  readonly dimensions: (resource: { readonly id: string; readonly item: JsonObject }) => Dimensions | undefined;
  /** Days a rule needs when they are more than the ones asked for. */
  readonly atLeastDays?: number;
}

/** CloudWatch dimensions by name. */
export type Dimensions = Readonly<Record<string, string>>;

type Resource = Parameters<MetricOf['dimensions']>[0];

const byId =
  (name: string): MetricOf['dimensions'] =>
  ({ id }) => ({ [name]: id });

/** A stopped instance publishes nothing and is judged without metrics. */
function runningInstance({ id, item }: Resource): Dimensions | undefined {
  const state = item['State'];
  return isJsonObject(state) && state['Name'] === 'running' ? { InstanceId: id } : undefined;
}

/** An available volume publishes nothing. */
const attachedVolume = ({ id, item }: Resource): Dimensions | undefined =>
  item['State'] === 'in-use' ? { VolumeId: id } : undefined;

function interfaceEndpoint({ id, item }: Resource): Dimensions | undefined {
  const { VpcEndpointType, ServiceName, VpcId } = item;
  if (VpcEndpointType !== 'Interface' || typeof ServiceName !== 'string' || typeof VpcId !== 'string') return undefined;
  return { 'Endpoint Type': VpcEndpointType, 'Service Name': ServiceName, 'VPC Endpoint Id': id, 'VPC Id': VpcId };
}

/** CloudWatch knows a load balancer by the end of its ARN. */
function applicationLoadBalancer({ id, item }: Resource): Dimensions | undefined {
  const [, name] = id.split(':loadbalancer/');
  return item['Type'] === 'application' && name !== undefined ? { LoadBalancer: name } : undefined;
}

function transitGatewayAttachment({ id, item }: Resource): Dimensions | undefined {
  const gateway = item['TransitGatewayId'];
  if (typeof gateway !== 'string' || item['State'] !== 'available') return undefined;
  return { TransitGateway: gateway, TransitGatewayAttachment: id };
}

/** Databases on provisioned IOPS, whose load decides about their storage. */
const provisionedIops = ({ id, item }: Resource): Dimensions | undefined =>
  item['StorageType'] === 'io1' ? { DBInstanceIdentifier: id } : undefined;

const ifMemcached = ({ id, item }: Resource): Dimensions | undefined =>
  item['Engine'] === 'memcached' ? { CacheClusterId: id } : undefined;

const unlessMemcached = ({ id, item }: Resource): Dimensions | undefined =>
  item['Engine'] === 'memcached' ? undefined : { CacheClusterId: id };

/** Endpoints with several variants are rare; the rule says so when it lacks the others. */
function firstVariant({ id, item }: Resource): Dimensions | undefined {
  const [first] = Array.isArray(item['ProductionVariants']) ? item['ProductionVariants'] : [];
  const variant = isJsonObject(first) ? first['VariantName'] : undefined;
  return typeof variant === 'string' ? { EndpointName: id, VariantName: variant } : undefined;
}

function ecsService({ item }: Resource): Dimensions | undefined {
  const { clusterArn, serviceName } = item;
  if (typeof clusterArn !== 'string' || typeof serviceName !== 'string') return undefined;
  return { ClusterName: clusterArn.split('/').at(-1) ?? '', ServiceName: serviceName };
}

const sums = (namespace: string, metrics: readonly string[], dimensions: MetricOf['dimensions']): MetricOf[] =>
  metrics.map((metric) => ({ namespace, metric, stats: ['Sum'], dimensions }));

/** Statistics of a gauge: mean, peak, and what is exceeded in one of 200 data (AWS Compute Optimizer sizes for P99.5, read 2026-08-21). */
const GAUGE = ['Average', 'Maximum', 'p99.5'];

/**
 * What is asked of CloudWatch for each kind of resource: what a rule reads, and CPU for people.
 *
 * Names and dimensions: the metrics page of each service's user guide, 2026-11-20.
 */
export const METRICS: Readonly<Partial<Record<ResourceType, readonly MetricOf[]>>> = {
  Ec2Instance: [
    { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: GAUGE, dimensions: runningInstance },
    ...sums('AWS/EC2', ['NetworkIn', 'NetworkOut'], runningInstance),
  ],
  EbsVolume: sums(
    'AWS/EBS',
    ['VolumeReadBytes', 'VolumeReadOps', 'VolumeWriteBytes', 'VolumeWriteOps'],
    attachedVolume,
  ),
  NatGateway: sums('AWS/NATGateway', ['BytesInFromDestination', 'BytesOutToDestination'], byId('NatGatewayId')),
  VpcEndpoint: [
    {
      namespace: 'AWS/PrivateLinkEndpoints',
      metric: 'BytesProcessed',
      stats: ['Sum'],
      dimensions: interfaceEndpoint,
      atLeastDays: 30,
    },
  ],
  RdsDbInstance: [
    { namespace: 'AWS/RDS', metric: 'CPUUtilization', stats: GAUGE, dimensions: byId('DBInstanceIdentifier') },
    {
      namespace: 'AWS/RDS',
      metric: 'DatabaseConnections',
      stats: ['Maximum'],
      dimensions: byId('DBInstanceIdentifier'),
    },
    ...['ReadIOPS', 'WriteIOPS', 'ReadThroughput', 'WriteThroughput'].map((metric) => ({
      namespace: 'AWS/RDS',
      metric,
      stats: ['Maximum'],
      dimensions: provisionedIops,
    })),
  ],
  LambdaFunction: [
    {
      namespace: 'AWS/Lambda',
      metric: 'Invocations',
      stats: ['Sum'],
      dimensions: byId('FunctionName'),
      atLeastDays: 30,
    },
    { namespace: 'AWS/Lambda', metric: 'Duration', stats: ['Sum'], dimensions: byId('FunctionName') },
  ],
  LoadBalancer: sums('AWS/ApplicationELB', ['RequestCount'], applicationLoadBalancer),
  TransitGatewayAttachment: sums('AWS/TransitGateway', ['BytesIn', 'BytesOut'], transitGatewayAttachment),
  ElastiCacheCluster: [
    ...sums('AWS/ElastiCache', ['CacheHits', 'CacheMisses'], unlessMemcached),
    ...sums('AWS/ElastiCache', ['GetHits', 'GetMisses'], ifMemcached),
  ],
  RedshiftCluster: [
    {
      namespace: 'AWS/Redshift',
      metric: 'DatabaseConnections',
      stats: ['Maximum'],
      dimensions: byId('ClusterIdentifier'),
    },
  ],
  KinesisStream: sums('AWS/Kinesis', ['IncomingRecords'], byId('StreamName')),
  SageMakerEndpoint: sums('AWS/SageMaker', ['Invocations'], firstVariant),
  EcsService: ['CPUUtilization', 'MemoryUtilization'].map((metric) => ({
    namespace: 'AWS/ECS',
    metric,
    stats: ['Maximum'],
    dimensions: ecsService,
  })),
  DynamoDbTable: sums('AWS/DynamoDB', ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'], byId('TableName')),
};

/** Metrics under dimensions that only ListMetrics knows: which of them are asked, and whose they are. */
export interface ListedMetrics {
  readonly namespace: string;
  readonly type: ResourceType;
  /** The dimension that names the resource. */
  readonly dimension: string;
  /** Statistics by metric. */
  readonly stats: Readonly<Record<string, readonly string[]>>;
  readonly periodSeconds?: number;
}

/**
 * What the CloudWatch agent publishes of an instance, and the storage metrics of buckets, one a storage class.
 *
 * Names: CloudWatch User Guide, Metrics collected by the CloudWatch agent; S3 User Guide, CloudWatch metrics: storage metrics
 * are reported once a day; 2026-11-20.
 */
export const LISTED_METRICS: readonly ListedMetrics[] = [
  {
    namespace: 'CWAgent',
    type: 'Ec2Instance',
    dimension: 'InstanceId',
    stats: { disk_used_percent: ['Maximum'], mem_used_percent: GAUGE },
  },
  {
    namespace: 'AWS/S3',
    type: 'S3Bucket',
    dimension: 'BucketName',
    stats: { BucketSizeBytes: ['Average'], NumberOfObjects: ['Average'] },
    periodSeconds: 86_400,
  },
];
