import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** EBS volume types as the API spells them. */
export type EbsType = 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1' | 'standard';

/** What a gp3 volume includes. Source: Amazon EBS User Guide, General Purpose SSD volumes, "3,000 IOPS and 125 MiB/s". */
export const GP3_INCLUDED = { iops: 3000, mibps: 125 } as const;

/** EBS volumes of one type. */
export interface EbsVolume {
  readonly region: string;
  readonly type: EbsType;
  /** Provisioned GiB, over all volumes. */
  readonly gib: Amount;
  /** Provisioned IOPS of one volume: charged in full for io1 and io2, above {@link GP3_INCLUDED} for gp3, not for the others. */
  readonly iops?: Amount;
  /** Provisioned MiB/s of one gp3 volume. */
  readonly mibps?: Amount;
  /** Millions of I/O requests a month; only magnetic volumes are charged for them. */
  readonly ioMillions?: Amount;
}

/** What EBS volumes use in a month, without snapshots. */
export function ebsVolume(volume: EbsVolume): readonly Usage[] {
  const { region, type, gib, ioMillions } = volume;
  const key = (part: string) => `ebs/${region}/${type}/${part}`;
  return [
    meter('Storage', key('gb-month'), gib),
    ...meterIfUsed('Provisioned IOPS', key('iops-month'), chargedIops(volume)),
    ...meterIfUsed('Provisioned throughput', key('mibps-month'), chargedThroughput(volume)),
    ...meterIfUsed('I/O requests', key('io-million'), type === 'standard' ? ioMillions : undefined),
  ];
}

/** What standard-tier snapshots use: the GB that AWS bills (incremental), not the size of the volume. */
export function ebsSnapshot({ region, gb }: { readonly region: string; readonly gb: Amount }): readonly Usage[] {
  return [meter('Snapshot', `ebs/${region}/snapshot/gb-month`, gb)];
}

/** What fast snapshot restore uses: hours times snapshots times availability zones. */
export function fastSnapshotRestore(use: { readonly region: string; readonly zoneHours: Amount }): readonly Usage[] {
  return [meter('Fast snapshot restore', `ebs/${use.region}/fast-snapshot-restore/hour`, use.zoneHours)];
}

function chargedIops({ type, iops }: EbsVolume): Amount | undefined {
  if (type === 'io1' || type === 'io2') return iops;
  return type === 'gp3' && iops !== undefined ? new Decimal(iops).minus(GP3_INCLUDED.iops) : undefined;
}

function chargedThroughput({ type, mibps }: EbsVolume): Amount | undefined {
  return type === 'gp3' && mibps !== undefined ? new Decimal(mibps).minus(GP3_INCLUDED.mibps) : undefined;
}
