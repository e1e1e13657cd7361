import { ec2Id } from '../../demo/chance.ts';
import { bestOf, byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Charge, type MetricLine, type Piece, type Planned, type Site, type Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { type Demand, daysAgo, line, never, nightlyJob, officeHours, weeklyJob } from './workload.ts';

const hourly = (what: string, key: string, count = 1): Charge => ({
  service: 'Amazon Virtual Private Cloud',
  what,
  usdHour: chargedPrice(key) * count,
});

/** What is true of something that is waste as a whole, or not at all. */
export const whole = (kind: WasteKind, isWaste: boolean, usd: Truth): Pick<Planned, 'waste' | 'best'> => {
  if (!isWaste) return { waste: {}, best: 0 };
  return { waste: { [kind]: usd }, ...(typeof usd === 'number' ? bestOf(usd) : {}) };
};

/** An Elastic IP address: in use, or of nothing. */
export function address({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ 'in use': 70, 'of nothing': 30 });
  const id = ec2Id('eipalloc', name);
  const key = `vpc/${region}/public-ipv4/hour`;
  return {
    type: 'ElasticIp',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'ec2',
        operation: 'DescribeAddresses',
        member: 'Addresses',
        item: {
          AllocationId: id,
          PublicIp: `198.51.${draw.whole(0, 255)}.${draw.whole(1, 254)}`,
          PublicIpv4Pool: 'amazon',
          Domain: 'vpc',
          ...(role === 'in use'
            ? { AssociationId: ec2Id('eipassoc', name), NetworkInterfaceId: ec2Id('eni', name) }
            : {}),
        },
      },
    ],
    lines: [],
    billedAs: `arn:aws:ec2:${region}:${ACCOUNT}:elastic-ip/${id}`,
    charges: [hourly('public IPv4 address', key)],
    ...whole('address nobody uses', role === 'of nothing', byHour(listPrice(key), terms)),
  };
}

const TRAFFIC: Readonly<Record<string, Demand>> = {
  busy: officeHours,
  'nightly job': nightlyJob,
  'weekly job': weeklyJobOnly,
  unused: never,
};

function weeklyJobOnly(hour: Parameters<Demand>[0]): number {
  return weeklyJob(hour) === 1 ? 1 : 0;
}

/** A NAT gateway: busy, used by a job, or without a byte. */
export function gateway({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 55, 'nightly job': 15, unused: 30 });
  const id = ec2Id('nat', name);
  const key = `vpc/${region}/nat-gateway/hour`;
  const demand = TRAFFIC[role]!;
  const bytes = (metric: string, peak: number): MetricLine =>
    line({ namespace: 'AWS/NATGateway', dimensions: { NatGatewayId: id }, metric, stat: 'Sum', demand, peak });
  return {
    type: 'NatGateway',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'ec2',
        operation: 'DescribeNatGateways',
        member: 'NatGateways',
        item: { NatGatewayId: id, State: 'available', VpcId: 'vpc-0a1b2c3d4e5f60718' },
      },
    ],
    lines: [bytes('BytesOutToDestination', 3e9), bytes('BytesInFromDestination', 2e10)],
    charges: [hourly('NAT gateway', key)],
    ...whole('gateway nobody uses', role === 'unused', byHour(listPrice(key), terms)),
  };
}

/** An interface endpoint in one to three zones. */
export function endpoint({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 55, 'weekly job': 10, unused: 35 });
  const id = ec2Id('vpce', name);
  const key = `vpc/${region}/interface-endpoint/hour`;
  const zones = draw.whole(1, 3);
  const price = listPrice(key);
  const dimensions = {
    'Endpoint Type': 'Interface',
    'Service Name': `com.amazonaws.${region}.sts`,
    'VPC Endpoint Id': id,
    'VPC Id': 'vpc-0a1b2c3d4e5f60718',
  };
  return {
    type: 'VpcEndpoint',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'ec2',
        operation: 'DescribeVpcEndpoints',
        member: 'VpcEndpoints',
        item: {
          VpcEndpointId: id,
          VpcEndpointType: 'Interface',
          State: 'available',
          ServiceName: `com.amazonaws.${region}.sts`,
          SubnetIds: Array.from({ length: zones }, (_, zone) => ec2Id('subnet', `${region} ${zone}`)),
          OwnerId: ACCOUNT,
        },
      },
    ],
    lines: [
      line({
        namespace: 'AWS/PrivateLinkEndpoints',
        metric: 'BytesProcessed',
        stat: 'Sum',
        dimensions,
        demand: TRAFFIC[role]!,
        peak: 4e8,
      }),
    ],
    charges: [hourly('interface endpoint', key, zones)],
    ...whole('endpoint nobody uses', role === 'unused', byHour(price === undefined ? undefined : price * zones, terms)),
  };
}

/** What balancers are for, of a hundred. */
const BALANCERS = { serving: 65, 'in front of nothing': 25, 'set up today': 5, 'being set up': 5 } as const;

const ageOf = (role: keyof typeof BALANCERS, { draw }: Site): number =>
  ({
    'set up today': draw.between(0.2, 2),
    'being set up': draw.between(4, 20),
    serving: draw.between(20, 900),
    'in front of nothing': draw.between(40, 900),
  })[role];

/** A load balancer with one or two target groups and their health. */
export function balancer(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted(BALANCERS);
  const type = draw.pick(['application', 'application', 'network']);
  const short = type === 'application' ? 'app' : 'net';
  const arnOf = (kind: string, n = ''): string =>
    `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:${kind}/${ec2Id('x', name + n).slice(2)}`;
  const arn = `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/${short}/${ec2Id('lb', name)}/${ec2Id('x', name).slice(3)}`;
  const key = `elb/${region}/${type}/hour`;
  const groups = Array.from({ length: draw.whole(1, 2) }, (_, n) => arnOf('targetgroup', ` ${n}`));
  const targets =
    role === 'serving' ? [{ Target: { Id: ec2Id('i', name), Port: 80 }, TargetHealth: { State: 'healthy' } }] : [];
  return {
    type: 'LoadBalancer',
    id: arn,
    region,
    workload: role,
    pieces: [
      {
        client: 'elastic-load-balancing-v2',
        operation: 'DescribeLoadBalancers',
        member: 'LoadBalancers',
        item: {
          LoadBalancerArn: arn,
          LoadBalancerName: ec2Id('lb', name),
          Type: type,
          State: { Code: 'active' },
          CreatedTime: daysAgo(ageOf(role, site)),
        },
      },
      ...groups.flatMap((group, n): Piece[] => [
        {
          client: 'elastic-load-balancing-v2',
          operation: 'DescribeTargetGroups',
          member: 'TargetGroups',
          item: { TargetGroupArn: group, TargetGroupName: `group-${n}`, LoadBalancerArns: [arn] },
        },
        {
          client: 'elastic-load-balancing-v2',
          operation: 'DescribeTargetHealth',
          input: { TargetGroupArn: group },
          item: { TargetHealthDescriptions: n === 0 ? targets : [] },
        },
      ]),
    ],
    lines: [],
    charges: [{ ...hourly(`${type} load balancer`, key), service: 'Elastic Load Balancing' }],
    ...(role === 'being set up'
      ? { waste: { 'balancer in front of nothing': 'unclear' } }
      : whole('balancer in front of nothing', role === 'in front of nothing', byHour(listPrice(key), terms))),
  };
}

/** A Classic Load Balancer. */
export function classicBalancer(site: Site): Planned {
  const { name, region, terms, draw } = site;
  const role = draw.weighted(BALANCERS);
  const id = ec2Id('clb', name);
  const key = `elb/${region}/classic/hour`;
  return {
    type: 'ClassicLoadBalancer',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'elastic-load-balancing',
        operation: 'DescribeLoadBalancers',
        member: 'LoadBalancerDescriptions',
        item: {
          LoadBalancerName: id,
          Instances: role === 'serving' ? [{ InstanceId: ec2Id('i', name) }] : [],
          CreatedTime: daysAgo(ageOf(role, site)),
        },
      },
    ],
    lines: [],
    billedAs: `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/${id}`,
    charges: [{ ...hourly('classic load balancer', key), service: 'Elastic Load Balancing' }],
    ...(role === 'being set up'
      ? { waste: { 'classic balancer in front of nothing': 'unclear' } }
      : whole('classic balancer in front of nothing', role === 'in front of nothing', byHour(listPrice(key), terms))),
  };
}
