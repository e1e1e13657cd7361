import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatDecimal, formatUsd } from '../../money.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import {
  citationsOf,
  citedNumber,
  entrySource,
  fieldFigure,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';
import { Volume, volumePriceKeys } from '../reading/volume.ts';
import { peakIops, readVolumeLoad } from '../reading/volume-load.ts';

const USED: Threshold = {
  name: 'EBS_IOPS_USED_PERCENT',
  value: 40,
  unit: '% of the provisioned IOPS at the 99.5th percentile of hourly means',
  source: 'Flexera, provisioned IOPS volumes below 40 % use, read 2026-08-20; Datadog, read 2026-08-20, uses 80',
};

/** How many times the measured need is kept: hourly means hide peaks. Own choice of 2026-11-21. */
const HEADROOM = 2;

/** Fewest IOPS of an io1 or io2 volume. Source: EBS user guide, "Provisioned IOPS SSD volumes", 100, read 2026-11-20. */
const LEAST_IOPS = 100;

/** Monthly list cost of the volume. */
export const ebsIoUnusedIopsListCost = monthOfVolume('ebs-io-unused-iops-list-cost');

/** IOPS to keep: twice the measured p99.5, at least 100: cited = the lines of operations. */
export const ebsIoNeededIops = defineDerivation({
  package: 'finops',
  name: 'ebs-io-needed-iops',
  version: 1,
  compute: (cited) => formatDecimal(Decimal.max(LEAST_IOPS, peakIops(cited).times(HEADROOM).ceil())),
});

/** The rest of the IOPS a month: cited = the volume, the prices of a GB and of an IOPS, the lines of operations. */
export const ebsIoUnusedIopsListSaving = defineDerivation({
  package: 'finops',
  name: 'ebs-io-unused-iops-list-saving',
  version: 1,
  compute: (cited) => {
    const provisioned = z.int().parse(Volume.parse(cited[0]).Iops);
    const needed = Decimal.max(LEAST_IOPS, peakIops(cited.slice(3)).times(HEADROOM).ceil());
    return formatUsd(Decimal.max(0, needed.negated().plus(provisioned)).times(unitPrice(cited[2])));
  },
});

/** A Provisioned IOPS volume that uses a small part of its IOPS. */
export const ebsIoUnusedIops = defineRule({
  id: 'ebs-io-unused-iops',
  ref: 'EBS-07',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Provisioned IOPS that are not used',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Rightsize',
  step: 'storage-tier',
  severity: 5,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVolumes VolumeType, Iops, Size',
    'AWS/EBS VolumeReadOps, VolumeWriteOps Sum',
    'prices of io1 or io2 storage and IOPS',
  ],
  formula: '(Iops - max(100, 2 x measured p99.5)) x price of an IOPS-month; io2 above 32,000 IOPS is not judged',
  implementation: [
    'Lower the IOPS to what the finding names (ModifyVolume); the volume stays in use.',
    'Watch queue length and latency for a day.',
  ],
  rollback: 'Raise the IOPS again; AWS allows the next modification of a volume after six hours.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html',
  thresholds: [USED],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html',
    'https://aws.amazon.com/ebs/pricing/',
  ],
  derivations: [ebsIoUnusedIopsListCost, ebsIoUnusedIopsListSaving, ebsIoNeededIops, citedNumber],
  judge,
});

/** Above it AWS charges io2 in tiers. Source: EBS pricing, io2 tiers from 32,000 IOPS, as PointFive describes it under "Outdated Provisioned IOPS volume type", read 2026-11-21. */
const FIRST_TIER = 32_000;

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const { VolumeType, State, Iops } = item.value;
  if ((VolumeType !== 'io1' && VolumeType !== 'io2') || State !== 'in-use') return OK;
  if (Iops === undefined) return unknown('FIELD_MISSING', 'The answer has no usable Iops.');
  if (Iops > FIRST_TIER)
    return unknown('NO_PRICE', 'IOPS above 32,000 are priced in tiers that are not in the price table.');
  const { operations } = readVolumeLoad(subject);
  if (operations.length === 0) return unknown('NO_METRICS', 'No VolumeReadOps and VolumeWriteOps series over 14 days.');
  const lines = operations.map(seriesSource);
  const needed = figure({ name: 'needed_iops', unit: 'IOPS', derivation: ebsIoNeededIops, from: lines });
  const used = needed.value.div(HEADROOM).times(100).div(Iops);
  if (used.greaterThanOrEqualTo(limitOf(subject, USED))) return OK;
  const prices = readPrices(subject, volumePriceKeys(subject.resource.region, VolumeType));
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  const saving = listSaving({ derivation: ebsIoUnusedIopsListSaving, from: [...from, ...lines] });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The ${VolumeType} volume pays for {provisioned_iops} and needs {needed_iops}, twice its measured peak; lowering them saves ` +
      `{list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [fieldFigure(source, 'Iops', { name: 'provisioned_iops', unit: 'IOPS' }), needed.request],
    listCost: listCost({ derivation: ebsIoUnusedIopsListCost, from }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.70',
  };
}
