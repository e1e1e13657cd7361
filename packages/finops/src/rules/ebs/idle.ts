import type { Series } from '../../model/resource.ts';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
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
import { metricDays, metricMaxPerDay } from '../reading/metric-figures.ts';
import { readMetric } from '../reading/metrics.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, type Reading, read, readItem, readPrices } from '../reading/verdicts.ts';
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
  const operations = readOperations(subject);
  if (!operations.ok) return operations.verdict;
  const lines = operations.value.map(seriesSource);
  const most = figure({
    name: 'operations_max',
    unit: 'operations/day',
    derivation: metricMaxPerDay,
    from: lines,
    params: { per: 1 },
  });
  if (most.value.greaterThanOrEqualTo(limitOf(subject, OPERATIONS))) return OK;
  const keys = volumePriceKeys(subject.resource.region, volume.VolumeType);
  const prices = readPrices(subject, keys, 'No read or write in the look-back');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  const days = figure({ name: 'days', unit: 'days', derivation: metricDays, from: lines });
  return {
    verdict: 'FINDING',
    statement:
      `The attached ${volume.VolumeType} volume of {size} had at most {operations_max} in {days} and costs {list_cost} at list prices of ` +
      `${priceDates(prices.value)}; snapshot it, detach it and delete it.`,
    figures: [fieldFigure(source, 'Size', { name: 'size', unit: 'GiB' }), most.request, days.request],
    listCost: listCost({ derivation: ebsIdleListCost, from }).request,
    listSaving: listSaving({ derivation: ebsIdleListSaving, from }).request,
    citations: citationsOf([source]),
    confidence: '0.80',
  };
}

function readOperations(subject: Subject): Reading<readonly Series[]> {
  const series: Series[] = [];
  for (const metric of ['VolumeReadOps', 'VolumeWriteOps']) {
    const found = readMetric(subject, { namespace: 'AWS/EBS', metric, stats: ['Sum'] });
    if (!found.ok) return found;
    series.push(...found.value.series);
  }
  return read(series);
}
