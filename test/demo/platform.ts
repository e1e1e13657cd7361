import { ec2Id, word } from './chance.ts';
import { allHours, partOfMonth, unevenDay } from './charges.ts';
import { price } from './list-prices.ts';
import { advice, finding, listMonth } from './planted.ts';
import { subtract } from './fraction.ts';
import { type Answer, type Charge, type Environment, NETWORK, type Part, type Region, arn, tagMap } from './sample.ts';

/** Clusters, log groups, search and buckets. */
export function platform(): Part {
  return {
    answers: [
      ...CLUSTERS.map(clusterAnswer),
      ...NODEGROUPS.map(nodegroupAnswer),
      ...(['us-east-1', 'eu-west-1'] as const).map(logAnswer),
      searchAnswer(),
      bucketAnswer(),
    ],
    series: [],
    charges: [...CLUSTERS.map(clusterCharge), ...logCharges(), searchCharge(), bucketCharge()],
    planted: [
      finding(
        'platform-prod',
        'eks-extended-support',
        listMonth(
          subtract(
            price('extended-support-price/eks/all/cluster-hour/EXTENDED_YEAR_1_2'),
            price('extended-support-price/eks/all/cluster-hour/STANDARD'),
          ),
        ),
      ),
      advice('platform-staging', 'eks-support-ends-soon'),
      advice('platform-prod/legacy-jobs', 'eks-nodegroup-al2'),
      ...LOG_GROUPS.filter((one) => one.retention === undefined && one.gib > 0).map((one) =>
        advice(one.name, 'logs-no-retention'),
      ),
    ],
    unknown: [
      ...BUCKETS.map((resource) => ({ resource, rule: 's3-incomplete-uploads', reason: 'FIELD_MISSING' })),
      { resource: 'platform-staging', rule: 'eks-idle-cluster', reason: 'NOT_COLLECTED' },
    ],
  };
}

const CLUSTERS = [
  { name: 'platform-prod', version: '1.33', environment: 'prod', created: '2025-06-24T08:15:42.208000+00:00' },
  { name: 'platform-staging', version: '1.34', environment: 'staging', created: '2025-10-29T13:52:07.991000+00:00' },
] as const;

const NODEGROUPS = [
  {
    name: 'apps',
    amiType: 'AL2023_ARM_64_STANDARD',
    type: 'm7g.large',
    size: 1,
    version: '1.33',
    release: '1.33.5-20261030',
  },
  {
    name: 'legacy-jobs',
    amiType: 'AL2_x86_64',
    type: 'm6a.large',
    size: 0,
    version: '1.32',
    release: '1.32.9-20251112',
  },
] as const;

function clusterAnswer({ name, version, environment, created }: (typeof CLUSTERS)[number]): Answer {
  const id = word(name, 32, '0123456789ABCDEF');
  const { vpc, subnets } = NETWORK['us-east-1'];
  return {
    region: 'us-east-1',
    client: 'eks',
    operation: 'DescribeCluster',
    part: name,
    body: {
      cluster: {
        name,
        arn: arn('eks', 'us-east-1', `cluster/${name}`),
        createdAt: created,
        version,
        endpoint: `https://${id}.gr7.us-east-1.eks.amazonaws.com`,
        roleArn: arn('iam', '', 'role/fernway-eks-cluster'),
        resourcesVpcConfig: {
          subnetIds: [...subnets],
          securityGroupIds: [],
          clusterSecurityGroupId: ec2Id('sg', name),
          vpcId: vpc,
          endpointPublicAccess: false,
          endpointPrivateAccess: true,
          publicAccessCidrs: [],
        },
        kubernetesNetworkConfig: {
          serviceIpv4Cidr: '172.20.0.0/16',
          ipFamily: 'ipv4',
          elasticLoadBalancing: { enabled: false },
        },
        logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator'], enabled: true }] },
        identity: { oidc: { issuer: `https://oidc.eks.us-east-1.amazonaws.com/id/${id}` } },
        status: 'ACTIVE',
        platformVersion: 'eks.19',
        tags: tagMap(environment, 'platform'),
        health: { issues: [] },
        accessConfig: { authenticationMode: 'API' },
        upgradePolicy: { supportType: 'EXTENDED' },
        deletionProtection: false,
      },
    },
  };
}

function nodegroupAnswer({ name, amiType, type, size, version, release }: (typeof NODEGROUPS)[number]): Answer {
  const uuid = ['nodegroup', 'a', 'b', 'c'].map((part) => word(`${name} ${part}`, 8, '0123456789abcdef')).join('-');
  return {
    region: 'us-east-1',
    client: 'eks',
    operation: 'DescribeNodegroup',
    part: name,
    body: {
      nodegroup: {
        nodegroupName: name,
        nodegroupArn: arn('eks', 'us-east-1', `nodegroup/platform-prod/${name}/${uuid}`),
        clusterName: 'platform-prod',
        version,
        releaseVersion: release,
        createdAt: '2025-06-24T08:40:13.660000+00:00',
        modifiedAt: '2026-10-30T07:12:55.020000+00:00',
        status: 'ACTIVE',
        capacityType: 'ON_DEMAND',
        scalingConfig: { minSize: size, maxSize: 4, desiredSize: size },
        instanceTypes: [type],
        subnets: [...NETWORK['us-east-1'].subnets],
        amiType,
        nodeRole: arn('iam', '', 'role/fernway-eks-node'),
        diskSize: 30,
        health: { issues: [] },
        updateConfig: { maxUnavailable: 1 },
        resources: { autoScalingGroups: [{ name: `eks-${name}-${uuid}` }] },
        labels: {},
        tags: tagMap('prod', 'platform'),
      },
    },
  };
}

function clusterCharge({ name, version, environment }: (typeof CLUSTERS)[number]): Charge {
  const isExtended = version === '1.33';
  return {
    region: 'us-east-1',
    service: 'eks',
    resourceId: arn('eks', 'us-east-1', `cluster/${name}`),
    resourceType: 'Cluster',
    description: `per hour for an Amazon EKS cluster in ${isExtended ? 'extended' : 'standard'} support`,
    unit: 'Hrs',
    unitPrice: price(`eks/us-east-1/cluster${isExtended ? '-extended-support' : ''}/hour`),
    quantity: allHours(),
    environment,
  };
}

interface LogGroup {
  readonly name: string;
  readonly region: Region;
  readonly retention?: number;
  readonly gib: number;
  readonly ingestedADay?: number;
  readonly environment: Environment;
}

const LOG_GROUPS: readonly LogGroup[] = [
  { name: '/aws/eks/platform-prod/cluster', region: 'us-east-1', gib: 412, ingestedADay: 2, environment: 'prod' },
  { name: '/aws/lambda/invoice-pdf', region: 'us-east-1', retention: 30, gib: 6, environment: 'prod' },
  { name: '/aws/lambda/thumbnailer', region: 'us-east-1', retention: 14, gib: 2, environment: 'prod' },
  { name: '/fernway/audit', region: 'us-east-1', gib: 0, environment: 'prod' },
  { name: '/fernway/eu-web', region: 'eu-west-1', gib: 38, environment: 'prod' },
];

const logAnswer = (region: Region): Answer => ({
  region,
  client: 'cloudwatch-logs',
  operation: 'DescribeLogGroups',
  body: {
    logGroups: LOG_GROUPS.filter((one) => one.region === region).map(({ name, retention, gib }) => ({
      logGroupName: name,
      creationTime: 1_727_340_012_345,
      ...(retention === undefined ? {} : { retentionInDays: retention }),
      metricFilterCount: 0,
      arn: arn('logs', region, `log-group:${name}:*`),
      storedBytes: gib * 1024 ** 3,
      logGroupClass: 'STANDARD',
      logGroupArn: arn('logs', region, `log-group:${name}`),
    })),
  },
});

function logCharges(): Charge[] {
  return LOG_GROUPS.filter((one) => one.gib > 30).flatMap(({ name, region, gib, ingestedADay, environment }) => {
    const charge = {
      region,
      service: 'cloudwatch',
      resourceId: arn('logs', region, `log-group:${name}`),
      resourceType: 'Log Group',
      environment,
    } as const;
    const stored: Charge = {
      ...charge,
      description: 'per GB-mo of log storage',
      unit: 'GB-Mo',
      unitPrice: price(`logs/${region}/storage/gb-month`),
      quantity: partOfMonth(gib),
    };
    if (ingestedADay === undefined) return [stored];
    const ingested: Charge = {
      ...charge,
      description: 'per GB custom log data ingested in Standard log class',
      unit: 'GB',
      unitPrice: price(`logs/${region}/ingestion/gb`),
      quantity: unevenDay(name, ingestedADay),
    };
    return [stored, ingested];
  });
}

const searchAnswer = (): Answer => ({
  region: 'us-east-1',
  client: 'opensearch',
  operation: 'DescribeDomains',
  body: {
    DomainStatusList: [
      {
        DomainId: '210987654321/audit-search',
        DomainName: 'audit-search',
        ARN: SEARCH_ARN,
        Created: true,
        Deleted: false,
        Processing: false,
        UpgradeProcessing: false,
        EngineVersion: 'OpenSearch_2.19',
        ClusterConfig: {
          InstanceType: 't3.small.search',
          InstanceCount: 1,
          DedicatedMasterEnabled: false,
          ZoneAwarenessEnabled: false,
          WarmEnabled: false,
          ColdStorageOptions: { Enabled: false },
          MultiAZWithStandbyEnabled: false,
        },
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 20, Iops: 3000, Throughput: 125 },
        AccessPolicies: '',
        IPAddressType: 'ipv4',
        SnapshotOptions: {},
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      },
    ],
  },
});

const SEARCH_ARN = arn('es', 'us-east-1', 'domain/audit-search');

const searchCharge = (): Charge => ({
  region: 'us-east-1',
  service: 'opensearch',
  resourceId: SEARCH_ARN,
  resourceType: 'Domain',
  description: 'per t3.small.search instance hour',
  unit: 'Hrs',
  unitPrice: price('opensearch/us-east-1/t3.small.search'),
  quantity: allHours(),
  environment: 'prod',
});

const BUCKETS = ['fernway-parcel-labels', 'fernway-invoices'];

const bucketAnswer = (): Answer => ({
  region: 'global',
  client: 's3',
  operation: 'ListBuckets',
  body: {
    Buckets: BUCKETS.map((Name) => ({ Name, CreationDate: '2022-09-05T08:00:12+00:00' })),
    Owner: { ID: word('canonical user', 64, '0123456789abcdef') },
    Prefix: null,
  },
});

const bucketCharge = (): Charge => ({
  region: 'us-east-1',
  service: 's3',
  resourceId: 'fernway-parcel-labels',
  resourceType: 'Bucket',
  description: 'per GB - first 50 TB / month of storage used',
  unit: 'GB-Mo',
  unitPrice: price('s3/us-east-1/standard/gb-month'),
  quantity: partOfMonth(640),
  environment: 'prod',
});
