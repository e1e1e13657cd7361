import type { CostFacts } from '../model/cost-facts.ts';
import { type ResourceRef, type ResourceType, resourceKey } from '../model/resource.ts';

/** The cost facts of a bill, findable by the resources of an estate. */
export interface CostIndex {
  /** The facts about a resource, or `undefined` when the bill has none that are certainly its own. */
  readonly of: (resource: ResourceRef) => CostFacts | undefined;
}

/** An id that EC2 gives out, unique by itself: 8 or 17 hex digits. Source: EC2 user guide, "Resource IDs", read 2026-11-20. */
const UNIQUE_EC2_ID = /^(i|vol|snap|ami|eipalloc|nat|vpce|h|cr|tgw-attach)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

const EC2_PREFIXES: Partial<Record<ResourceType, string>> = {
  Ec2Instance: 'i',
  EbsVolume: 'vol',
  EbsSnapshot: 'snap',
  Ec2Image: 'ami',
  ElasticIp: 'eipalloc',
  NatGateway: 'nat',
  VpcEndpoint: 'vpce',
  Ec2Host: 'h',
  Ec2CapacityReservation: 'cr',
  TransitGatewayAttachment: 'tgw-attach',
};

/** `arn:partition:service:region:account:resource`, as the IAM user guide "ARN format" gives it (read 2026-11-20). */
const ARN = /^arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):([0-9]{12}|):(.+)$/s;

/**
 * The name under which lines of one resource meet: the id inside an EC2 ARN (`.../i-0abc...` is `i-0abc...`, as AWS bills
 * the same instance both ways), the text itself for everything else.
 */
export function billedResourceId(resourceId: string): string {
  const arn = ARN.exec(resourceId);
  if (arn === null || arn[1] !== 'ec2') return resourceId;
  const last = resourceId.slice(resourceId.lastIndexOf('/') + 1);
  return UNIQUE_EC2_ID.test(last) ? last : resourceId;
}

/**
 * Joins a bill to an estate, without guessing:
 * 1. equal texts, when they are an ARN, or an id that EC2 gives out to that kind of resource;
 * 2. an ARN in the bill and a name in the estate, when service, kind, account, region and name all agree ({@link ARN_NAMES});
 * 3. a bare name only for S3 buckets, whose names are unique.
 * Where both sides name the account and they differ, or two resources of the bill fit, there is no join.
 */
export function costIndex(costs: readonly CostFacts[]): CostIndex {
  const found = new Map<string, CostFacts | undefined>();
  for (const facts of costs) {
    for (const key of keysOfFacts(facts)) found.set(key, found.has(key) ? undefined : facts);
  }
  return {
    of: (resource) => {
      for (const key of keysOfResource(resource)) {
        const facts = found.get(key);
        if (facts !== undefined && isSameAccount(facts, resource)) return facts;
      }
      return undefined;
    },
  };
}

function isSameAccount(facts: CostFacts, resource: ResourceRef): boolean {
  if (resource.account === 'unknown' || facts.account === undefined) return true;
  return paddedAccount(facts.account) === resource.account;
}

/** An AWS account id with the leading zeros that spreadsheets drop; any other text as it is. */
export const paddedAccount = (account: string): string =>
  /^[0-9]{9,11}$/.test(account) ? account.padStart(12, '0') : account;

function keysOfFacts(facts: CostFacts): string[] {
  const id = facts.resource_id;
  if (UNIQUE_EC2_ID.test(id)) return [id];
  const arn = ARN.exec(id);
  if (arn === null) return BUCKET_NAME.test(id) ? [`S3Bucket/${id}`] : [];
  const [, service = '', region = '', account = '', rest = ''] = arn;
  if (service === 's3') return [id, `S3Bucket/${rest}`];
  const keys = ARN_NAMES.filter((one) => one.service === service).flatMap(({ type, pattern }) => {
    const name = pattern.exec(rest)?.[1];
    return name === undefined ? [] : [resourceKey({ account, region, type, id: name })];
  });
  return [id, ...keys];
}

function keysOfResource(resource: ResourceRef): string[] {
  const id = billedResourceId(resource.id);
  const prefix = EC2_PREFIXES[resource.type];
  if (prefix !== undefined) return UNIQUE_EC2_ID.exec(id)?.[1] === prefix ? [id] : [];
  if (ARN.test(id)) return [id];
  if (resource.type === 'S3Bucket') return [`S3Bucket/${id}`];
  return [resourceKey(resource)];
}

/** Source: Amazon S3 user guide, "General purpose bucket naming rules", read 2026-11-20. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** How the last part of an ARN names a resource. Source: Service Authorization Reference, "Resource types", read 2026-11-20. */
const ARN_NAMES: readonly { readonly service: string; readonly type: ResourceType; readonly pattern: RegExp }[] = [
  {
    service: 'autoscaling',
    type: 'Ec2AutoScalingGroup',
    pattern: /^autoScalingGroup:[^:]+:autoScalingGroupName\/(.+)$/,
  },
  { service: 'elasticloadbalancing', type: 'LoadBalancer', pattern: /^loadbalancer\/(?:app|net|gwy)\/([^/]+)\/[^/]+$/ },
  { service: 'elasticloadbalancing', type: 'ClassicLoadBalancer', pattern: /^loadbalancer\/([^/]+)$/ },
  { service: 'rds', type: 'RdsDbInstance', pattern: /^db:([^:]+)$/ },
  { service: 'rds', type: 'RdsDbCluster', pattern: /^cluster:([^:]+)$/ },
  { service: 'rds', type: 'RdsDbSnapshot', pattern: /^snapshot:(.+)$/ },
  { service: 'rds', type: 'RdsDbClusterSnapshot', pattern: /^cluster-snapshot:(.+)$/ },
  { service: 'lambda', type: 'LambdaFunction', pattern: /^function:([^:]+)$/ },
  { service: 'dynamodb', type: 'DynamoDbTable', pattern: /^table\/([^/]+)$/ },
  { service: 'eks', type: 'EksCluster', pattern: /^cluster\/([^/]+)$/ },
  { service: 'ecs', type: 'EcsCluster', pattern: /^cluster\/([^/]+)$/ },
  { service: 'elasticache', type: 'ElastiCacheCluster', pattern: /^cluster:([^:]+)$/ },
  { service: 'memorydb', type: 'MemoryDbCluster', pattern: /^cluster\/([^/]+)$/ },
  { service: 'redshift', type: 'RedshiftCluster', pattern: /^cluster:([^:]+)$/ },
  { service: 'es', type: 'OpenSearchDomain', pattern: /^domain\/([^/]+)$/ },
  { service: 'sagemaker', type: 'SageMakerEndpoint', pattern: /^endpoint\/([^/]+)$/ },
  { service: 'sagemaker', type: 'SageMakerNotebook', pattern: /^notebook-instance\/([^/]+)$/ },
  { service: 'logs', type: 'LogGroup', pattern: /^log-group:([^:]+)(?::\*)?$/ },
  { service: 'kinesis', type: 'KinesisStream', pattern: /^stream\/([^/]+)$/ },
  { service: 'elasticfilesystem', type: 'EfsFileSystem', pattern: /^file-system\/([^/]+)$/ },
  { service: 'fsx', type: 'FsxFileSystem', pattern: /^file-system\/([^/]+)$/ },
  { service: 'ecr', type: 'EcrRepository', pattern: /^repository\/(.+)$/ },
  { service: 'kms', type: 'KmsKey', pattern: /^key\/([^/]+)$/ },
];
