import { ec2Id, word } from './chance.ts';
import { allHours } from './charges.ts';
import { subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { advice, finding, listMonth } from './planted.ts';
import { type Answer, type Charge, NETWORK, type Part, type Planted, arn, tagMap } from './sample.ts';

/** Kubernetes clusters and node groups, and the charges of the clusters. */
export function clusters(): Part {
  return {
    answers: [...CLUSTERS.map(clusterAnswer), ...NODEGROUPS.map(nodegroupAnswer)],
    series: [],
    charges: CLUSTERS.map(chargeOf),
    planted: planted(),
    unknown: [{ resource: 'platform-staging', rule: 'eks-idle-cluster', reason: 'NOT_COLLECTED' }],
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

function chargeOf({ name, version, environment }: (typeof CLUSTERS)[number]): Charge {
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

function planted(): Planted[] {
  const surcharge = subtract(
    price('extended-support-price/eks/all/cluster-hour/EXTENDED_YEAR_1_2'),
    price('extended-support-price/eks/all/cluster-hour/STANDARD'),
  );
  return [
    finding('platform-prod', 'eks-extended-support', listMonth(surcharge)),
    advice('platform-staging', 'eks-support-ends-soon'),
    advice('platform-prod/legacy-jobs', 'eks-nodegroup-al2'),
  ];
}
