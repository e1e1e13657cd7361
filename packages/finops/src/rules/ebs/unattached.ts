import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import { citedNumber, fieldFigure, itemSource } from '../reading/figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';
import { Volume, volumePriceKeys } from '../reading/volume.ts';

const GRACE_DAYS: Threshold = {
  name: 'EBS_UNATTACHED_GRACE_DAYS',
  value: 7,
  unit: 'days since creation, or since AWS last measured it attached',
  source:
    'Cloudrift, grace period of new resources, 7 days, read 2026-08-21; AWS Trusted Advisor DAvU99Dc4C flags any age',
};

/** Monthly list cost of the volume: storage and provisioned performance. */
export const ebsUnattachedListCost = monthOfVolume('ebs-unattached-list-cost');

/** Deleting the volume saves all of it. */
export const ebsUnattachedListSaving = monthOfVolume('ebs-unattached-list-saving');

/**
 * A volume no instance uses. The answer does not say since when: its metrics do, where they were collected, because AWS measures
 * a volume only while it is attached; else the age is that of the volume.
 */
export const ebsUnattached = defineRule({
  id: 'ebs-unattached',
  ref: 'EBS-01',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Volume attached to nothing',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'ec2:DescribeVolumes State, CreateTime, VolumeType, Size, Iops, Throughput',
    'AWS/EBS metrics of the volume, where there are any: the last of them is from when it was attached',
    'prices of the volume type',
  ],
  formula: 'Size x GB price + provisioned IOPS and MiB/s above what is included',
  implementation: [
    'Look for the owner in tags and CloudTrail.',
    'Make a snapshot when the content may matter.',
    'Delete the volume.',
  ],
  rollback: 'None without the snapshot: a deleted volume is gone.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html',
  ],
  derivations: [ebsUnattachedListCost, ebsUnattachedListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const volume = item.value;
  if (volume.State !== 'available') return OK;
  if (volume.CreateTime === undefined) return unknown('FIELD_MISSING', 'The answer has no usable CreateTime.');
  const since = lastMeasured(subject) ?? volume.CreateTime;
  if (daysBefore(subject.asOf, since) < limitOf(subject, GRACE_DAYS)) return OK;
  const size = fieldFigure(itemSource(subject), 'Size', { name: 'size', unit: 'GiB' });
  return removal(subject, {
    priceKeys: volumePriceKeys(subject.resource.region, volume.VolumeType),
    known: 'Attached to no instance',
    listCost: ebsUnattachedListCost,
    listSaving: ebsUnattachedListSaving,
    statement: (dates) =>
      `The ${volume.VolumeType} volume of {size} is attached to no instance and costs {list_cost} at list prices of ` +
      `${dates}; snapshot it if its data may be needed, then delete it.`,
    figures: [size],
    confidence: '0.90',
  });
}

/** The end of the last step AWS has a datum of, ISO 8601; `undefined` when none was collected. */
function lastMeasured(subject: Subject): string | undefined {
  const ends = subject.series
    .filter((one) => one.namespace === 'AWS/EBS')
    .flatMap(({ start, period_seconds, values }) => {
      const last = values.findLastIndex((value) => value !== null);
      return last < 0 ? [] : [Date.parse(start) + (last + 1) * period_seconds * 1000];
    });
  return ends.length === 0 ? undefined : new Date(Math.max(...ends)).toISOString();
}
