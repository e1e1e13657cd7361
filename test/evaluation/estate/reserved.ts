import { ec2Id } from '../../demo/chance.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { plain, told } from './plain.ts';
import { ACCOUNT, type Planned, type Site, type Truth } from './planned.ts';
import { daysAgo } from './workload.ts';

/** A dedicated host: machines run on it, none do any more, or it was allocated a moment ago. Hosts of m5 have no price in our table. */
export function dedicatedHost(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({ 'with machines': 55, empty: 30, 'allocated today': 8, 'allocated lately': 7 });
  const family = draw.pick(['mac1', 'mac1', 'm5']);
  const id = ec2Id('h', name);
  const key = `ec2/${region}/dedicated-host/${family}`;
  const age = { 'allocated today': draw.between(0.1, 2), 'allocated lately': draw.between(4, 25) }[role as string];
  const item = {
    HostId: id,
    State: 'available',
    OwnerId: ACCOUNT,
    AllocationTime: daysAgo(age ?? draw.between(60, 700)),
    Instances:
      role === 'with machines' ? [{ InstanceId: ec2Id('i', `${name} on host`), InstanceType: `${family}.metal` }] : [],
    HostProperties: { InstanceFamily: family, Cores: 24, Sockets: 1 },
  };
  return {
    ...plain(site, {
      type: 'Ec2Host',
      id,
      workload: `${role} ${family}`,
      answer: ['ec2', 'DescribeHosts', 'Hosts'],
      item,
    }),
    billedAs: `arn:aws:ec2:${region}:${ACCOUNT}:dedicated-host/${id}`,
    charges: [
      {
        service: 'Amazon Elastic Compute Cloud',
        what: `${family} host`,
        usdHour: family === 'm5' ? 5.069 : chargedPrice(key),
      },
    ],
    ...(role === 'allocated lately'
      ? { waste: { 'host nobody uses': 'unclear' } }
      : whole('host nobody uses', role === 'empty', byHour(listPrice(key), terms))),
  };
}

/** Reserved capacity: full, half empty or empty. AWS charges what is free in it, and the machines in it as machines. */
export function capacityReservation(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({ full: 50, 'half empty': 20, empty: 20, 'made today': 5, 'made lately': 5 });
  const type = draw.pick(['m5.large', 'c5.xlarge', 'r6g.large']);
  const total = draw.whole(2, 8);
  const free = role === 'full' ? 0 : role === 'half empty' ? draw.whole(1, total - 1) : total;
  const id = ec2Id('cr', name);
  const key = `ec2/${region}/linux/${type}`;
  const price = listPrice(key);
  const age = { 'made today': draw.between(0.1, 2), 'made lately': draw.between(4, 25) }[role as string];
  const item = {
    CapacityReservationId: id,
    CapacityReservationArn: `arn:aws:ec2:${region}:${ACCOUNT}:capacity-reservation/${id}`,
    OwnerId: ACCOUNT,
    InstanceType: type,
    InstancePlatform: 'Linux/UNIX',
    Tenancy: 'default',
    State: 'active',
    CreateDate: daysAgo(age ?? draw.between(60, 700)),
    TotalInstanceCount: total,
    AvailableInstanceCount: free,
  };
  const answer = ['ec2', 'DescribeCapacityReservations', 'CapacityReservations'] as const;
  return {
    ...plain(site, { type: 'Ec2CapacityReservation', id, workload: role, answer, item }),
    billedAs: item.CapacityReservationArn,
    charges:
      free === 0
        ? []
        : [{ service: 'Amazon Elastic Compute Cloud', what: `unused ${type}`, usdHour: chargedPrice(key) * free }],
    ...(role === 'made lately'
      ? { waste: { 'reserved capacity nobody uses': 'unclear' } }
      : whole(
          'reserved capacity nobody uses',
          role === 'half empty' || role === 'empty',
          byHour(price === undefined ? undefined : price * free, terms),
        )),
  };
}

/** A Savings Plan: years to go, ending within weeks or months, or ended. */
export function savingsPlan(site: Site): Planned {
  const { draw, name, region } = site;
  const role = draw.weighted({
    'years to go': 40,
    'ends within weeks': 25,
    'ends within months': 10,
    'ended lately': 15,
    'ended long ago': 10,
  });
  const left = {
    'years to go': draw.between(120, 900),
    'ends within weeks': draw.between(2, 45),
    'ends within months': draw.between(46, 110),
    'ended lately': -draw.between(2, 20),
    'ended long ago': -draw.between(60, 400),
  }[role];
  const id = ec2Id('sp', name);
  const truth: Partial<Record<typeof role, Truth>> = {
    'ends within weeks': 'advice',
    'ends within months': 'unclear',
    'ended lately': 'advice',
  };
  const item = {
    savingsPlanId: id,
    savingsPlanArn: `arn:aws:savingsplans::${ACCOUNT}:savingsplan/${id}`,
    state: left < 0 ? 'retired' : 'active',
    savingsPlanType: 'Compute',
    start: daysAgo(365 - left),
    end: daysAgo(-left).replace('+00:00', 'Z'),
    commitment: '1.50',
    currency: 'USD',
  };
  return {
    ...plain(site, {
      type: 'Commitment',
      id,
      workload: role,
      answer: ['savingsplans', 'DescribeSavingsPlans', 'savingsPlans'],
      item,
    }),
    region,
    ...told('commitment that ends', truth[role]),
  };
}
