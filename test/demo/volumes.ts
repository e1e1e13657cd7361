import { ec2Id } from './chance.ts';
import { FLEET, instanceId, rootVolumeId } from './fleet.ts';
import type { Environment, Region } from './sample.ts';

/** A volume of the sample. */
export interface Disk {
  readonly id: string;
  readonly name: string;
  readonly region: Region;
  readonly type: 'gp2' | 'gp3' | 'io1' | 'standard';
  readonly gib: number;
  readonly iops?: number;
  readonly mibps?: number;
  readonly created: string;
  /** Name of the machine it is attached to; none: attached to nothing. */
  readonly machine?: string;
  readonly environment: Environment;
  readonly service: string;
  /** Reads and as many writes in the busiest hour; absent: not measured. */
  readonly operations?: number;
  /** MiB a second read, and as many written, in the busiest hour; absent: not measured. */
  readonly throughput?: number;
}

/** Every volume: the root volume of each machine, then the others. */
export const DISKS: readonly Disk[] = [
  ...FLEET.map((one) => ({
    id: rootVolumeId(one.name),
    name: `${one.name}-root`,
    region: one.region,
    type: one.rootType,
    gib: one.rootGib,
    created: one.launched,
    machine: one.name,
    environment: one.environment,
    service: one.service,
    ...(one.load === 'unmeasured' ? {} : { operations: one.load === 'idle' ? 60 : 9000 }),
  })),
  data('pricing-data', { type: 'gp2', gib: 500, machine: 'pricing-batch', operations: 400_000, throughput: 25 }),
  data('crm-archive', { type: 'standard', gib: 40, machine: 'legacy-crm', operations: 40 }),
  data('search-index', {
    type: 'io1',
    gib: 200,
    iops: 3000,
    machine: 'search-prod-1',
    operations: 700_000,
    throughput: 20,
  }),
  data('reports-scratch', {
    type: 'gp3',
    gib: 300,
    iops: 6000,
    mibps: 500,
    machine: 'reports-prod-1',
    operations: 900_000,
    throughput: 12,
  }),
  data('etl-backfill', { type: 'gp3', gib: 100, machine: 'etl-prod-1', operations: 0 }),
  data('migration-dump', { type: 'gp3', gib: 200, machine: 'migration-runner' }),
  data('old-search-index', { type: 'gp3', gib: 200, iops: 6000, mibps: 250 }),
  data('crm-backup', { type: 'gp2', gib: 80 }),
  data('restore-test', { type: 'gp3', gib: 20, created: '2026-11-17T09:14:27.310000+00:00' }),
  data('eu-api-old', { type: 'gp2', gib: 120, region: 'eu-west-1' }),
];

function data(name: string, rest: Partial<Disk> & Pick<Disk, 'type' | 'gib'>): Disk {
  const host = FLEET.find((one) => one.name === rest.machine);
  return {
    id: ec2Id('vol', name),
    name,
    region: host?.region ?? 'us-east-1',
    created: '2024-02-06T08:20:33.412000+00:00',
    environment: host?.environment ?? 'dev',
    service: host?.service ?? name.split('-')[0] ?? name,
    ...rest,
  };
}

/** Ids of the volumes of a machine, its root volume first. */
export const attachedVolumeIds = (machine: string): string[] =>
  DISKS.filter((disk) => disk.machine === machine).map((disk) => disk.id);

/** The id of a volume by its name. */
export function diskId(name: string): string {
  const disk = DISKS.find((one) => one.name === name);
  if (disk === undefined) throw new Error(`the demo sample has no volume ${name}`);
  return disk.id;
}

/** The id of the instance a volume is attached to. */
export const holderId = (disk: Disk): string | undefined =>
  disk.machine === undefined ? undefined : instanceId(disk.machine);
