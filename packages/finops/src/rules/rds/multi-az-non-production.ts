import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Entry, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd, perMonth } from '../../money.ts';
import { DbInstance, dbPriceKey, isAurora, isServing } from '../reading/db-instance.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { environmentOf } from '../reading/environment.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

/** Monthly list cost of instance and storage, both copies: cited = the instance, Multi-AZ hour, single-AZ hour, GB price of one copy. */
export const rdsMultiAzNonProductionListCost = defineDerivation({
  package: 'finops',
  name: 'rds-multi-az-non-production-list-cost',
  version: 1,
  compute: (cited) => {
    const storage = unitPrice(cited[3]).times(z.int().parse(DbInstance.parse(cited[0]).AllocatedStorage));
    return formatUsd(perMonth(unitPrice(cited[1])).plus(storage.times(2)));
  },
});

/** What the second copy costs: the difference of the hourly prices and one copy of the storage; cited as for the cost. */
export const rdsMultiAzNonProductionListSaving = defineDerivation({
  package: 'finops',
  name: 'rds-multi-az-non-production-list-saving',
  version: 1,
  compute: (cited) => {
    const storage = unitPrice(cited[3]).times(z.int().parse(DbInstance.parse(cited[0]).AllocatedStorage));
    return formatUsd(perMonth(unitPrice(cited[1]).minus(unitPrice(cited[2]))).plus(storage));
  },
});

/** A standby copy of a database whose tag or name says it is not production. */
export const rdsMultiAzNonProduction = defineRule({
  id: 'rds-multi-az-non-production',
  ref: 'RDS-04',
  role: 'rightsizing',
  service: 'rds',
  title: 'Multi-AZ database outside production',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'ScaleIn',
  step: 'rightsize',
  severity: 4,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'rds:DescribeDBInstances MultiAZ, DBInstanceClass, Engine, TagList, StorageType, AllocatedStorage',
    'class prices of both deployments',
  ],
  formula: '(Multi-AZ class price - Single-AZ class price) x 730 + allocated GB x storage price',
  implementation: [
    'Confirm with the owner that the environment may be down during a failure.',
    'Switch Multi-AZ off (ModifyDBInstance).',
  ],
  rollback: 'Switch Multi-AZ on again; the standby is built without downtime.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
    'https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/welcome.html',
    'https://aws.amazon.com/rds/pricing/',
  ],
  derivations: [rdsMultiAzNonProductionListCost, rdsMultiAzNonProductionListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.MultiAZ !== true || isAurora(instance) || !isServing(instance)) return OK;
  const environment = environmentOf(instance.TagList ?? [], instance.DBInstanceIdentifier);
  if (environment === 'production') return OK;
  if (environment === undefined) {
    return unknown('FIELD_MISSING', 'Neither a tag nor the name says which environment the Multi-AZ database serves.');
  }
  if (instance.AllocatedStorage === undefined || instance.StorageType === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no usable AllocatedStorage and StorageType.');
  }
  const region = subject.resource.region;
  const prices = readPrices(subject, [
    dbPriceKey(region, instance),
    dbPriceKey(region, { ...instance, MultiAZ: false }),
    `rds/${region}/storage/${instance.StorageType}/gb-month`,
  ]);
  return prices.ok ? finding(subject, instance, prices.value) : prices.verdict;
}

function finding(subject: Subject, instance: DbInstance, prices: readonly Entry[]): Verdict {
  const source = itemSource(subject);
  const from = [source, ...prices.map(entrySource)];
  const saving = listSaving({ derivation: rdsMultiAzNonProductionListSaving, from });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The ${instance.Engine} database on ${instance.DBInstanceClass} has a standby copy, but its tag or name says it is not production; ` +
      `one copy saves {list_saving} of instance hours and storage at list prices of ${priceDates(prices)}.`,
    figures: [],
    listCost: listCost({ derivation: rdsMultiAzNonProductionListCost, from }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.70',
  };
}
