import { ec2Id } from '../../demo/chance.ts';
import { bestOf, byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Charge, type MetricLine, type Planned, type Site, type Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { type Demand, line, never, nightlyJob, officeHours, weeklyJob } from './workload.ts';

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
  const service = draw.weighted({ sts: 80, s3: 18, 's3 from the office': 2 });
  const serviceName = `com.amazonaws.${region}.${service.split(' ')[0]}`;
  const price = listPrice(key);
  const usd = byHour(price === undefined ? undefined : price * zones, terms);
  const dimensions = {
    'Endpoint Type': 'Interface',
    'Service Name': serviceName,
    'VPC Endpoint Id': id,
    'VPC Id': 'vpc-0a1b2c3d4e5f60718',
  };
  return {
    type: 'VpcEndpoint',
    id,
    region,
    workload: `${role} ${service}`,
    pieces: [
      {
        client: 'ec2',
        operation: 'DescribeVpcEndpoints',
        member: 'VpcEndpoints',
        item: {
          VpcEndpointId: id,
          VpcEndpointType: 'Interface',
          State: 'available',
          ServiceName: serviceName,
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
    waste: {
      ...(role === 'unused' ? { 'endpoint nobody uses': usd } : {}),
      ...(service === 's3' ? { 'endpoint a free one replaces': usd } : {}),
    },
    ...(role === 'unused' || service === 's3' ? bestOf(usd) : { best: 0 }),
  };
}
