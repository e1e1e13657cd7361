import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd } from '../../money.ts';
import { DbInstance, isAurora } from '../reading/db-instance.ts';
import { citationsOf, citedNumber, entrySource, fieldFigure, figure, itemSource } from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

/** Monthly list cost of the allocated storage, both copies of a Multi-AZ instance: cited = the instance, the GB price of one copy. */
export const rdsStoppedStorageCost = defineDerivation({
  package: 'finops',
  name: 'rds-stopped-storage-cost',
  version: 1,
  compute: (cited) => {
    const instance = DbInstance.parse(cited[0]);
    const copies = instance.MultiAZ === true ? 2 : 1;
    return formatUsd(unitPrice(cited[1]).times(z.int().parse(instance.AllocatedStorage)).times(copies));
  },
});

/**
 * A stopped database: its storage is billed on, and AWS starts it again after seven days.
 *
 * No saving in dollars: what a final snapshot costs depends on the data in it.
 */
export const rdsStopped = defineRule({
  id: 'rds-stopped',
  ref: 'RDS-03',
  role: 'rightsizing',
  service: 'rds',
  title: 'Stopped database that still pays for storage',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 4,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['rds:DescribeDBInstances DBInstanceStatus, StorageType, AllocatedStorage', 'storage price'],
  formula: 'allocated GB x storage price',
  implementation: [
    'Ask the owner whether the database is still wanted; AWS starts it again after seven days.',
    'Take a final snapshot.',
    'Delete the instance.',
  ],
  rollback: 'Restore the final snapshot.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html',
    'https://aws.amazon.com/rds/pricing/',
  ],
  derivations: [rdsStoppedStorageCost, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.DBInstanceStatus !== 'stopped' || isAurora(instance)) return OK;
  if (instance.AllocatedStorage === undefined || instance.StorageType === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no usable AllocatedStorage and StorageType.');
  }
  const key = `rds/${subject.resource.region}/storage/${instance.StorageType}/gb-month`;
  const prices = readPrices(subject, [key], 'Stopped');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const cost = figure({
    name: 'storage_cost',
    unit: 'USD/month',
    derivation: rdsStoppedStorageCost,
    from: [source, ...prices.value.map(entrySource)],
  });
  return {
    verdict: 'FINDING',
    statement:
      `The ${instance.Engine} database is stopped, yet its {storage} of ${instance.StorageType} storage cost {storage_cost} at the list price of ` +
      `${priceDates(prices.value)}, and AWS starts it again after seven days; if it is not needed, take a final snapshot and delete it.`,
    figures: [cost.request, fieldFigure(source, 'AllocatedStorage', { name: 'storage', unit: 'GiB' })],
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}
