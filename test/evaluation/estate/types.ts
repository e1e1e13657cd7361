import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { listPrice } from './money.ts';

/** A type of machine that can be bought, as AWS describes it (DescribeInstanceTypes, 2026-08-02). */
export interface MachineType {
  readonly name: string;
  readonly vcpus: number;
  readonly gib: number;
  readonly isArm: boolean;
  readonly isCurrent: boolean;
  readonly isBurstable: boolean;
  /** Generation of its processor, by the number AWS gives the m types that have it. */
  readonly generation: number;
  /** What it may do all day; absent = AWS does not say. */
  readonly gbps?: number;
  readonly ebsMibps?: number;
  readonly ebsIops?: number;
  /** CPU credits it earns an hour; one is a minute of a whole vCPU. */
  readonly creditsHour?: number;
}

interface TypeEntry {
  readonly vcpu: number;
  readonly memory_gib: string;
  readonly arch: readonly string[];
  readonly current_generation: boolean;
  readonly burstable: boolean;
  readonly bare_metal?: boolean;
  readonly gpus: number;
  readonly network_baseline_gbps?: string;
  readonly ebs_baseline_throughput_mibps?: string;
  readonly ebs_baseline_iops?: number;
}

const ENTRIES: Readonly<Record<string, TypeEntry>> = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../packages/finops/data/instance-types.json'), 'utf8'),
).entries;

/** Processors of families that number themselves otherwise: EC2 user guide and product pages, "Instance types", read 2026-11-21. */
const GENERATIONS = new Map(
  Object.entries({
    4: 't2 x1 x1e d2 h1 i3',
    5: 't3 t3a z1d i3en d3 d3en x2iezn',
    6: 't4g x2gd x2idn x2iedn i4i i4g im4gn is4gen',
  }).flatMap(([generation, families]) => families.split(' ').map((family) => [family, Number(generation)] as const)),
);

/** Credits an hour. Source: EC2 user guide, "Key concepts for burstable performance instances", credit table, read 2026-11-21. */
const CREDITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t2: { nano: 3, micro: 6, small: 12, medium: 24, large: 36, xlarge: 54, '2xlarge': 81.6 },
  t3: { nano: 6, micro: 12, small: 24, medium: 24, large: 36, xlarge: 96, '2xlarge': 192 },
};

/** Every machine without accelerators that has a price somewhere. */
export const TYPES: ReadonlyMap<string, MachineType> = new Map(
  Object.entries(ENTRIES)
    .filter(([name, one]) => one.gpus === 0 && one.bare_metal !== true && isSold(name))
    .map(([name, one]) => [name, typeOf(name, one)]),
);

function isSold(name: string): boolean {
  return listPrice(`ec2/us-east-1/linux/${name}`) !== undefined;
}

function typeOf(name: string, one: TypeEntry): MachineType {
  const [family = '', size = ''] = name.split('.');
  const { network_baseline_gbps: gbps, ebs_baseline_throughput_mibps: mibps, ebs_baseline_iops: iops } = one;
  return {
    name,
    vcpus: one.vcpu,
    gib: Number(one.memory_gib),
    isArm: one.arch.includes('arm64'),
    isCurrent: one.current_generation,
    isBurstable: one.burstable,
    generation: GENERATIONS.get(family) ?? Number(/\d+/.exec(family)?.[0]),
    ...(gbps === undefined ? {} : { gbps: Number(gbps) }),
    ...(mibps === undefined ? {} : { ebsMibps: Number(mibps) }),
    ...(iops === undefined ? {} : { ebsIops: iops }),
    ...creditsOf(family, size),
  };
}

function creditsOf(family: string, size: string): { creditsHour?: number } {
  const creditsHour = CREDITS[family === 't3a' || family === 't4g' ? 't3' : family]?.[size];
  return creditsHour === undefined ? {} : { creditsHour };
}

/** A type of machine by name. */
export function machineType(name: string): MachineType {
  const found = TYPES.get(name);
  if (found === undefined) throw new Error(`no machine is called ${name}`);
  return found;
}
