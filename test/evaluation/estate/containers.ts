import { ec2Id } from '../../demo/chance.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Charge, type Piece, type Planned, type Site, type Terms, type Truth } from './planned.ts';
import { daysAgo, line, never, nightlyJob, officeHours } from './workload.ts';

const arn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;

/** USD an hour of Fargate tasks; `undefined` = our table has no price. */
function fargateHour(region: string, kind: 'x86' | 'arm', { vcpus, gb, tasks }: Tasks, priceOf = listPrice) {
  const at = `ecs/${region}/fargate-${kind}`;
  const [vcpu, memory] = [priceOf(`${at}/vcpu-hour`), priceOf(`${at}/gb-hour`)];
  return vcpu === undefined || memory === undefined ? undefined : (vcpu * vcpus + memory * gb) * tasks;
}

interface Tasks {
  readonly vcpus: number;
  readonly gb: number;
  readonly tasks: number;
}

/** A service on Fargate: serving, working at night, of a product that ended, or on machines of its own. */
export function containerService({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({
    serving: 50,
    'nightly job': 15,
    abandoned: 20,
    'abandoned, memory held': 5,
    'on EC2': 10,
  });
  const kind = draw.is(65) ? 'x86' : 'arm';
  const size: Tasks = {
    ...draw.pick([
      { vcpus: 0.5, gb: 1 },
      { vcpus: 1, gb: 4 },
      { vcpus: 2, gb: 8 },
    ]),
    tasks: draw.whole(1, 6),
  };
  const id = arn('ecs', region, `service/apps/${ec2Id('svc', name)}`);
  const task = arn('ecs', region, `task-definition/${ec2Id('task', name)}:3`);
  const isFargate = role !== 'on EC2';
  const usd = fargateHour(region, kind, size, chargedPrice);
  return {
    type: 'EcsService',
    id,
    region,
    workload: `${role} ${kind}`,
    pieces: servicePieces({ id, task, kind, size, isFargate }),
    lines: isFargate ? useOf(id, role) : [],
    charges: isFargate ? [{ service: 'Amazon Elastic Container Service', what: 'Fargate', ...usdHour(usd) }] : [],
    ...(isFargate ? serviceTruth(role, { region, kind, size, terms }) : { waste: {}, best: 0 }),
  };
}

const usdHour = (usd: number | undefined): Pick<Charge, 'usdHour'> => (usd === undefined ? {} : { usdHour: usd });

interface Made {
  readonly id: string;
  readonly task: string;
  readonly kind: 'x86' | 'arm';
  readonly size: Tasks;
  readonly isFargate: boolean;
}

function servicePieces({ id, task, kind, size, isFargate }: Made): Piece[] {
  const service = {
    serviceArn: id,
    serviceName: id.split('/').at(-1) ?? '',
    clusterArn: id.replace(':service/', ':cluster/').split('/').slice(0, -1).join('/'),
    status: 'ACTIVE',
    launchType: isFargate ? 'FARGATE' : 'EC2',
    desiredCount: size.tasks,
    runningCount: size.tasks,
    taskDefinition: task,
  };
  const taskDefinition = {
    taskDefinitionArn: task,
    cpu: String(size.vcpus * 1024),
    memory: String(size.gb * 1024),
    runtimePlatform: { cpuArchitecture: kind === 'arm' ? 'ARM64' : 'X86_64', operatingSystemFamily: 'LINUX' },
  };
  return [
    { client: 'ecs', operation: 'DescribeServices', member: 'services', item: service },
    { client: 'ecs', operation: 'DescribeTaskDefinition', item: { taskDefinition } },
  ];
}

/** A process that waits holds its memory: little where it is small, much where it keeps what it once loaded. */
function useOf(id: string, role: string): Planned['lines'] {
  const [ServiceName = '', ClusterName = ''] = id.split('/').toReversed();
  const demand = role === 'serving' ? officeHours : role === 'nightly job' ? nightlyJob : never;
  const at = { namespace: 'AWS/ECS', dimensions: { ClusterName, ServiceName }, demand, most: 100, places: 2 };
  const held = role === 'abandoned' ? 0.6 : 20;
  return [
    line({ ...at, metric: 'CPUUtilization', stat: 'Maximum', peak: 60, rest: 0.3 }),
    line({ ...at, metric: 'MemoryUtilization', stat: 'Maximum', peak: 30, rest: held }),
  ];
}

interface Facts {
  readonly region: string;
  readonly kind: 'x86' | 'arm';
  readonly size: Tasks;
  readonly terms: Terms;
}

function serviceTruth(role: string, { region, kind, size, terms }: Facts): Pick<Planned, 'waste' | 'best'> {
  const now = fargateHour(region, kind, size);
  const arm = fargateHour(region, 'arm', size);
  const moved = byHour(now === undefined || arm === undefined ? undefined : now - arm, terms);
  const all = byHour(now, terms);
  const isQuiet = role.startsWith('abandoned');
  // Whether memory that is held is use is what people disagree about: to AWS it is.
  const ended: Truth = role === 'abandoned' ? all : 'unclear';
  const waste: Planned['waste'] = {
    ...(isQuiet ? { 'service nobody calls': ended } : {}),
    ...(kind === 'x86' ? { 'tasks on x86 that run on arm': moved } : {}),
  };
  const best = role === 'abandoned' ? all : kind === 'x86' ? moved : 0;
  return ended === 'unclear' && isQuiet ? { waste } : { waste, ...(best === 'unpriced' ? {} : { best }) };
}

/** EKS versions with what AWS says of their support on the day of judgement. Source: EKS user guide, release calendar, read 2026-11-20. */
const VERSIONS = {
  1.32: 'extended',
  1.33: 'extended',
  // To 2026-12-02.
  1.34: 'ends within weeks',
  // To 2027-03-27.
  1.35: 'ends within months',
  1.36: 'supported',
} as const;

/** What clusters are for, of a hundred. */
const CLUSTERS = { 'with nodes': 55, 'on Fargate': 12, 'without nodes': 30, 'with nodes of its own': 3 } as const;

/** A Kubernetes cluster with its nodes: of AWS, of its owner's making, or none. */
export function cluster(site: Site): Planned[] {
  const { draw, name, region } = site;
  const role = draw.weighted(CLUSTERS);
  const version = draw.pick(['1.32', '1.33', '1.34', '1.35', '1.36'] as const);
  const id = ec2Id('eks', name);
  const group = `${id}-workers`;
  const [hour, extended] = [`eks/${region}/cluster/hour`, `eks/${region}/cluster-extended-support/hour`].map(
    chargedPrice,
  );
  const surcharge = VERSIONS[version] === 'extended' ? (extended ?? 0) - (hour ?? 0) : 0;
  const charge = (what: string, usd = 0): Charge => ({
    service: 'Amazon Elastic Kubernetes Service',
    what,
    usdHour: usd,
  });
  return [
    {
      type: 'EksCluster',
      id,
      region,
      workload: `${role} ${version}`,
      pieces: clusterPieces({ region, id, version, group, role }),
      lines: [],
      billedAs: arn('eks', region, `cluster/${id}`),
      charges: [charge('cluster', hour), ...(surcharge > 0 ? [charge('extended support', surcharge)] : [])],
      ...clusterTruth(site, role === 'without nodes', VERSIONS[version]),
    },
    ...(role === 'with nodes' ? [nodesOf({ region, cluster: id, group, isOld: draw.is(30) })] : []),
  ];
}

interface Cluster {
  readonly region: string;
  readonly id: string;
  readonly version: string;
  readonly group: string;
  readonly role: keyof typeof CLUSTERS;
}

function clusterPieces({ region, id, version, group, role }: Cluster): Piece[] {
  const input = { clusterName: id };
  const described = { name: id, arn: arn('eks', region, `cluster/${id}`), version, status: 'ACTIVE' };
  const [nodegroups, fargateProfileNames] = [
    role === 'with nodes' ? [group] : [],
    role === 'on Fargate' ? ['all'] : [],
  ];
  return [
    { client: 'eks', operation: 'DescribeCluster', item: { cluster: { ...described, createdAt: daysAgo(400) } } },
    { client: 'eks', operation: 'ListNodegroups', input, item: { nodegroups } },
    { client: 'eks', operation: 'ListFargateProfiles', input, item: { fargateProfileNames } },
  ];
}

function clusterTruth(
  { region, terms }: Site,
  isEmpty: boolean,
  support: (typeof VERSIONS)[keyof typeof VERSIONS],
): Pick<Planned, 'waste' | 'best'> {
  const [now, extended] = [
    listPrice(`eks/${region}/cluster/hour`),
    listPrice(`eks/${region}/cluster-extended-support/hour`),
  ];
  const usd = byHour(now, terms);
  const extra = byHour(now === undefined || extended === undefined ? undefined : extended - now, terms);
  const saved = [...(isEmpty ? [usd] : []), ...(support === 'extended' ? [extra] : [])];
  return {
    waste: {
      ...(isEmpty ? { 'cluster without nodes': usd } : {}),
      ...(support === 'extended' ? { 'cluster out of standard support': extra } : {}),
      ...(support === 'ends within weeks' ? { 'cluster soon out of support': 'advice' } : {}),
      ...(support === 'ends within months' ? { 'cluster soon out of support': 'unclear' } : {}),
    },
    ...(saved.includes('unpriced') ? {} : { best: saved.reduce<number>((sum, one) => sum + Number(one), 0) }),
  };
}

interface Nodes {
  readonly region: string;
  readonly cluster: string;
  readonly group: string;
  readonly isOld: boolean;
}

/** Its nodes; images of Amazon Linux 2 have had no support for EKS since 2025-11-26. Source: EKS user guide, read 2026-11-20. */
const nodesOf = ({ region, cluster: clusterName, group, isOld }: Nodes): Planned => ({
  type: 'EksNodegroup',
  id: `${clusterName}/${group}`,
  region,
  workload: isOld ? 'on Amazon Linux 2' : 'on Amazon Linux 2023',
  pieces: [
    {
      client: 'eks',
      operation: 'DescribeNodegroup',
      item: {
        nodegroup: {
          nodegroupName: group,
          clusterName,
          nodegroupArn: arn('eks', region, `nodegroup/${clusterName}/${group}/1`),
          amiType: isOld ? 'AL2_ARM_64' : 'AL2023_ARM_64_STANDARD',
          instanceTypes: ['m7g.large'],
          scalingConfig: { minSize: 1, maxSize: 6, desiredSize: 2 },
        },
      },
    },
  ],
  lines: [],
  charges: [],
  waste: isOld ? { 'nodes on an image out of support': 'advice' } : {},
});
