import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfVolume } from '../reading/derivations.ts';
import { citedNumber, fieldFigure, itemSource } from '../reading/figures.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricMaxPerDay } from '../reading/metric-figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';
import { Volume, volumePriceKeys } from '../reading/volume.ts';

const OPERATIONS: Threshold = {
  name: 'EBS_IDLE_OPERATIONS_PER_DAY',
  value: 1,
  unit: 'operations/day',
  source: 'AWS Compute Optimizer, idle EBS volumes: fewer than 1 read or write a day over 14 days, read 2026-08-21',
};

/** Monthly list cost of the volume: storage and provisioned performance. */
export const ebsIdleListCost = monthOfVolume('ebs-idle-list-cost');

/** Deleting the volume saves all of it; a snapshot kept of it costs what its blocks take. */
export const ebsIdleListSaving = monthOfVolume('ebs-idle-list-saving');

/** An attached volume nobody reads or writes. Volumes of stopped instances have no metrics and are judged elsewhere. */
export const ebsIdle = defineRule({
  id: 'ebs-idle',
  ref: 'EBS-02',
  role: 'rightsizing',
  service: 'ebs',
  title: 'Attached volume without reads or writes',
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
    'ec2:DescribeVolumes State, Attachments, VolumeType, Size, Iops, Throughput',
    'AWS/EBS VolumeReadOps, VolumeWriteOps Sum',
    'prices of the volume type',
  ],
  formula: 'Size x GB price + provisioned IOPS and MiB/s above what is included',
  implementation: [
    'Ask the owner of the instance whether the volume is a spare.',
    'Make a snapshot.',
    'Detach the volume, wait a week, delete it.',
  ],
  rollback: 'Make a new volume from the snapshot; the deleted one does not come back.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html',
  thresholds: [OPERATIONS],
  sources: [
    'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html',
  ],
  derivations: [ebsIdleListCost, ebsIdleListSaving, metricMaxPerDay, metricDays, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  const volume = item.value;
  if (volume.State !== 'in-use') return OK;
  const idle = readIdleness(subject, {
    metrics: ['VolumeReadOps', 'VolumeWriteOps'].map((metric) => ({ namespace: 'AWS/EBS', metric, stats: ['Sum'] })),
    measure: { name: 'operations_max', unit: 'operations/day', derivation: metricMaxPerDay, params: { per: 1 } },
    busyFrom: limitOf(subject, OPERATIONS),
  });
  if (!idle.ok) return idle.verdict;
  const size = fieldFigure(itemSource(subject), 'Size', { name: 'size', unit: 'GiB' });
  return removal(subject, {
    priceKeys: volumePriceKeys(subject.resource.region, volume.VolumeType),
    known: 'No read or write in the look-back',
    listCost: ebsIdleListCost,
    listSaving: ebsIdleListSaving,
    statement: (dates) =>
      `The attached ${volume.VolumeType} volume of {size} had at most {operations_max} in {days} and costs {list_cost} at list prices of ` +
      `${dates}; snapshot it, detach it and delete it.`,
    figures: [size, idle.value.measured, idle.value.days],
    confidence: '0.80',
  });
}
