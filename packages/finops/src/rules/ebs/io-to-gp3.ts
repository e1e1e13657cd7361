import { type Cited, defineDerivation } from '@infrafabric/protocol';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatUsd } from '../../money.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import {
  type Source,
  citationsOf,
  citedNumber,
  entrySource,
  fieldFigure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';
import { GP3_INCLUDED, Volume, above, gp3Target, volumeMonthlyCost, volumePriceKeys } from '../reading/volume.ts';
import { peakMibps, readVolumeLoad } from '../reading/volume-load.ts';

const MAX_IOPS: Threshold = {
  name: 'EBS_GP3_MAX_IOPS',
  value: 16_000,
  unit: 'IOPS',
  source:
    'EBS user guide, gp3 limit until 2025-09 (80,000 since); the older limit is the careful one; CloudBurn EBS-6, read 2026-04-09',
};

const MAX_MIBPS: Threshold = {
  name: 'EBS_GP3_MAX_MIBPS',
  value: 1000,
  unit: 'MiB/s',
  source: 'EBS user guide, gp3 limit until 2025-09 (2,000 since), the careful one, read 2026-11-20',
};

/** MiB/s an io1 or io2 volume can move with each provisioned IOPS: one 256 KiB request. Source: CloudWatch metric VolumeConsumedReadWriteOps of EBS, counted in units of 256K, as the Pulumi API reference describes it, read 2026-11-21. */
const MIBPS_PER_IOPS = 0.25;

/** Most MiB/s an io1 volume up to 32,000 IOPS reaches. Source: as above. */
const IO1_MIBPS = 500;

/** Monthly list cost of the provisioned IOPS volume. */
export const ebsIoToGp3ListCost = monthOfVolume('ebs-io-to-gp3-list-cost');

/**
 * Monthly list cost of the io volume less that of a gp3 volume with the same IOPS and enough throughput.
 *
 * Cited: the volume, its GB and IOPS prices, the gp3 prices of GB, IOPS and MiB/s, then the lines of read and written bytes,
 * if measured; without them the throughput is what the provisioned IOPS can move.
 */
export const ebsIoToGp3ListSaving = defineDerivation({
  package: 'finops',
  name: 'ebs-io-to-gp3-list-saving',
  version: 1,
  compute: (cited) => formatUsd(volumeMonthlyCost(cited).minus(gp3Cost(cited))),
});

/** A provisioned IOPS volume whose performance gp3 offers for less. */
export const ebsIoToGp3 = defineRule({
  id: 'ebs-io-to-gp3',
  ref: 'EBS-05',
  role: 'pricing',
  service: 'ebs',
  title: 'Provisioned IOPS volume that gp3 could serve',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Upgrade',
  step: 'storage-tier',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVolumes VolumeType, Size, Iops',
    'AWS/EBS VolumeReadOps, VolumeWriteOps, VolumeReadBytes, VolumeWriteBytes Sum, where measured',
    'prices of io1 or io2 and of gp3',
  ],
  formula: '(Size x io GB + Iops x io IOPS) - (Size x gp3 + IOPS above 3000 + MiB/s above 125)',
  implementation: [
    'Check that the workload needs neither the durability nor the steady latency of io1 and io2.',
    'Change the type to gp3 with the IOPS and MiB/s of the finding (ModifyVolume).',
    'Watch latency for a day at full load.',
  ],
  rollback: 'Change the type back with the former IOPS; AWS allows the next modification of a volume after six hours.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html',
  thresholds: [MAX_IOPS, MAX_MIBPS],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html',
    'https://aws.amazon.com/ebs/pricing/',
  ],
  derivations: [ebsIoToGp3ListCost, ebsIoToGp3ListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const volume = item.value;
  if ((volume.VolumeType !== 'io1' && volume.VolumeType !== 'io2') || volume.MultiAttachEnabled === true) return OK;
  if (volume.Iops === undefined) return unknown('FIELD_MISSING', 'The answer has no usable Iops.');
  if (volume.Iops > limitOf(subject, MAX_IOPS)) return OK;
  const lines = readVolumeLoad(subject).bytes.map(seriesSource);
  const needed = mibpsOf(
    volume,
    lines.map((line) => line.value),
  );
  if (needed <= limitOf(subject, MAX_MIBPS)) return compare(subject, volume, lines);
  if (lines.length > 0) return OK;
  return unknown('NO_METRICS', 'Without byte metrics the throughput the volume needs is not known.');
}

function compare(subject: Subject, volume: Volume, lines: readonly Source[]): Verdict {
  const region = subject.resource.region;
  const keys = [...volumePriceKeys(region, volume.VolumeType), ...volumePriceKeys(region, 'gp3')];
  const prices = readPrices(subject, keys);
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const entries = prices.value.map(entrySource);
  const saving = listSaving({ derivation: ebsIoToGp3ListSaving, from: [source, ...entries, ...lines] });
  if (!saving.value.greaterThan(0)) return OK;
  const isMeasured = lines.length > 0;
  return {
    verdict: 'FINDING',
    statement:
      `The ${volume.VolumeType} volume of {size} with {iops} costs {list_saving} less as gp3 with the same IOPS and ` +
      `${isMeasured ? 'the observed throughput' : 'the throughput those IOPS can move'} at list prices of ` +
      `${priceDates(prices.value)}; gp3 promises less durability and higher latency.`,
    figures: [
      fieldFigure(source, 'Size', { name: 'size', unit: 'GiB' }),
      fieldFigure(source, 'Iops', { name: 'iops', unit: 'IOPS' }),
    ],
    listCost: listCost({ derivation: ebsIoToGp3ListCost, from: [source, ...entries.slice(0, 2)] }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: isMeasured ? '0.85' : '0.75',
    target: gp3Target(
      volume.Iops ?? 0,
      mibpsOf(
        volume,
        lines.map((line) => line.value),
      ),
    ),
  };
}

function gp3Cost(cited: readonly Cited[]): Decimal {
  const volume = Volume.parse(cited[0]);
  return unitPrice(cited[3])
    .times(volume.Size)
    .plus(above(volume.Iops ?? 0, GP3_INCLUDED.iops).times(unitPrice(cited[4])))
    .plus(above(mibpsOf(volume, cited.slice(6)), GP3_INCLUDED.mibps).times(unitPrice(cited[5])));
}

/** MiB/s the gp3 volume needs: measured, or what the provisioned IOPS can move. */
function mibpsOf(volume: Volume, lines: readonly Cited[]): number {
  if (lines.length > 0) return peakMibps(lines).toNumber();
  const byIops = (volume.Iops ?? 0) * MIBPS_PER_IOPS;
  return volume.VolumeType === 'io1' ? Math.min(IO1_MIBPS, byIops) : byIops;
}
