import type { Draw } from './draw.ts';
import type { MetricLine } from './planned.ts';
import type { MachineType } from './types.ts';
import type { Rate, Work } from './work.ts';
import { type Demand, monthEnd, never, officeHours, steady, weeklyJob } from './workload.ts';

/** What machines are for, of a hundred. */
export const ROLES = {
  users: 38,
  worker: 20,
  forgotten: 12,
  standby: 1,
  'weekly job': 4,
  'month end': 3,
  'memory cache': 6,
  'stopped for months': 6,
  'stopped for recovery': 0.4,
  'stopped for the weekend': 4,
  'windows users': 5,
} as const;
/** What a machine is for. */
export type Role = keyof typeof ROLES;

/** When it works. */
export const DEMANDS: Readonly<Record<Role, Demand>> = {
  users: officeHours,
  'windows users': officeHours,
  worker: steady,
  'memory cache': officeHours,
  'weekly job': weeklyJob,
  'month end': monthEnd,
  forgotten: never,
  standby: never,
  'stopped for months': never,
  'stopped for recovery': never,
  'stopped for the weekend': never,
};

/** What a machine takes of the one bought: shares of its vCPUs and its network, and GiB. */
interface Taken {
  readonly cpu: number;
  readonly gib: number;
  readonly network: number;
}

/** The work of a machine, its disks included; a standby's is that of the machine it stands in for. */
export function workOf(role: Role, draw: Draw, bought: MachineType, disks: readonly MetricLine[]): Work {
  const { cpu, gib, network } = takenOf(role, draw, bought);
  const gbps = network * (bought.gbps ?? 1);
  return {
    vcpus: cpu * bought.vcpus,
    // A queue is worked through without a pause; what people ask for comes and goes within the hour.
    meanShare: role === 'worker' ? 0.85 : 0.6,
    demand: role === 'standby' ? steady : DEMANDS[role],
    rest: AT_REST * bought.vcpus,
    gib,
    gbps: { peak: gbps, sustained: gbps },
    ebsMibps: rateOf(disks, ['VolumeReadBytes', 'VolumeWriteBytes'], 1024 * 1024),
    ebsIops: rateOf(disks, ['VolumeReadOps', 'VolumeWriteOps'], 1),
  };
}

/** Share of its vCPUs an operating system takes when nothing happens, mean of an hour. */
const AT_REST = 0.0072;

function takenOf(role: Role, draw: Draw, bought: MachineType): Taken {
  const little = 0.004 / (bought.gbps ?? 1);
  const { gib, full } = sizesFor(draw, bought);
  const network = draw.is(6) ? clear(draw, draw.whole(0, 2)) : little;
  if (role === 'forgotten') return { cpu: 0.001, gib: gib(4), network: 0 };
  if (role === 'standby') return { cpu: full(), gib: gib(0), network: little };
  if (role === 'memory cache') {
    const cpu = clear(draw, draw.whole(1, 3));
    return { cpu, gib: draw.is(70) ? gib(0) : draw.between(0.7, 0.92) * bought.gib, network };
  }
  // A burstable machine is bought for its bursts.
  const isFull = (role !== 'users' && role !== 'windows users') || bought.isBurstable;
  if (isFull) return { cpu: full(), gib: gib(role === 'worker' && draw.is(40) ? 1 : 0), network };
  return { ...usersTake(draw, bought), network };
}

/** People take all of the CPU, or half of it and less; or something between, about which people disagree. */
function usersTake(draw: Draw, bought: MachineType): Omit<Taken, 'network'> {
  const fits = draw.weighted({ easily: 45, no: 43, perhaps: 12 });
  if (fits === 'perhaps') return { cpu: draw.between(0.1, 0.9), gib: draw.between(0.1, 0.9) * bought.gib };
  const [hungry, cpuHalves, gibHalves] = fits === 'no' ? [55, 0, 2] : [15, draw.whole(1, 3), 3];
  const { gib } = sizesFor(draw, bought);
  return { cpu: clear(draw, cpuHalves), gib: gib(draw.is(hungry) ? 0 : draw.whole(1, gibHalves)) };
}

/** Nobody disagrees about halves of halves: what is taken is far from the edge of a machine half or a quarter as large. */
const clear = (draw: Draw, halves: number): number => draw.between(0.5, 0.68) / 2 ** halves;

const sizesFor = (draw: Draw, bought: MachineType) => ({
  gib: (halves: number): number => clear(draw, halves) * 2 ** Math.round(Math.log2(bought.gib)),
  full: (): number => (draw.is(70) ? clear(draw, 0) : draw.between(0.7, 0.95)),
});

/** What the disks of a machine ask for together, a second. */
function rateOf(disks: readonly MetricLine[], metrics: readonly string[], unit: number): Rate {
  const hours = sumOf(disks.filter((one) => metrics.includes(one.metric)));
  const days = Map.groupBy(hours.keys(), (hour) => Math.floor(hour / 24));
  const second = [...days.values()].map((day) => day.map((hour) => hours[hour]!).toSorted((a, b) => b - a)[1] ?? 0);
  const rate = (value: number): number => value / 3600 / unit;
  return { peak: rate(Math.max(0, ...hours)), sustained: rate(Math.max(0, ...second)) };
}

/** Hour by hour, the sum of metric lines of the same hours. */
export const sumOf = (lines: readonly MetricLine[]): number[] =>
  (lines[0]?.values ?? []).map((_, hour) => lines.reduce((sum, one) => sum + (one.values[hour] ?? 0), 0));
