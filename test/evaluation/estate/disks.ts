import { ec2Id } from '../../demo/chance.ts';
import { costOf, type Disk, diskTruth, GP3, type Made, type Need } from './disk-truth.ts';
import { type Draw, openDraw } from './draw.ts';
import { chargedPrice } from './money.ts';
import type { Charge, MetricLine, Planned, Site } from './planned.ts';
import { type Demand, daysAgo, line, monthlyJob, never, nightlyJob, officeHours } from './workload.ts';

/** What data disks are for, of a hundred. */
const ROLES = {
  data: 54,
  'log sink': 6,
  spare: 12,
  'monthly archive': 4,
  'nightly dump': 6,
  'left behind': 12,
  'just made': 3,
  'kept for a while': 2,
  'detached today': 0.3,
} as const;

/** A data disk: of a running machine, or of nothing. */
export function dataDisk(site: Site, holderFor: (need: Need) => string): Planned {
  const role = site.draw.weighted(ROLES);
  const demands: Partial<Record<typeof role, Demand>> = {
    data: officeHours,
    'log sink': officeHours,
    'monthly archive': monthlyJob,
    'nightly dump': nightlyJob,
    'detached today': officeHours,
  };
  const demand = demands[role] ?? never;
  const isHeld =
    role === 'data' || role === 'log sink' || role === 'spare' || role === 'monthly archive' || role === 'nightly dump';
  return disk(site, isHeld ? { holderFor, holderIs: 'running', demand } : { holderIs: 'gone', demand }, role);
}

/** A disk and what is true about it. */
export function disk(site: Site, use: Disk, role = 'root'): Planned {
  const { draw, name, region, terms } = site;
  const made = madeOf(draw, use, region);
  const need = needOf(draw, made, use);
  const holder = use.holder ?? use.holderFor?.(need);
  const id = ec2Id('vol', name);
  const cost = costOf(region, made);
  const fillShare = draw.between(0.3, 0.9);
  const { waste, best } = diskTruth({ region, terms, made, need, cost, use, role, fillShare });
  const age =
    { 'just made': draw.between(0.5, 2.5), 'kept for a while': draw.between(4, 45) }[role] ?? draw.between(90, 1200);
  return {
    type: 'EbsVolume',
    id,
    region,
    workload: `${role}, ${made.volume}, machine ${use.holderIs}`,
    pieces: [
      {
        client: 'ec2',
        operation: 'DescribeVolumes',
        member: 'Volumes',
        item: {
          VolumeId: id,
          VolumeType: made.volume,
          Size: made.gib,
          ...(made.volume === 'standard' ? {} : { Iops: made.iops }),
          ...(made.volume === 'gp3' ? { Throughput: made.mibps } : {}),
          State: holder === undefined ? 'available' : 'in-use',
          CreateTime: daysAgo(age),
          AvailabilityZone: `${region}a`,
          MultiAttachEnabled: false,
          Attachments:
            holder === undefined ? [] : [{ InstanceId: holder, State: 'attached', VolumeId: id, Device: '/dev/xvda' }],
        },
      },
    ],
    lines: seenLines(site, role, use.holderIs === 'running', () => linesOf(id, use, need, role)),
    charges: chargesOf(region, made),
    waste,
    ...(best === undefined ? {} : { best }),
  };
}

/** AWS measures a disk while it is attached; one that was detached today was until some hours ago. */
function seenLines({ name }: Site, role: string, isAttached: boolean, lines: () => MetricLine[]): MetricLine[] {
  if (isAttached) return lines();
  if (role !== 'detached today') return [];
  const hours = openDraw(`${name} detached`).whole(1, 12);
  return lines().map((one) => ({ ...one, values: one.values.slice(0, -hours) }));
}

function madeOf(draw: Draw, use: Disk, region: string): Made {
  const volume =
    use.isRoot === true
      ? draw.weighted({ gp3: 70, gp2: 30 })
      : draw.weighted({ gp3: 55, gp2: 30, io1: 7, io2: 4, standard: 4 });
  const gib = use.isRoot === true ? draw.whole(20, 100) : draw.whole(40, 900);
  if (volume === 'gp2') return { volume, gib, iops: Math.min(16_000, Math.max(100, 3 * gib)), mibps: 250 };
  if (volume === 'standard') return { volume, gib: Math.min(gib, 500), iops: 100, mibps: 90 };
  if (volume === 'io1' || volume === 'io2') {
    return {
      volume: region === 'us-east-1' ? volume : 'io1',
      gib,
      iops: draw.pick([1000, 3000, 6000, 10_000]),
      mibps: 500,
    };
  }
  const isFast = use.isRoot !== true && draw.is(30);
  return {
    volume,
    gib,
    iops: isFast ? draw.pick([6000, 9000, 12_000]) : GP3.iops,
    mibps: isFast ? draw.pick([250, 500]) : GP3.mibps,
  };
}

function needOf(draw: Draw, made: Made, use: Disk): Need {
  if (use.demand === never && use.isRoot !== true) return { iops: 0, mibps: 0 };
  if (use.isRoot === true) return { iops: draw.between(3, 60), mibps: draw.between(0.1, 3) };
  if (made.volume === 'gp3' && made.iops > GP3.iops) {
    return draw.weighted({ little: 60, all: 40 }) === 'little'
      ? { iops: draw.between(50, 1200), mibps: draw.between(1, 50) }
      : { iops: made.iops * draw.between(0.9, 1), mibps: made.mibps * draw.between(0.9, 1) };
  }
  if (made.volume === 'io1' || made.volume === 'io2') {
    const share = draw.weighted({ all: 70, little: 30 }) === 'all' ? draw.between(0.85, 1) : draw.between(0.02, 0.2);
    return { iops: made.iops * share, mibps: draw.between(10, 200) };
  }
  const share = draw.weighted({ light: 80, heavy: 20 }) === 'light' ? draw.between(0.02, 0.3) : draw.between(0.6, 0.98);
  return { iops: made.iops * share, mibps: made.mibps * share };
}

const MIB = 1024 * 1024;

/** The operating system of a running machine writes its logs, whether anyone uses the machine or not. */
const AT_REST = { operations: 400, bytes: 3 * MIB };

function linesOf(id: string, { demand, isRoot }: Disk, need: Need, role: string): MetricLine[] {
  // What only takes in logs is never read.
  const reads = role === 'log sink' ? 0 : 0.4;
  const sum = (metric: string, peak: number): MetricLine => {
    const atRest = metric.endsWith('Ops') ? AT_REST.operations : AT_REST.bytes;
    const rest = isRoot === true ? atRest : 0;
    return line({ namespace: 'AWS/EBS', dimensions: { VolumeId: id }, metric, stat: 'Sum', demand, peak, rest });
  };
  return [
    sum('VolumeReadOps', need.iops * 3600 * reads),
    sum('VolumeWriteOps', need.iops * 3600 * (1 - reads)),
    sum('VolumeReadBytes', need.mibps * MIB * 3600 * reads),
    sum('VolumeWriteBytes', need.mibps * MIB * 3600 * (1 - reads)),
  ];
}

function chargesOf(region: string, { volume, gib, iops, mibps }: Made): Charge[] {
  const at = `ebs/${region}/${volume}`;
  const charge = (what: string, key: string, quantity: number): Charge[] =>
    quantity <= 0
      ? []
      : [
          {
            service: 'Amazon Elastic Compute Cloud',
            what: `${volume} ${what}`,
            usdMonth: chargedPrice(`${at}/${key}`) * quantity,
          },
        ];
  if (volume === 'gp3')
    return [
      ...charge('GB', 'gb-month', gib),
      ...charge('IOPS', 'iops-month', iops - GP3.iops),
      ...charge('MiBps', 'mibps-month', mibps - GP3.mibps),
    ];
  return [
    ...charge('GB', 'gb-month', gib),
    ...(volume === 'io1' || volume === 'io2' ? charge('IOPS', 'iops-month', iops) : []),
  ];
}
