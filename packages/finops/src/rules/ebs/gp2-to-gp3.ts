import { type Cited, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Series } from '../../model/resource.ts';
import type { Subject, Verdict } from '../../model/rule.ts';
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
import { OK, readItem, readPrices } from '../reading/verdicts.ts';
import { GP3_INCLUDED, Volume, above, gp3Target, volumeMonthlyCost } from '../reading/volume.ts';
import { peakIops, peakMibps, readVolumeLoad } from '../reading/volume-load.ts';

/** Largest gp2 size that the included gp3 throughput stands for: it reaches 128 MiB/s, 3 above it. Source: EBS user guide, gp2, read 2026-11-20. */
const SMALL_GP2_GIB = 170;

/** Throughput a larger gp2 volume may reach, MiB/s. Source: EBS user guide, gp2, read 2026-11-20. */
const GP2_MIBPS = 250;

/** What an I/O figure comes from: the observed series, or the limit the gp2 volume is sold with. */
const Basis = z.object({ iops: z.enum(['observed', 'baseline']), mibps: z.enum(['observed', 'limit']) });

/** Monthly list cost of the gp2 volume. */
export const ebsGp2ToGp3ListCost = monthOfVolume('ebs-gp2-to-gp3-list-cost');

/**
 * Monthly list cost of the gp2 volume less that of a gp3 volume that keeps up with it.
 *
 * Cited: the volume, the prices of gp2 GB, gp3 GB, gp3 IOPS, gp3 MiB/s, then the metric lines. With `iops` `observed` the
 * gp3 volume gets the 99.5th percentile of operations, else the gp2 baseline min(16000, max(100, 3 x GiB)); with `mibps`
 * `observed` the 99.5th percentile of bytes, else 250 MiB/s above 170 GiB and the included 125 up to there.
 */
export const ebsGp2ToGp3ListSaving = defineDerivation({
  package: 'finops',
  name: 'ebs-gp2-to-gp3-list-saving',
  version: 1,
  compute: (cited, params) => formatUsd(volumeMonthlyCost(cited).minus(gp3Cost(cited, params))),
});

/** A gp2 volume that costs less as gp3 without losing speed. */
export const ebsGp2ToGp3 = defineRule({
  id: 'ebs-gp2-to-gp3',
  ref: 'EBS-04',
  role: 'pricing',
  service: 'ebs',
  title: 'gp2 volume that is cheaper as gp3',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Upgrade',
  step: 'storage-tier',
  severity: 3,
  effort: 'VeryLow',
  risk: 'VeryLow',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVolumes VolumeType, Size',
    'AWS/EBS VolumeReadOps, VolumeWriteOps, VolumeReadBytes, VolumeWriteBytes Sum, where measured',
    'prices of gp2 storage and of gp3 storage, IOPS and throughput',
  ],
  formula:
    'Size x gp2 - (Size x gp3 + IOPS above 3000 + MiB/s above 125); the performance is the p99.5 measured, else what gp2 gives',
  implementation: [
    'Read the IOPS and MiB/s the finding says gp3 needs.',
    'Change the type to gp3 with them (ModifyVolume); the volume stays in use.',
    'Watch latency and queue length for a day.',
  ],
  rollback: 'Change the type back to gp2; AWS allows the next modification of a volume after six hours.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html',
    'https://aws.amazon.com/ebs/pricing/',
  ],
  derivations: [ebsGp2ToGp3ListCost, ebsGp2ToGp3ListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.VolumeType !== 'gp2') return OK;
  const at = `ebs/${subject.resource.region}`;
  const keys = [`${at}/gp2/gb-month`, `${at}/gp3/gb-month`, `${at}/gp3/iops-month`, `${at}/gp3/mibps-month`];
  const prices = readPrices(subject, keys);
  if (!prices.ok) return prices.verdict;
  const load = readVolumeLoad(subject);
  const volume = itemSource(subject);
  const entries = prices.value.map(entrySource);
  const lines = [...load.operations, ...load.bytes].map(seriesSource);
  const params = { iops: basisOf(load.operations, 'baseline'), mibps: basisOf(load.bytes, 'limit') };
  const saving = listSaving({ derivation: ebsGp2ToGp3ListSaving, from: [volume, ...entries, ...lines], params });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The gp2 volume of {size} costs {list_saving} less as gp3 with ${speedNote(load)} ` +
      `at list prices of ${priceDates(prices.value)}; the change is made online.`,
    figures: [fieldFigure(volume, 'Size', { name: 'size', unit: 'GiB' })],
    listCost: listCost({ derivation: ebsGp2ToGp3ListCost, from: [volume, ...entries.slice(0, 1)] }).request,
    listSaving: saving.request,
    citations: citationsOf([volume]),
    confidence: '0.95',
    target: target(item.value, params, lines),
  };
}

function gp3Cost(cited: readonly Cited[], params: JsonObject): Decimal {
  const volume = Volume.parse(cited[0]);
  const { iops, mibps } = needs(volume, Basis.parse(params), cited.slice(5));
  return unitPrice(cited[2])
    .times(volume.Size)
    .plus(above(iops, GP3_INCLUDED.iops).times(unitPrice(cited[3])))
    .plus(above(mibps, GP3_INCLUDED.mibps).times(unitPrice(cited[4])));
}

function target(volume: Volume, basis: z.infer<typeof Basis>, lines: readonly Source[]) {
  const cited = lines.map((line) => line.value);
  const { iops, mibps } = needs(volume, basis, cited);
  return gp3Target(iops, mibps);
}

/** What the gp3 volume must give to keep up. */
function needs(volume: Volume, basis: z.infer<typeof Basis>, lines: readonly Cited[]) {
  const baseline = Math.min(16_000, Math.max(100, 3 * volume.Size));
  const limit = volume.Size > SMALL_GP2_GIB ? GP2_MIBPS : GP3_INCLUDED.mibps;
  return {
    iops: basis.iops === 'observed' ? peakIops(lines) : baseline,
    mibps: basis.mibps === 'observed' ? peakMibps(lines) : limit,
  };
}

function basisOf<T extends string>(series: readonly Series[], otherwise: T): 'observed' | T {
  return series.length > 0 ? 'observed' : otherwise;
}

function speedNote(load: { operations: readonly Series[]; bytes: readonly Series[] }): string {
  const iops = load.operations.length > 0 ? 'the observed IOPS' : 'the same baseline IOPS';
  const mibps = load.bytes.length > 0 ? 'the observed throughput' : 'the throughput limit of its size';
  return `${iops} and ${mibps}`;
}
