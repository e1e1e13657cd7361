import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** RDS instances of one engine and class that run on demand. */
export interface RdsInstance {
  readonly region: string;
  /** As in the price keys: `mysql`, `postgresql`, `mariadb`, `aurora-mysql`, `aurora-postgresql`, `sqlserver-se`, `oracle-se2` and so on. */
  readonly engine: string;
  /** `db.t3.large`. */
  readonly instanceClass: string;
  readonly multiAz?: boolean;
  readonly hours: Amount;
  /** vCPU-hours under extended support, the standby of a Multi-AZ instance included. */
  readonly extendedSupportVcpuHours?: Amount;
  /** Years since standard support ended: 1 and 2 cost the same, 3 doubles. */
  readonly extendedSupportYear?: 1 | 2 | 3;
  /** Surplus CPU credits of burstable classes, in vCPU-hours. */
  readonly cpuCredits?: Amount;
}

/** What on-demand database instances use in a month, without storage. */
export function rdsInstance(instance: RdsInstance): readonly Usage[] {
  const { region, engine, instanceClass, hours } = instance;
  const supportYear = instance.extendedSupportYear === 3 ? '3' : '1-2';
  return [
    meter('Database instance', `rds/${region}/${engine}/${instanceClass}/${deploymentOf(instance)}`, hours),
    ...meterIfUsed(
      'Extended support',
      `rds/${region}/extended-support-year-${supportYear}/vcpu-hour`,
      instance.extendedSupportVcpuHours,
    ),
    ...meterIfUsed(
      'CPU credits',
      `rds/${region}/cpu-credit-${creditPool(engine)}/${instanceClass.split('.')[1]}`,
      instance.cpuCredits,
    ),
  ];
}

/** Storage of RDS instances; Aurora has its own, {@link auroraStorage}. */
export interface RdsStorage {
  readonly region: string;
  readonly type: 'gp2' | 'gp3' | 'io1' | 'magnetic';
  readonly multiAz?: boolean;
  readonly gib: Amount;
  /** Provisioned IOPS: all are charged for io1, those above the baseline for gp3. */
  readonly iops?: Amount;
  /** GB of backups beyond the free amount (the size of the databases of the region). */
  readonly backupGb?: Amount;
}

/**
 * gp3 storage from this size on is striped and includes more IOPS. Source: Amazon RDS User Guide, "gp3 storage": 3,000 IOPS below
 * 400 GiB, 12,000 from there on, for MariaDB, MySQL and PostgreSQL.
 */
export const RDS_GP3_BASELINE = { gib: 400, iopsBelow: 3000, iopsFrom: 12_000 } as const;

/** What the storage and backups of RDS instances use in a month. */
export function rdsStorage(storage: RdsStorage): readonly Usage[] {
  const { region, type, gib, backupGb } = storage;
  const family = `rds/${region}/storage${storage.multiAz ? '-multi-az' : ''}/${type}`;
  return [
    meter('Storage', `${family}/gb-month`, gib),
    ...meterIfUsed('Provisioned IOPS', `${family}/iops-month`, chargedIops(storage)),
    ...meterIfUsed('Additional backup storage', `rds/${region}/backup/gb-month`, backupGb),
  ];
}

/** Storage of an Aurora cluster in the standard configuration. */
export interface AuroraStorage {
  readonly region: string;
  readonly gib: Amount;
  readonly ioMillions?: Amount;
  readonly backupGb?: Amount;
}

/** What the storage, I/O and backups of an Aurora cluster use in a month. */
export function auroraStorage({ region, gib, ioMillions, backupGb }: AuroraStorage): readonly Usage[] {
  return [
    meter('Storage', `rds/${region}/aurora-storage/gb-month`, gib),
    ...meterIfUsed('I/O requests', `rds/${region}/aurora-io/million`, ioMillions),
    ...meterIfUsed('Backup storage', `rds/${region}/aurora-backup/gb-month`, backupGb),
  ];
}

/** What Aurora Serverless uses in a month, in hours of capacity units. */
export function auroraServerless(use: {
  readonly region: string;
  readonly version: 'v1' | 'v2';
  readonly acuHours: Amount;
}): readonly Usage[] {
  return [meter('Aurora serverless', `rds/${use.region}/aurora-serverless-${use.version}/acu-hour`, use.acuHours)];
}

const deploymentOf = ({ multiAz }: RdsInstance): string => (multiAz ? 'multi-az' : 'single-az');

const creditPool = (engine: string): string => (engine.startsWith('aurora') ? 'aurora' : 'rds');

function chargedIops({ type, gib, iops }: RdsStorage): Amount | undefined {
  if (type === 'io1') return iops;
  if (type !== 'gp3' || iops === undefined) return undefined;
  const striped = new Decimal(gib).greaterThanOrEqualTo(RDS_GP3_BASELINE.gib);
  return new Decimal(iops).minus(striped ? RDS_GP3_BASELINE.iopsFrom : RDS_GP3_BASELINE.iopsBelow);
}
