import type { Cited } from '@infrafabric/protocol';
import { z } from 'zod';
import { Decimal } from '../../money.ts';
import { unitPrice } from './prices.ts';

/** The fields of a DescribeVolumes volume that decide its cost. */
export const Volume = z.object({
  VolumeId: z.string(),
  VolumeType: z.enum(['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard']),
  Size: z.int().positive(),
  Iops: z.int().nonnegative().optional(),
  Throughput: z.int().nonnegative().optional(),
  State: z.string(),
  CreateTime: z.string().optional(),
  MultiAttachEnabled: z.boolean().optional(),
  Attachments: z.array(z.object({ InstanceId: z.string().optional(), State: z.string().optional() })).optional(),
});
/** A volume as the rules read it. */
export type Volume = z.infer<typeof Volume>;

/** IOPS and MiB/s in the price of every gp3 volume. Source: EBS user guide, "General Purpose SSD volumes", read 2026-11-20. */
export const GP3_INCLUDED = { iops: 3000, mibps: 125 };

/** Price keys of a volume type, in the order `volumeMonthlyCost` reads them. */
export function volumePriceKeys(region: string, type: Volume['VolumeType']): string[] {
  const key = (unit: string): string => `ebs/${region}/${type}/${unit}`;
  if (type === 'gp3') return [key('gb-month'), key('iops-month'), key('mibps-month')];
  if (type === 'io1' || type === 'io2') return [key('gb-month'), key('iops-month')];
  return [key('gb-month')];
}

/**
 * What a volume costs a month at list price: `cited` = the volume, then its prices in the order of `volumePriceKeys`.
 *
 * A gp3 volume without IOPS or throughput in the answer has the included ones. I/O requests of `standard` volumes are not in it.
 */
export function volumeMonthlyCost(cited: readonly Cited[]): Decimal {
  const volume = Volume.parse(cited[0]);
  const storage = unitPrice(cited[1]).times(volume.Size);
  if (volume.VolumeType === 'gp3') {
    const iops = above(volume.Iops ?? GP3_INCLUDED.iops, GP3_INCLUDED.iops).times(unitPrice(cited[2]));
    const mibps = above(volume.Throughput ?? GP3_INCLUDED.mibps, GP3_INCLUDED.mibps).times(unitPrice(cited[3]));
    return storage.plus(iops).plus(mibps);
  }
  if (volume.VolumeType === 'io1' || volume.VolumeType === 'io2') {
    return storage.plus(unitPrice(cited[2]).times(z.int().parse(volume.Iops)));
  }
  return storage;
}

/** How much of a provisioned quantity is above the included one. */
export const above = (quantity: Decimal | number, included: number): Decimal =>
  Decimal.max(0, new Decimal(quantity).minus(included));

/** The gp3 volume that keeps up with a load, as the options of `aws ec2 modify-volume`; never below what its price includes. */
export const gp3Target = (iops: Decimal | number, mibps: Decimal | number): Readonly<Record<string, string>> => ({
  volume_type: 'gp3',
  iops: Decimal.max(GP3_INCLUDED.iops, iops).ceil().toFixed(0),
  throughput: Decimal.max(GP3_INCLUDED.mibps, mibps).ceil().toFixed(0),
});
